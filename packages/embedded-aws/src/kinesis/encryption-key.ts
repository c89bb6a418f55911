import { partitionOf } from '../core/caller';
import { AwsError } from '../core/errors';
import type { Call } from './operation';
import type { Stream } from './streams/stream';

/** A key's id; `mrk-` begins that of a multi-Region key. */
const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const KEY_ARN = /^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+$/;

/**
 * The caller encrypts a stream with a key, as a stream's administrator.
 * https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 * @throws AwsError KMSAccessDeniedException
 */
export function authorizeEncryption(call: Call, stream: Stream, keyId: string): void {
  authorizeKey(call, stream, keyId, 'kms:DescribeKey');
}

/**
 * The caller writes to a stream, whose records are encrypted on the caller's behalf.
 * @throws AwsError KMSAccessDeniedException
 */
export function authorizeWriting(call: Call, stream: Stream): void {
  if (stream.keyId !== undefined) authorizeKey(call, stream, stream.keyId, 'kms:GenerateDataKey');
}

/**
 * The caller reads records, those of them that are encrypted with the stream's key.
 * @throws AwsError KMSAccessDeniedException. The text is the one reported in
 *   github.com/spring-attic/spring-cloud-stream-binder-aws-kinesis/pull/188
 */
export function authorizeReading(
  call: Call,
  stream: Stream,
  records: readonly { readonly EncryptionType: 'KMS' | undefined }[],
): void {
  const { caller } = call;
  const { keyId, accountId, name, createdAt } = stream;
  if (keyId === undefined || !records.some(({ EncryptionType }) => EncryptionType === 'KMS'))
    return;
  const created = Math.floor(createdAt / 1000);
  authorizeKey(
    call,
    stream,
    keyId,
    'kms:Decrypt',
    `User ${caller.userId ?? caller.arn} is not authorized to decrypt records in stream ${accountId}:${name}:${created}`,
  );
}

/**
 * Asks the caller's policies, as KMS does when Kinesis calls it on the caller's behalf. The policies
 * of keys are unknown here; they are taken to leave the decision to IAM, as those that KMS makes do.
 * @param message of the refusal, if Kinesis does not pass on KMS's own
 */
function authorizeKey(
  call: Call,
  { arn: streamArn }: Stream,
  keyId: string,
  action: string,
  message?: string,
): void {
  const { caller } = call;
  const arn = keyArnOf(keyId, call);
  if (arn === undefined) return;
  const context = action === 'kms:DescribeKey' ? {} : encryptionContext(streamArn);
  try {
    caller.authorize(action, arn, {
      'aws:ViaAWSService': 'true',
      'kms:CallerAccount': caller.accountId,
      'kms:ViaService': `kinesis.${caller.region}.amazonaws.com`,
      ...context,
    });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'AccessDeniedException') throw error;
    throw new AwsError('KMSAccessDeniedException', message ?? error.message, { cause: error });
  }
}

const encryptionContext = (streamArn: string) => ({
  'kms:EncryptionContext:aws:kinesis:arn': streamArn,
  'kms:EncryptionContextKeys': ['aws:kinesis:arn'],
});

/**
 * The ARN of the key that a KeyId names; undefined for an alias. Which key an alias stands for only
 * KMS knows, and `alias/aws/kinesis` needs no permission.
 */
function keyArnOf(keyId: string, { caller }: Call): string | undefined {
  if (KEY_ARN.test(keyId)) return keyId;
  if (!KEY_ID.test(keyId)) return undefined;
  const { accountId, region } = caller;
  return `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${keyId}`;
}
