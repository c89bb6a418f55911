import type { ObjectVersion } from '../bucket';
import { algorithmNamed, checksumElement, computeChecksum } from '../checksums';
import { s3Error } from '../errors';
import { receiptHeaders, storedHeaders, versionHeader } from '../object-headers';
import { type Operation, type OperationContext, xmlAnswer } from '../operation';
import { checkWrite } from '../preconditions';

/** Conditions on the source, which are not supported. */
const REFUSED = /^x-amz-copy-source-(if-|server-side-)/;

export const copyOperations: Readonly<Record<string, Operation>> = {
  CopyObject: {
    method: 'PUT',
    header: 'x-amz-copy-source',
    permission: 's3:PutObject',
    run(context) {
      const { request, key } = context;
      refuse(context);
      const bucket = context.bucket();
      const source = sourceOf(context);
      checkWrite(request, bucket.current(key));
      const replaces = request.headers['x-amz-metadata-directive'] === 'REPLACE';
      if (!replaces && source === bucket.current(key)) {
        throw s3Error(
          'InvalidRequest',
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        );
      }
      const named = request.headers['x-amz-checksum-algorithm'];
      const algorithm =
        named === undefined ? (source.checksum?.algorithm ?? 'CRC64NVME') : algorithmNamed(named);
      const value = computeChecksum(algorithm, source.body);
      const version = bucket.put(key, {
        body: source.body,
        etag: source.etag,
        headers: replaces ? storedHeaders(request, bucket) : source.headers,
        checksum: { algorithm, value, type: 'FULL_OBJECT' },
      });
      const receipt = receiptHeaders(version);
      return xmlAnswer(
        'CopyObjectResult',
        {
          ETag: `"${version.etag}"`,
          LastModified: version.lastModified,
          [checksumElement(algorithm)]: value,
          ChecksumType: 'FULL_OBJECT',
        },
        {
          'x-amz-server-side-encryption': receipt['x-amz-server-side-encryption'],
          ...versionHeader(version),
        },
      );
    },
  },
};

function refuse({ request }: OperationContext): void {
  const refused = Object.keys(request.headers).find((name) => REFUSED.test(name));
  if (refused !== undefined) {
    throw s3Error('NotImplemented', `The embedded AWS does not implement the header ${refused}.`);
  }
}

function sourceParts({ request }: OperationContext) {
  const header = request.headers['x-amz-copy-source'] ?? '';
  const [path = '', query = ''] = header.split('?');
  const [bucket = '', ...rest] = decodeSource(path).replace(/^\//, '').split('/');
  return { bucket, key: rest.join('/'), versionId: new URLSearchParams(query).get('versionId') };
}

function decodeSource(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw Object.assign(
      s3Error(
        'InvalidArgument',
        'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      ),
      { cause },
    );
  }
}

function sourceOf(context: OperationContext): ObjectVersion {
  const { bucket: name, key, versionId } = sourceParts(context);
  if (name === '' || key === '') {
    throw s3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  const bucket = context.store.get(name, context.request.caller);
  const action = versionId === null ? 's3:GetObject' : 's3:GetObjectVersion';
  context.authorize(action, `${bucket.arn}/${key}`);
  const source = versionId === null ? bucket.current(key) : bucket.version(key, versionId);
  if (source === undefined) throw s3Error('NoSuchKey', '', { Key: key });
  if (source.isDeleteMarker) {
    throw s3Error(
      'InvalidRequest',
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    );
  }
  return source;
}
