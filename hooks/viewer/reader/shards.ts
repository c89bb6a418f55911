import { createHash } from 'node:crypto';
import { type KinesisClient, ListShardsCommand, type Shard } from '@aws-sdk/client-kinesis';
import { covers } from '../format/hash-key';
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
  const hashKey = BigInt(`0x${createHash('md5').update(key, 'utf8').digest('hex')}`).toString();
  const holders = shards.filter(({ range }) => covers(range, hashKey));
  const [open, closed] = [holders.filter((s) => !s.closed), holders.filter((s) => s.closed)];
  return { hashKey, shardIds: [...open, ...closed].map(({ id }) => id) };
}
