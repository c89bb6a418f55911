import { randomBytes } from 'node:crypto';
import { md5, type NewObject, type ObjectVersion, type Upload, type UploadPart } from '../bucket';
import {
  algorithmNamed,
  type Checksum,
  checksumElement,
  checksumHeader,
  compositeChecksum,
  computeChecksum,
  statedChecksums,
} from '../checksums';
import { notImplementedHere, s3Error } from '../errors';
import { receiptHeaders, storedHeaders } from '../object-headers';
import {
  countParameter,
  emptyAnswer,
  type Operation,
  type OperationContext,
  xmlAnswer,
} from '../operation';
import { checkWrite } from '../preconditions';
import { QUOTAS } from '../quotas';
import type { S3Request } from '../request';
import { childText, parseXml, type XmlElement } from '../xml';

const MAX_PARTS = QUOTAS.parts;
/** Minimum size of all parts but the last. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

export const multipartBucketOperations: Readonly<Record<string, Operation>> = {
  ListMultipartUploads: {
    method: 'GET',
    subresource: 'uploads',
    permission: 's3:ListBucketMultipartUploads',
    run(context) {
      const bucket = context.bucket();
      const prefix = context.request.query.get('prefix') ?? '';
      const uploads = [...bucket.uploads.values()].filter(({ key }) => key.startsWith(prefix));
      return xmlAnswer('ListMultipartUploadsResult', {
        Bucket: bucket.name,
        Prefix: prefix || undefined,
        MaxUploads: 1000,
        IsTruncated: false,
        Upload: uploads.map(({ key, id, initiated }) => ({
          Key: key,
          UploadId: id,
          Initiated: initiated,
          StorageClass: 'STANDARD',
        })),
      });
    },
  },
};

export const multipartOperations: Readonly<Record<string, Operation>> = {
  CreateMultipartUpload: {
    method: 'POST',
    subresource: 'uploads',
    permission: 's3:PutObject',
    run: createUpload,
  },
  UploadPart: {
    method: 'PUT',
    subresource: 'uploadId',
    permission: 's3:PutObject',
    run: uploadPart,
  },
  CompleteMultipartUpload: {
    method: 'POST',
    subresource: 'uploadId',
    permission: 's3:PutObject',
    run: completeUpload,
  },
  AbortMultipartUpload: {
    method: 'DELETE',
    subresource: 'uploadId',
    permission: 's3:AbortMultipartUpload',
    run(context) {
      const { bucket, upload } = uploadOf(context);
      bucket.uploads.delete(upload.id);
      return emptyAnswer(204);
    },
  },
  ListParts: {
    method: 'GET',
    subresource: 'uploadId',
    permission: 's3:ListMultipartUploadParts',
    run(context) {
      const { query } = context.request;
      const { bucket, upload } = uploadOf(context);
      const maxParts = countParameter(query, 'max-parts', 1000, 1000);
      const marker = countParameter(query, 'part-number-marker', 0, MAX_PARTS);
      const parts = sortedParts(upload).filter(({ number }) => number > marker);
      const page = parts.slice(0, maxParts);
      return xmlAnswer('ListPartsResult', {
        Bucket: bucket.name,
        Key: upload.key,
        UploadId: upload.id,
        PartNumberMarker: marker,
        NextPartNumberMarker: page.at(-1)?.number ?? marker,
        MaxParts: maxParts,
        IsTruncated: page.length < parts.length,
        StorageClass: 'STANDARD',
        Part: page.map(({ number, body, etag, lastModified }) => ({
          PartNumber: number,
          LastModified: lastModified,
          ETag: `"${etag}"`,
          Size: body.length,
        })),
      });
    },
  },
};

function uploadOf(context: OperationContext) {
  const bucket = context.bucket();
  return {
    bucket,
    upload: bucket.upload(context.request.query.get('uploadId') ?? '', context.key),
  };
}

const sortedParts = ({ parts }: Upload): UploadPart[] =>
  [...parts.values()].sort((a, b) => a.number - b.number);

function createUpload(context: OperationContext) {
  const { request, key } = context;
  const bucket = context.bucket();
  const named = request.headers['x-amz-checksum-algorithm'];
  const algorithm = named === undefined ? undefined : algorithmNamed(named);
  const checksumType =
    request.headers['x-amz-checksum-type'] ??
    (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (checksumType !== 'FULL_OBJECT' && checksumType !== 'COMPOSITE') {
    throw s3Error('InvalidArgument', `Value for x-amz-checksum-type header is invalid.`);
  }
  const upload: Upload = {
    id: randomBytes(48).toString('base64url'),
    key,
    initiated: new Date(),
    headers: storedHeaders(request, bucket),
    algorithm,
    checksumType,
    parts: new Map(),
  };
  bucket.uploads.set(upload.id, upload);
  return xmlAnswer(
    'InitiateMultipartUploadResult',
    { Bucket: bucket.name, Key: key, UploadId: upload.id },
    algorithm && { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': checksumType },
  );
}

function uploadPart(context: OperationContext) {
  const { headers, body, query } = context.request;
  if (headers['x-amz-copy-source'] !== undefined) throw notImplementedHere('UploadPartCopy');
  const { upload } = uploadOf(context);
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
    throw s3Error(
      'InvalidArgument',
      `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
      { ArgumentName: 'partNumber', ArgumentValue: query.get('partNumber') ?? '' },
    );
  }
  const etag = md5(body);
  upload.parts.set(number, { number, body, etag, lastModified: new Date() });
  const stated = statedChecksums(headers).map(({ algorithm, value }) => [
    checksumHeader(algorithm),
    value,
  ]);
  return emptyAnswer(200, { etag: `"${etag}"`, ...Object.fromEntries(stated) });
}

function completeUpload(context: OperationContext) {
  const { request, key } = context;
  const done = completedBefore(context);
  if (done !== undefined) return completedAnswer(context, done);
  const { bucket, upload } = uploadOf(context);
  const parts = wantedParts(upload, parseXml(request.body.toString('utf8')));
  checkWrite(request, bucket.current(key));
  const object = assemble(upload, parts);
  checkStated(request, object.checksum);
  const version = bucket.put(key, object);
  bucket.complete(upload, version);
  return completedAnswer(context, version);
}

/** Clients that missed the answer ask again, and S3 answers the same. */
function completedBefore({ request, key, ...context }: OperationContext) {
  const version = context.bucket().completed.get(request.query.get('uploadId') ?? '');
  return version?.key === key ? version : undefined;
}

function completedAnswer(context: OperationContext, version: ObjectVersion) {
  const { name } = context.bucket();
  const { key } = version;
  const { etag: _, ...headers } = receiptHeaders(version);
  const { checksum } = version;
  return xmlAnswer(
    'CompleteMultipartUploadResult',
    {
      Location: `/${name}/${key}`,
      Bucket: name,
      Key: key,
      ETag: `"${version.etag}"`,
      ...(checksum && {
        [checksumElement(checksum.algorithm)]: checksum.value,
        ChecksumType: checksum.type,
      }),
    },
    headers,
  );
}

/** The client's checksum of the whole object. */
function checkStated({ headers }: S3Request, checksum: Checksum | undefined): void {
  for (const { algorithm, value } of statedChecksums(headers)) {
    const isSame =
      algorithm === checksum?.algorithm && value.split('-')[0] === checksum.value.split('-')[0];
    if (!isSame) throw s3Error('BadDigest', algorithm);
  }
}

/** The parts that the client lists, checked for order, ETag and size. */
function wantedParts(upload: Upload, document: XmlElement): UploadPart[] {
  const listed = document.children.filter(({ name }) => name === 'Part');
  if (document.name !== 'CompleteMultipartUpload' || listed.length === 0) {
    throw s3Error('MalformedXML');
  }
  let previous = 0;
  const parts = listed.map((element) => {
    const number = Number(childText(element, 'PartNumber'));
    const part = upload.parts.get(number);
    const etag = childText(element, 'ETag')?.replace(/^"|"$/g, '');
    if (part === undefined || part.etag !== etag) {
      throw s3Error('InvalidPart', '', {
        UploadId: upload.id,
        PartNumber: String(number),
        ETag: etag ?? '',
      });
    }
    if (number <= previous) throw s3Error('InvalidPartOrder', '', { UploadId: upload.id });
    previous = number;
    return part;
  });
  const small = parts.slice(0, -1).find(({ body }) => body.length < MIN_PART_BYTES);
  if (small !== undefined) {
    throw s3Error('EntityTooSmall', '', {
      ProposedSize: String(small.body.length),
      MinSizeAllowed: String(MIN_PART_BYTES),
      PartNumber: String(small.number),
      ETag: small.etag,
    });
  }
  return parts;
}

function assemble(upload: Upload, parts: readonly UploadPart[]): NewObject {
  const body = Buffer.concat(parts.map((part) => part.body));
  const hashes = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  return {
    body,
    etag: `${md5(hashes)}-${parts.length}`,
    headers: upload.headers,
    checksum: checksumOf(upload, parts, body),
  };
}

/** S3 computes the CRC64NVME of the whole object if the client chose no checksum. */
function checksumOf(upload: Upload, parts: readonly UploadPart[], body: Buffer): Checksum {
  const { algorithm = 'CRC64NVME' } = upload;
  const type = upload.algorithm === undefined ? 'FULL_OBJECT' : upload.checksumType;
  const value =
    type === 'FULL_OBJECT'
      ? computeChecksum(algorithm, body)
      : compositeChecksum(
          algorithm,
          parts.map((part) => computeChecksum(algorithm, part.body)),
        );
  return { algorithm, value, type };
}
