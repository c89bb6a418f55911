import { type Scenario, shard } from './scenario';

/** Streams, their names, lists and tags. */
export const ofStreams: Readonly<Record<string, Scenario>> = {
  'a stream comes and goes': async (stage) => {
    const StreamName = 'lifecycle';
    await stage.ask('CreateStream', { StreamName, ShardCount: 2 });
    await stage.ask('CreateStream', { StreamName, ShardCount: 2 });
    await stage.active(StreamName);
    await stage.ask('DescribeStream', { StreamName });
    await stage.ask('DescribeStreamSummary', { StreamName });
    await stage.ask('DeleteStream', { StreamName });
    await stage.gone(StreamName);
    await stage.ask('DescribeStream', { StreamName });
  },

  'actions on a stream that is not there': async (stage) => {
    const StreamName = 'nowhere';
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/nowhere';
    await stage.ask('DescribeStream', { StreamName });
    await stage.ask('DescribeStreamSummary', { StreamARN });
    await stage.ask('DeleteStream', { StreamName });
    await stage.ask('ListShards', { StreamName });
    await stage.ask('PutRecord', { StreamName, PartitionKey: 'k', Data: '' });
    await stage.ask('PutRecords', { StreamName, Records: [{ PartitionKey: 'k', Data: '' }] });
    const iterator = { ShardId: shard(0), ShardIteratorType: 'LATEST' };
    await stage.ask('GetShardIterator', { StreamName, ...iterator });
    await stage.ask('SplitShard', { StreamName, ShardToSplit: shard(0), NewStartingHashKey: '9' });
    await stage.ask('AddTagsToStream', { StreamName, Tags: { a: 'b' } });
    await stage.ask('ListTagsForStream', { StreamName });
    await stage.ask('RegisterStreamConsumer', { StreamARN, ConsumerName: 'c' });
    await stage.ask('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
  },

  'names and counts that are none': async (stage) => {
    await stage.ask('CreateStream', {});
    await stage.ask('CreateStream', { StreamName: '', ShardCount: 1 });
    await stage.ask('CreateStream', { StreamName: 'a b', ShardCount: 1 });
    await stage.ask('CreateStream', { StreamName: 'a'.repeat(129), ShardCount: 1 });
    await stage.ask('CreateStream', { StreamName: 'none', ShardCount: 0 });
    await stage.ask('CreateStream', { StreamName: 'many', ShardCount: 100_000 });
    await stage.ask('DescribeStream', {});
    await stage.ask('DescribeStream', { StreamName: 'x', Limit: 0 });
    await stage.ask('ListStreams', { Limit: 0 });
  },

  'tags, both ways': async (stage) => {
    const StreamName = 'tags';
    await stage.ask('CreateStream', { StreamName, ShardCount: 1, Tags: { born: 'yes' } });
    await stage.active(StreamName);
    const ResourceARN = `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`;
    await stage.ask('ListTagsForStream', { StreamName });
    await stage.ask('AddTagsToStream', { StreamName, Tags: { b: '2', a: '1' } });
    await stage.ask('ListTagsForStream', { StreamName, Limit: 1 });
    await stage.ask('ListTagsForStream', { StreamName, ExclusiveStartTagKey: 'a' });
    await stage.ask('RemoveTagsFromStream', { StreamName, TagKeys: ['a', 'none'] });
    await stage.ask('TagResource', { ResourceARN, Tags: { c: '' } });
    await stage.ask('UntagResource', { ResourceARN, TagKeys: ['b'] });
    await stage.ask('ListTagsForResource', { ResourceARN });
    await stage.ask('AddTagsToStream', { StreamName, Tags: {} });
    await stage.ask('AddTagsToStream', { StreamName, Tags: { ['k'.repeat(129)]: '' } });
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, nth) => [`k${nth}`, '']));
    await stage.ask('AddTagsToStream', { StreamName, Tags: many });
  },

  'lists come in pages': async (stage) => {
    const StreamName = 'pages';
    await stage.stream(StreamName, 3);
    await stage.ask('DescribeStream', { StreamName, Limit: 2 });
    await stage.ask('DescribeStream', { StreamName, ExclusiveStartShardId: shard(1) });
    const { NextToken } = await stage.ask('ListShards', { StreamName, MaxResults: 2 });
    await stage.ask('ListShards', { NextToken });
    await stage.ask('ListShards', { NextToken, StreamName });
    await stage.ask('ListShards', { NextToken: 'AAAA' });
    await stage.ask('ListShards', {});
  },
};
