import { data, type Scenario, shard } from './scenario';

/** Shards that are split, merged and scaled. */
export const ofResharding: Readonly<Record<string, Scenario>> = {
  'shards are split, merged and scaled': async (stage) => {
    const StreamName = 'resharding';
    await stage.stream(StreamName);
    await stage.ask('PutRecord', { StreamName, PartitionKey: 'k', Data: data('before') });
    await stage.ask('SplitShard', {
      StreamName,
      ShardToSplit: shard(0),
      NewStartingHashKey: String(2n ** 127n),
    });
    await stage.active(StreamName);
    await stage.ask('ListShards', { StreamName });
    await stage.ask('MergeShards', {
      StreamName,
      ShardToMerge: shard(1),
      AdjacentShardToMerge: shard(2),
    });
    await stage.active(StreamName);
    await stage.ask('ListShards', { StreamName });
    const { ShardIterator } = await stage.ask('GetShardIterator', {
      StreamName,
      ShardId: shard(0),
      ShardIteratorType: 'TRIM_HORIZON',
    });
    await stage.ask('GetRecords', { ShardIterator });
    await stage.ask('UpdateShardCount', {
      StreamName,
      TargetShardCount: 2,
      ScalingType: 'UNIFORM_SCALING',
    });
    await stage.active(StreamName);
    await stage.ask('DescribeStreamSummary', { StreamName });
  },

  'resharding that cannot be': async (stage) => {
    const StreamName = 'bad-resharding';
    await stage.stream(StreamName, 3);
    const split = { StreamName, ShardToSplit: shard(0), NewStartingHashKey: '5' };
    await stage.ask('SplitShard', { ...split, ShardToSplit: shard(9) });
    await stage.ask('SplitShard', { ...split, NewStartingHashKey: 'x' });
    await stage.ask('MergeShards', {
      StreamName,
      ShardToMerge: shard(0),
      AdjacentShardToMerge: shard(2),
    });
    const scale = { StreamName, ScalingType: 'UNIFORM_SCALING' };
    await stage.ask('UpdateShardCount', { ...scale, TargetShardCount: 0 });
    await stage.ask('UpdateShardCount', { ...scale, ScalingType: 'ODD', TargetShardCount: 4 });
    await stage.ask('UpdateShardCount', { ...scale, TargetShardCount: 7 });
    await stage.active(StreamName);
    await stage.ask('UpdateShardCount', { ...scale, TargetShardCount: 1 });
    await stage.active(StreamName);
    await stage.ask('SplitShard', { ...split, NewStartingHashKey: '0' });
  },
};
