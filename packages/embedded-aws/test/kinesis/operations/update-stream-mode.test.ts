import {
  ACCOUNT,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
  testRefusals,
} from '../support';

const onDemand = { StreamARN: streamArn('s'), StreamModeDetails: { StreamMode: 'ON_DEMAND' } };

describe('UpdateStreamMode', () => {
  describeTypes('UpdateStreamMode', { StreamARN: 'String', StreamModeDetails: 'Structure' });

  testRefusals('UpdateStreamMode', [
    ['nothing', {}, invalid(isNull('streamARN'), isNull('streamModeDetails'))],
    [
      'a stream that does not exist',
      { ...onDemand, StreamARN: streamArn('nope') },
      notFound('nope'),
    ],
    [
      'warm throughput in an account without the commitment',
      { ...onDemand, WarmThroughputMiBps: 1 },
      error(
        'ValidationException',
        'WarmThroughputMiBps is only supported in accounts that have MinimumThroughputBillingCommitment enabled.',
      ),
    ],
  ]);

  test('is UPDATING, then in the other mode with the same shards', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s', 2);

    await kinesis.ok('UpdateStreamMode', onDemand);
    const during = await kinesis.describe('s');
    kinesis.advance(1_000);
    const after = await kinesis.describe('s');

    expect([during.StreamStatus, during.StreamModeDetails.StreamMode]).toEqual([
      'UPDATING',
      'PROVISIONED',
    ]);
    expect([after.StreamStatus, after.StreamModeDetails.StreamMode]).toEqual([
      'ACTIVE',
      'ON_DEMAND',
    ]);
    expect(after.Shards).toHaveLength(2);
  });

  test('refuses a second change during the first', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('UpdateStreamMode', onDemand);

    expect(await kinesis.send('UpdateStreamMode', onDemand)).toEqual(
      error(
        'ResourceInUseException',
        `Stream s under account ${ACCOUNT} not ACTIVE, instead in state UPDATING`,
      ),
    );
  });
});
