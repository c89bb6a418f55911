import { type KinesisClient, ListShardsCommand, type Shard } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import { covers } from '../format/hash-key';
import { hashKeyOf } from '../opening/open';
import type { KeyPlace, ShardView } from '../protocol';

/** All shards of a stream, closed ones included, in the order of their ids. */
export async function listShards(
  kinesis: KinesisClient,
  stream: string,
  signal?: AbortSignal,
): Promise<ShardView[]> {
  const shards: Shard[] = [];
  let token: string | undefined;
  do {
    // A token stands for the stream too; Kinesis refuses both together.
    const input = token === undefined ? { StreamName: stream } : { NextToken: token };
    const page = await kinesis.send(new ListShardsCommand(input), { abortSignal: signal });
    shards.push(...(page.Shards ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return shards.map(viewOf).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function viewOf(shard: Shard): ShardView {
  const { StartingHashKey: start = '0', EndingHashKey: end = '0' } = shard.HashKeyRange ?? {};
  return {
    id: shard.ShardId ?? '',
    range: { start, end },
    closed: shard.SequenceNumberRange?.EndingSequenceNumber !== undefined,
    parents: [shard.ParentShardId, shard.AdjacentParentShardId].filter((id) => id !== undefined),
  };
}

/** Which shards take a partition key, open ones first. A record's explicit hash key overrules it. */
export function placeOfKey(shards: readonly ShardView[], key: string): KeyPlace {
  const hashKey = hashKeyOf(key);
  const holders = shards.filter(({ range }) => covers(range, hashKey));
  const [open, closed] = [holders.filter((s) => !s.closed), holders.filter((s) => s.closed)];
  return { hashKey, shardIds: [...open, ...closed].map(({ id }) => id) };
}

/**
 * The shard that a sequence number is from: Kinesis writes the shard's number into it, above the four
 * lowest bits, and refuses it for another shard with `It encodes shardId-…, while it was used in a
 * call to a shard with shardId-…`.
 * @throws HookError when the stream has no such shard, or no longer
 */
export function shardOfSequenceNumber(
  shards: readonly ShardView[],
  sequenceNumber: string,
  stream: string,
): string {
  const index = (BigInt(sequenceNumber) >> 4n) & 0xff_ff_ff_ffn;
  const id = `shardId-${index.toString().padStart(12, '0')}`;
  if (shards.some((shard) => shard.id === id)) return id;
  throw new HookError(
    'SEQUENCE_NUMBER_ELSEWHERE',
    `Sequence number ${sequenceNumber} is from ${id}, which stream ${stream} does not have. Check the number and the stream, or choose the shard.`,
  );
}
