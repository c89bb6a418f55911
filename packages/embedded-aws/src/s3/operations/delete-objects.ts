import { toAwsError } from '../../core/errors';
import type { Bucket } from '../bucket';
import { statedChecksums } from '../checksums';
import { s3Error } from '../errors';
import { type Operation, type OperationContext, xmlAnswer } from '../operation';
import { QUOTAS } from '../quotas';
import { childText, parseXml, type S3Value, type XmlElement } from '../xml';
import { deleteObject } from './objects';

const MAX_OBJECTS = QUOTAS.deletions;

interface Target {
  readonly key: string;
  readonly versionId: string | undefined;
}

export const deleteObjectsOperations: Readonly<Record<string, Operation>> = {
  DeleteObjects: {
    method: 'POST',
    subresource: 'delete',
    // Each object needs a permission of its own.
    permission: undefined,
    run(context) {
      const { headers, body } = context.request;
      if (headers['content-md5'] === undefined && statedChecksums(headers).length === 0) {
        throw s3Error(
          'InvalidRequest',
          'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
        );
      }
      const document = parseXml(body.toString('utf8'));
      const isQuiet = childText(document, 'Quiet')?.trim() === 'true';
      const bucket = context.bucket();
      const results = targetsOf(document).map((target) => deleteOne(context, bucket, target));
      return xmlAnswer('DeleteResult', {
        Deleted: isQuiet ? [] : results.filter(({ error }) => !error).map(({ shape }) => shape),
        Error: results.filter(({ error }) => error).map(({ shape }) => shape),
      });
    },
  },
};

function targetsOf(document: XmlElement): Target[] {
  const objects = document.children.filter(({ name }) => name === 'Object');
  if (document.name !== 'Delete' || objects.length === 0 || objects.length > MAX_OBJECTS) {
    throw s3Error('MalformedXML');
  }
  return objects.map((object) => {
    const key = childText(object, 'Key');
    const other = object.children.find(({ name }) => name !== 'Key' && name !== 'VersionId');
    if (key === undefined || key === '') throw s3Error('MalformedXML');
    if (other !== undefined) {
      throw s3Error(
        'NotImplemented',
        `The embedded AWS does not implement ${other.name} of DeleteObjects.`,
      );
    }
    return { key, versionId: childText(object, 'VersionId') };
  });
}

/** A failure affects only its own object: the others are deleted. */
function deleteOne(
  context: OperationContext,
  bucket: Bucket,
  { key, versionId }: Target,
): { readonly error: boolean; readonly shape: S3Value } {
  try {
    const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    context.authorize(action, `${bucket.arn}/${key}`);
    if (versionId !== undefined && !bucket.canHaveVersion(versionId)) {
      throw s3Error('NoSuchVersion');
    }
    const deleted = deleteObject(bucket, key, versionId);
    const isMarker = deleted?.isDeleteMarker === true;
    return {
      error: false,
      shape: {
        Key: key,
        VersionId: versionId,
        ...(isMarker && { DeleteMarker: true, DeleteMarkerVersionId: deleted.versionId }),
      },
    };
  } catch (thrown) {
    const { code, message } = toAwsError(thrown);
    return { error: true, shape: { Key: key, VersionId: versionId, Code: code, Message: message } };
  }
}
