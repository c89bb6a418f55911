import { setTimeout as sleep } from 'node:timers/promises';
import { GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { type CheckContext, CheckFailure, type WrittenRecord } from '../check';
import type { HeldRecord } from '../records';
import { MOST_READS, readPauseMs } from './reading';

/**
 * Reads the records' shards until all are found and there are no more: from the beginning, or where
 * others write too, from the first of these records on.
 */
export async function heldByKinesis(
  context: CheckContext,
  written: readonly WrittenRecord[],
): Promise<HeldRecord[]> {
  if (written.length === 0) throw new CheckFailure('nothing was written');
  const held: HeldRecord[] = [];
  for (const shardId of new Set(written.map((record) => record.shardId))) {
    const own = written.filter((record) => record.shardId === shardId);
    held.push(...(await heldInShard(context, shardId, own)));
  }
  return held;
}

async function heldInShard(
  context: CheckContext,
  shardId: string,
  written: readonly WrittenRecord[],
): Promise<HeldRecord[]> {
  const { kinesis, stream, signal, isNamed = false } = context;
  const start = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: stream,
      ShardId: shardId,
      ...(isNamed
        ? {
            ShardIteratorType: 'AT_SEQUENCE_NUMBER',
            StartingSequenceNumber: written[0]?.sequenceNumber,
          }
        : { ShardIteratorType: 'TRIM_HORIZON' }),
    }),
  );
  const held = new Map<string, HeldRecord>();
  const isMissing = ({ sequenceNumber }: WrittenRecord) => !held.has(sequenceNumber);
  let iterator = start.ShardIterator;
  // Accepted records may become visible a moment later, and an empty page need not be the last.
  for (let inVain = 0; iterator !== undefined && inVain < MOST_READS; ) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator }));
    const { Records: records = [], MillisBehindLatest: behind } = page;
    for (const { SequenceNumber: sequenceNumber = '', Data, PartitionKey = '' } of records) {
      const bytes = Buffer.from(Data ?? []);
      held.set(sequenceNumber, { sequenceNumber, bytes, partitionKey: PartitionKey });
    }
    if (behind === 0 && !written.some(isMissing)) break;
    iterator = page.NextShardIterator;
    if (records.length === 0) inVain += 1;
    await sleep(readPauseMs(context), undefined, { signal });
  }
  return [...held.values()];
}
