import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { atOnce } from '../../process/at-once';
import type { CheckContext } from '../check';
import { MOST_READS, readPauseMs } from '../checks/reading';
import type { HeldRecord } from '../records';

/** Shards that are read at the same time. */
const MOST_AT_ONCE = 10;

/** A record, and the shard that has it. */
export interface FoundRecord extends HeldRecord {
  readonly shardId: string;
}

/** The records that arrive in a stream after a moment. */
export interface Tail {
  /** The sequence numbers of records that were found: events need not differ from each other. */
  readonly seen: Set<string>;
  /** The hash keys of each shard, both ends inclusive. */
  readonly shards: ReadonlyMap<string, { readonly from: bigint; readonly to: bigint }>;
  /**
   * Reads until so many records are wanted ones, or none come any more.
   * @returns all records of the stream since the tail began, in the order of their shards
   */
  until(count: number, isWanted: (record: FoundRecord) => boolean): Promise<FoundRecord[]>;
}

/**
 * Begins to read a stream at its end, from Kinesis itself. Answers need not say where an event is,
 * and others may write to the stream.
 */
export async function openTail(
  { kinesis, ...context }: CheckContext,
  StreamName: string,
): Promise<Tail> {
  const shards = new Map<string, { from: bigint; to: bigint }>();
  const iterators = new Map<string, string>();
  let next: string | undefined;
  do {
    const asked = next === undefined ? { StreamName } : { NextToken: next };
    const { Shards: page = [], NextToken } = await kinesis.send(new ListShardsCommand(asked));
    for (const { ShardId = '', HashKeyRange: range, SequenceNumberRange: numbers } of page) {
      // A shard that was split or merged takes no more records.
      if (numbers?.EndingSequenceNumber !== undefined) continue;
      const { StartingHashKey = '0', EndingHashKey = '0' } = range ?? {};
      shards.set(ShardId, { from: BigInt(StartingHashKey), to: BigInt(EndingHashKey) });
    }
    next = NextToken;
  } while (next !== undefined);
  // Kinesis's limits on reading are each shard's own.
  await atOnce(MOST_AT_ONCE, [...shards.keys()], async (ShardId) => {
    const asked = { StreamName, ShardId, ShardIteratorType: 'LATEST' } as const;
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(asked));
    if (ShardIterator !== undefined) iterators.set(ShardId, ShardIterator);
  });
  const found: FoundRecord[] = [];

  const readShard = async (shardId: string): Promise<FoundRecord[]> => {
    const ShardIterator = iterators.get(shardId);
    if (ShardIterator === undefined) return [];
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    if (page.NextShardIterator === undefined) iterators.delete(shardId);
    else iterators.set(shardId, page.NextShardIterator);
    return (page.Records ?? []).map(
      ({ SequenceNumber: sequenceNumber = '', Data, PartitionKey: partitionKey = '' }) => {
        return { shardId, sequenceNumber, bytes: Buffer.from(Data ?? []), partitionKey };
      },
    );
  };

  const readOnce = async () => {
    const pages = await atOnce(MOST_AT_ONCE, [...shards.keys()], readShard);
    found.push(...pages.flat());
    return pages.some(({ length }) => length > 0);
  };

  return {
    seen: new Set(),
    shards,
    async until(count, isWanted) {
      for (let inVain = 0; inVain < MOST_READS; ) {
        const isNew = await readOnce();
        if (found.filter(isWanted).length >= count) break;
        if (!isNew) inVain += 1;
        await sleep(readPauseMs({ ...context, kinesis }), undefined, { signal: context.signal });
      }
      return [...found];
    },
  };
}
