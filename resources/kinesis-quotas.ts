/** How often an action may be called. */
interface Quota {
  /** Calls a second. */
  readonly rate: number;
  /** Everything that shares it, other programs of the account included. */
  readonly of: 'account' | 'stream' | 'shard';
}

/**
 * Kinesis's quotas on calls, by action, in one region. Other actions have none that is this small,
 * or one that is counted in records or by the day. AWS throttles an account that exceeds them,
 * whichever of its programs did.
 * https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
export const KINESIS_QUOTAS = {
  AddTagsToStream: { rate: 5, of: 'account' },
  CreateStream: { rate: 5, of: 'account' },
  DeleteStream: { rate: 5, of: 'account' },
  DescribeLimits: { rate: 1, of: 'account' },
  DescribeStream: { rate: 10, of: 'account' },
  DescribeStreamConsumer: { rate: 20, of: 'stream' },
  DescribeStreamSummary: { rate: 20, of: 'account' },
  GetRecords: { rate: 5, of: 'shard' },
  GetShardIterator: { rate: 5, of: 'shard' },
  ListShards: { rate: 1_000, of: 'stream' },
  ListStreamConsumers: { rate: 5, of: 'stream' },
  ListStreams: { rate: 5, of: 'account' },
  ListTagsForStream: { rate: 5, of: 'account' },
  MergeShards: { rate: 5, of: 'account' },
  RegisterStreamConsumer: { rate: 5, of: 'stream' },
  RemoveTagsFromStream: { rate: 5, of: 'account' },
  SplitShard: { rate: 5, of: 'account' },
} as const satisfies Readonly<Record<string, Quota>>;

/** @returns undefined for an action without such a quota */
export function kinesisQuota(action: string): Quota | undefined {
  const quotas: Readonly<Record<string, Quota>> = KINESIS_QUOTAS;
  return Object.hasOwn(quotas, action) ? quotas[action] : undefined;
}
