import type { Scenario } from './scenario';

/** Settings of streams and of the account, consumers and policies. */
export const ofSettings: Readonly<Record<string, Scenario>> = {
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
