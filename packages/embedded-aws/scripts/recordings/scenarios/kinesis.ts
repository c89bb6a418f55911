import type { Account, Answer } from '../ours';
import type { Scenario } from './scenario';

async function active(aws: Account, StreamName: string): Promise<Answer> {
  for (;;) {
    const answer = await aws.call('kinesis', 'DescribeStreamSummary', { StreamName });
    const summary = answer.StreamDescriptionSummary as Answer;
    if (summary.StreamStatus === 'ACTIVE') return summary;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const policyOf = (Resource: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::000000000000:root' },
        Action: 'kinesis:DescribeStreamSummary',
        Resource,
      },
    ],
  });

export const kinesisScenario: Scenario = async (aws) => {
  const call = (operation: string, input: object = {}) => aws.call('kinesis', operation, input);
  await call('ListStreams');
  await call('CreateStream', { StreamName: 'orders', ShardCount: 2, Tags: { team: 'a' } });
  await call('CreateStream', {
    StreamName: 'payments',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  });
  await call('DescribeStream', { StreamName: 'orders' });
  const { StreamARN } = await active(aws, 'orders');
  await active(aws, 'payments');
  await call('ListStreams', { Limit: 1 });
  await call('ListStreams');
  await call('DescribeLimits');
  await call('DescribeAccountSettings');
  for (const StreamName of ['orders', 'payments', 'missing']) {
    await call('DescribeStream', { StreamName });
    await call('ListShards', { StreamName });
    await call('ListTagsForStream', { StreamName });
  }
  await call('ListShards', { StreamName: 'orders', MaxResults: 1 });
  await call('ListTagsForResource', { ResourceARN: StreamARN });
  await records(aws, StreamARN);
  await call('GetResourcePolicy', { ResourceARN: StreamARN });
  await call('PutResourcePolicy', { ResourceARN: StreamARN, Policy: policyOf(StreamARN) });
  await call('GetResourcePolicy', { ResourceARN: StreamARN });
  await call('DeleteResourcePolicy', { ResourceARN: StreamARN });
  await call('DeleteResourcePolicy', { ResourceARN: StreamARN });
  await consumers(aws, StreamARN);
  await call('EnableEnhancedMonitoring', { StreamName: 'orders', ShardLevelMetrics: ['ALL'] });
  await call('DescribeStream', { StreamName: 'orders' });
  await call('DisableEnhancedMonitoring', { StreamName: 'orders', ShardLevelMetrics: ['ALL'] });
  await call('StartStreamEncryption', {
    StreamName: 'orders',
    EncryptionType: 'KMS',
    KeyId: 'alias/aws/kinesis',
  });
  await active(aws, 'orders');
  await call('DescribeStream', { StreamName: 'orders' });
  await call('StopStreamEncryption', {
    StreamName: 'orders',
    EncryptionType: 'KMS',
    KeyId: 'alias/aws/kinesis',
  });
  await active(aws, 'orders');
  await call('UpdateShardCount', {
    StreamName: 'orders',
    TargetShardCount: 4,
    ScalingType: 'UNIFORM_SCALING',
  });
  await active(aws, 'orders');
  await call('ListShards', { StreamName: 'orders' });
  await call('MergeShards', {
    StreamName: 'orders',
    ShardToMerge: 'shardId-000000000002',
    AdjacentShardToMerge: 'shardId-000000000003',
  });
  await active(aws, 'orders');
  await call('DescribeStream', { StreamName: 'orders' });
  await call('RemoveTagsFromStream', { StreamName: 'orders', TagKeys: ['team'] });
  await call('ListTagsForStream', { StreamName: 'orders' });
  await call('DeleteStream', { StreamName: 'orders', EnforceConsumerDeletion: true });
};

async function records(aws: Account, StreamARN: unknown): Promise<void> {
  const call = (operation: string, input: object) => aws.call('kinesis', operation, input);
  const Data = Buffer.from('x');
  const first = await call('PutRecord', { StreamName: 'orders', Data, PartitionKey: 'a' });
  await call('PutRecord', { StreamName: 'missing', Data, PartitionKey: 'a' });
  await call('PutRecords', { StreamARN, Records: [{ Data, PartitionKey: 'a' }] });
  for (const input of [
    { ShardIteratorType: 'TRIM_HORIZON' },
    { ShardIteratorType: 'LATEST' },
    {
      ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
      StartingSequenceNumber: first.SequenceNumber,
    },
  ]) {
    const { ShardIterator } = await call('GetShardIterator', {
      StreamARN,
      ShardId: first.ShardId,
      ...input,
    });
    await call('GetRecords', { ShardIterator, Limit: 1 });
    await call('GetRecords', { ShardIterator });
  }
  await call('GetRecords', { ShardIterator: 'none' });
}

async function consumers(aws: Account, StreamARN: unknown): Promise<void> {
  const call = (operation: string, input: object) => aws.call('kinesis', operation, input);
  await call('ListStreamConsumers', { StreamARN });
  const { Consumer } = await call('RegisterStreamConsumer', { StreamARN, ConsumerName: 'reader' });
  const { ConsumerARN } = Consumer as Answer;
  await call('ListStreamConsumers', { StreamARN });
  for (;;) {
    const answer = await call('DescribeStreamConsumer', { ConsumerARN });
    if ((answer.ConsumerDescription as Answer).ConsumerStatus === 'ACTIVE') break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await call('ListStreamConsumers', { StreamARN });
  const { EventStream } = await call('SubscribeToShard', {
    ConsumerARN,
    ShardId: 'shardId-000000000000',
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  for await (const { SubscribeToShardEvent } of EventStream as AsyncIterable<Answer>) {
    aws.count('kinesis.SubscribeToShardEvent', SubscribeToShardEvent);
    break;
  }
  await call('DeregisterStreamConsumer', { ConsumerARN });
  await call('DescribeStreamConsumer', { ConsumerARN });
}
