import { type Resources, resource } from '../cloudformation';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from './declared';

/**
 * The streams. They stay when the stack or its declaration goes, with their data, unless
 * `onRemove` says otherwise; one whose creation fails has none, and goes.
 */
export function streamResources(declared: readonly DeclaredStream[]): Resources {
  const own = declared.filter(({ existing }) => !existing);
  return Object.fromEntries(
    own.map((stream) => [
      logicalIds.stream(stream.name),
      resource(
        'AWS::Kinesis::Stream',
        {
          Name: stream.streamName,
          RetentionPeriodHours: stream.retentionHours,
          ...(stream.shards === 'on-demand'
            ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }
            : { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: stream.shards }),
        },
        stream.onRemove === 'retain'
          ? { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }
          : { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
      ),
    ]),
  );
}
