import { type Resources, resource } from '../cloudformation';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from './declared';

/** The streams that the stack makes itself, as opposed to those that are somebody else's. */
export const ownStreams = (declared: readonly DeclaredStream[]): DeclaredStream[] =>
  declared.filter(({ existing }) => !existing);

/** AWS's own key for Kinesis, which costs nothing and which callers need no permission for. */
const AWS_MANAGED_KEY = 'alias/aws/kinesis';

/**
 * The streams. They stay when the stack or its declaration goes, with their data, unless
 * `onRemove` says otherwise; one whose creation fails has none, and goes.
 */
export function streamResources(declared: readonly DeclaredStream[]): Resources {
  return Object.fromEntries(
    ownStreams(declared).map((stream) => [
      logicalIds.stream(stream.name),
      resource(
        'AWS::Kinesis::Stream',
        {
          Name: stream.streamName,
          RetentionPeriodHours: stream.retentionHours,
          ...capacityOf(stream),
          ...(stream.encryption && {
            StreamEncryption: {
              EncryptionType: 'KMS',
              KeyId: stream.kmsKeyArn ?? AWS_MANAGED_KEY,
            },
          }),
          ...(stream.maxRecordSizeKiB && { MaxRecordSizeInKiB: stream.maxRecordSizeKiB }),
          ...tagsOf(stream),
        },
        stream.onRemove === 'retain'
          ? { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }
          : { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
      ),
    ]),
  );
}

const capacityOf = ({ shards }: DeclaredStream) =>
  shards === 'on-demand'
    ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' as const } }
    : { StreamModeDetails: { StreamMode: 'PROVISIONED' as const }, ShardCount: shards };

function tagsOf({ tags }: DeclaredStream) {
  const entries = Object.entries(tags);
  return entries.length > 0 && { Tags: entries.map(([Key, Value]) => ({ Key, Value })) };
}
