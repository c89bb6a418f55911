import type { Stage } from './target';

type Scenario = (stage: Stage) => Promise<void>;

const data = (text: string) => Buffer.from(text).toString('base64');
const shard = (index: number) => `shardId-${String(index).padStart(12, '0')}`;

/** What is asked of both. Each scenario has streams of its own. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
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

  'records are stored and read': async (stage) => {
    const StreamName = 'records';
    await stage.stream(StreamName);
    await stage.ask('PutRecord', { StreamName, PartitionKey: 'größe', Data: data('one') });
    await stage.ask('PutRecords', {
      StreamName,
      Records: [
        { PartitionKey: 'a', Data: data('two') },
        { PartitionKey: 'b', Data: data(''), ExplicitHashKey: '5' },
      ],
    });
    for (const ShardIteratorType of ['TRIM_HORIZON', 'LATEST']) {
      const { ShardIterator } = await stage.ask('GetShardIterator', {
        StreamName,
        ShardId: shard(0),
        ShardIteratorType,
      });
      await stage.ask('GetRecords', { ShardIterator });
      await stage.ask('GetRecords', { ShardIterator, Limit: 1 });
    }
  },

  'iterators start where they are told to': async (stage) => {
    const StreamName = 'iterators';
    await stage.stream(StreamName);
    const puts: { SequenceNumber: string }[] = [];
    for (const text of ['one', 'two', 'three']) {
      puts.push(await stage.ask('PutRecord', { StreamName, PartitionKey: 'k', Data: data(text) }));
    }
    const StartingSequenceNumber = puts[1]?.SequenceNumber;
    for (const how of [
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber },
      { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber },
      { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: 0 },
    ]) {
      const { ShardIterator } = await stage.ask('GetShardIterator', {
        StreamName,
        ShardId: shard(0),
        ...how,
      });
      await stage.ask('GetRecords', { ShardIterator });
    }
    for (const how of [
      { ShardIteratorType: 'MIDDLE' },
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER' },
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '1' },
      { ShardIteratorType: 'AT_TIMESTAMP' },
      { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: 9_999_999_999 },
      { ShardIteratorType: 'LATEST', ShardId: shard(7) },
    ]) {
      await stage.ask('GetShardIterator', { StreamName, ShardId: shard(0), ...how });
    }
    await stage.ask('GetRecords', { ShardIterator: 'AAAA' });
    await stage.ask('GetRecords', {});
  },

  'records that are none': async (stage) => {
    const StreamName = 'bad-records';
    await stage.stream(StreamName);
    const put = { StreamName, PartitionKey: 'k', Data: data('x') };
    await stage.ask('PutRecord', { ...put, PartitionKey: '' });
    await stage.ask('PutRecord', { ...put, PartitionKey: 'k'.repeat(257) });
    await stage.ask('PutRecord', { ...put, Data: undefined });
    await stage.ask('PutRecord', { ...put, Data: 'x' });
    await stage.ask('PutRecord', { ...put, Data: 5 });
    await stage.ask('PutRecord', { ...put, ExplicitHashKey: String(2n ** 128n) });
    await stage.ask('PutRecord', { ...put, ExplicitHashKey: 'abc' });
    await stage.ask('PutRecord', { ...put, Data: data('x'.repeat(1_048_577)) });
    await stage.ask('PutRecords', { StreamName, Records: [] });
    const Records = Array.from({ length: 501 }, () => ({ PartitionKey: 'k', Data: '' }));
    await stage.ask('PutRecords', { StreamName, Records });
  },

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

  'retention, record size, encryption and mode': async (stage) => {
    const StreamName = 'settings';
    const StreamARN = await stage.stream(StreamName);
    await stage.ask('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
    await stage.active(StreamName);
    await stage.ask('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 47 });
    await stage.ask('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 9000 });
    await stage.ask('DecreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 23 });
    await stage.ask('DecreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 72 });
    await stage.ask('DecreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 24 });
    await stage.active(StreamName);
    const key = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' };
    await stage.ask('StartStreamEncryption', { StreamName, ...key });
    await stage.active(StreamName);
    await stage.ask('PutRecord', { StreamName, PartitionKey: 'k', Data: '' });
    await stage.ask('StopStreamEncryption', { StreamName, ...key });
    await stage.active(StreamName);
    await stage.ask('UpdateMaxRecordSize', { StreamARN, MaxRecordSizeInKiB: 2048 });
    await stage.active(StreamName);
    await stage.ask('UpdateMaxRecordSize', { StreamARN, MaxRecordSizeInKiB: 1 });
    const StreamModeDetails = { StreamMode: 'ON_DEMAND' };
    await stage.ask('UpdateStreamMode', { StreamARN, StreamModeDetails });
    await stage.active(StreamName);
    await stage.ask('DescribeStreamSummary', { StreamName });
    await stage.ask('UpdateShardCount', {
      StreamName,
      TargetShardCount: 2,
      ScalingType: 'UNIFORM_SCALING',
    });
  },

  'an on-demand stream': async (stage) => {
    const StreamName = 'on-demand';
    const StreamModeDetails = { StreamMode: 'ON_DEMAND' };
    await stage.ask('CreateStream', { StreamName, StreamModeDetails });
    await stage.active(StreamName);
    await stage.ask('DescribeStreamSummary', { StreamName });
    await stage.ask('CreateStream', { StreamName: 'x', ShardCount: 1, StreamModeDetails });
  },

  'consumers with enhanced fan-out': async (stage) => {
    const StreamARN = await stage.stream('fan-out');
    const { Consumer } = await stage.ask('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'c',
    });
    await stage.ask('RegisterStreamConsumer', { StreamARN, ConsumerName: 'c' });
    await stage.activeConsumer(Consumer.ConsumerARN);
    await stage.ask('DescribeStreamConsumer', { StreamARN, ConsumerName: 'c' });
    await stage.ask('ListStreamConsumers', { StreamARN });
    await stage.ask('DescribeStreamConsumer', { StreamARN, ConsumerName: 'nobody' });
    await stage.ask('DescribeStreamConsumer', {});
    await stage.ask('DeleteStream', { StreamName: 'fan-out' });
    await stage.ask('DeregisterStreamConsumer', { StreamARN, ConsumerName: 'c' });
    await stage.ask('DeregisterStreamConsumer', { StreamARN, ConsumerName: 'nobody' });
  },

  'enhanced monitoring': async (stage) => {
    const StreamName = 'monitored';
    await stage.stream(StreamName);
    const ShardLevelMetrics = ['IncomingBytes', 'OutgoingBytes'];
    await stage.ask('EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics });
    await stage.ask('DisableEnhancedMonitoring', {
      StreamName,
      ShardLevelMetrics: ['IncomingBytes'],
    });
    await stage.ask('EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics: ['Colour'] });
    await stage.ask('EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics: [] });
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

  'policies on a stream': async (stage) => {
    const ResourceARN = await stage.stream('policy');
    await stage.ask('GetResourcePolicy', { ResourceARN });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111111111111' },
          Action: 'kinesis:PutRecord',
          Resource: ResourceARN,
        },
      ],
    });
    await stage.ask('PutResourcePolicy', { ResourceARN, Policy });
    await stage.ask('GetResourcePolicy', { ResourceARN });
    await stage.ask('DeleteResourcePolicy', { ResourceARN });
  },

  'the account': async (stage) => {
    await stage.ask('DescribeAccountSettings', {});
    await stage.ask('UpdateAccountSettings', {
      MinimumThroughputBillingCommitment: { Status: 'ENABLED' },
    });
    await stage.ask('UpdateAccountSettings', {
      MinimumThroughputBillingCommitment: { Status: 'MAYBE' },
    });
    await stage.ask('DoSomething', {});
  },
};
