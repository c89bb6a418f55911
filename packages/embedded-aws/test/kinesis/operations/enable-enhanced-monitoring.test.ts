import {
  at,
  describeTypes,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
  testRefusals,
} from '../support';

const METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
];

describe('EnableEnhancedMonitoring', () => {
  describeTypes('EnableEnhancedMonitoring', { StreamName: 'String', ShardLevelMetrics: 'List' });

  testRefusals('EnableEnhancedMonitoring', [
    ['nothing', {}, invalid(isNull('shardLevelMetrics'))],
    [
      'an unknown metric',
      { StreamName: 's', ShardLevelMetrics: ['Bytes'] },
      invalid(
        at(
          'shardLevelMetrics',
          "'[Bytes]'",
          `Member must satisfy constraint: [Member must satisfy enum value set: [ALL, IteratorAgeMilliseconds, IncomingBytes, WriteProvisionedThroughputExceeded, OutgoingRecords, ReadProvisionedThroughputExceeded, IncomingRecords, OutgoingBytes]]`,
        ),
      ),
    ],
    [
      'a stream that does not exist',
      { StreamName: 'nope', ShardLevelMetrics: ['ALL'] },
      notFound('nope'),
    ],
  ]);

  test('returns the metrics before and after', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('EnableEnhancedMonitoring', {
      StreamName: 's',
      ShardLevelMetrics: ['IncomingBytes'],
    });

    const answer = await kinesis.ok('EnableEnhancedMonitoring', {
      StreamName: 's',
      ShardLevelMetrics: ['ALL'],
    });

    expect(answer).toEqual({
      StreamName: 's',
      StreamARN: streamArn('s'),
      CurrentShardLevelMetrics: ['IncomingBytes'],
      DesiredShardLevelMetrics: METRICS,
    });
    expect((await kinesis.describe('s')).EnhancedMonitoring).toEqual([
      { ShardLevelMetrics: METRICS },
    ]);
  });
});
