import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { Stage } from '../faults/stage';

/** The texts of all records that a stage's declared streams have. */
export async function recordTexts({ kinesis, target }: Stage): Promise<string[]> {
  const texts: string[] = [];
  for (const { streamName: StreamName } of target.streams) {
    const { Shards: shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
    for (const { ShardId } of shards) {
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      texts.push(...Records.map(({ Data }) => Buffer.from(Data ?? []).toString()));
    }
  }
  return texts;
}
