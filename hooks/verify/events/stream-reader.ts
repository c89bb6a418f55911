import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type HashKeyRange,
  type KinesisClient,
  ListShardsCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-kinesis';
import { atOnce } from '../../process/at-once';
import type { HeldRecord } from '../records';

/** Shards that are read at the same time: Kinesis's limits on reading are each shard's own. */
const MOST_AT_ONCE = 10;

/** A record, and the shard that has it. */
export interface FoundRecord extends HeldRecord {
  readonly shardId: string;
}

/** Hash keys, both ends inclusive. */
export interface HashKeys {
  readonly from: bigint;
  readonly to: bigint;
}

/** Reads what comes into a stream, each record once. */
export interface StreamReader {
  /** The hash keys of each shard; also of those that were split or merged since reading began. */
  readonly shards: ReadonlyMap<string, HashKeys>;
  /** @returns what has come since it was called last, in the order of the shards */
  read(): Promise<FoundRecord[]>;
}

/**
 * Begins to read a stream at its end, from Kinesis itself. A shard's iterator is good for five
 * minutes, which is as long as a run may take.
 */
export async function readFromEnd(
  kinesis: KinesisClient,
  StreamName: string,
): Promise<StreamReader> {
  const shards = new Map<string, HashKeys>();
  const iterators = new Map<string, string>();

  const begin = async (ShardId: string, ShardIteratorType: ShardIteratorType) => {
    const asked = { StreamName, ShardId, ShardIteratorType };
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(asked));
    if (ShardIterator !== undefined) iterators.set(ShardId, ShardIterator);
  };

  const readShard = async (shardId: string): Promise<FoundRecord[]> => {
    const asked = { ShardIterator: iterators.get(shardId) };
    const page = await kinesis.send(new GetRecordsCommand(asked));
    if (page.NextShardIterator !== undefined) iterators.set(shardId, page.NextShardIterator);
    else iterators.delete(shardId);
    // Of a shard that was split or merged. All that its children have came after reading began.
    for (const { ShardId = '', HashKeyRange: range } of page.ChildShards ?? []) {
      // Both shards of a merge name the one that they became.
      if (shards.has(ShardId)) continue;
      shards.set(ShardId, hashKeysOf(range));
      await begin(ShardId, 'TRIM_HORIZON');
    }
    return (page.Records ?? []).map(
      ({ SequenceNumber: sequenceNumber = '', Data, PartitionKey: partitionKey = '' }) => {
        return { shardId, sequenceNumber, bytes: Buffer.from(Data ?? []), partitionKey };
      },
    );
  };

  for (const [shardId, hashKeys] of await openShards(kinesis, StreamName)) {
    shards.set(shardId, hashKeys);
  }
  await atOnce(MOST_AT_ONCE, [...shards.keys()], (shardId) => begin(shardId, 'LATEST'));
  return {
    shards,
    read: async () => (await atOnce(MOST_AT_ONCE, [...iterators.keys()], readShard)).flat(),
  };
}

async function openShards(
  kinesis: KinesisClient,
  StreamName: string,
): Promise<ReadonlyMap<string, HashKeys>> {
  const shards = new Map<string, HashKeys>();
  let next: string | undefined;
  do {
    const asked = next === undefined ? { StreamName } : { NextToken: next };
    const { Shards: page = [], NextToken } = await kinesis.send(new ListShardsCommand(asked));
    for (const { ShardId = '', HashKeyRange: range, SequenceNumberRange: numbers } of page) {
      // A shard that was split or merged takes no more records.
      if (numbers?.EndingSequenceNumber !== undefined) continue;
      shards.set(ShardId, hashKeysOf(range));
    }
    next = NextToken;
  } while (next !== undefined);
  return shards;
}

const hashKeysOf = ({
  StartingHashKey = '0',
  EndingHashKey = '0',
}: Partial<HashKeyRange> = {}): HashKeys => {
  return { from: BigInt(StartingHashKey), to: BigInt(EndingHashKey) };
};
