import {
  at,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
} from '../support';

const onDemand = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } };

/** An account with the commitment, and an on-demand stream `s`. */
async function prepare() {
  const kinesis = new TestKinesis();
  await kinesis.ok('UpdateAccountSettings', {
    MinimumThroughputBillingCommitment: { Status: 'ENABLED' },
  });
  await kinesis.ok('CreateStream', { StreamName: 's', ...onDemand });
  kinesis.advance(1_000);
  return {
    kinesis,
    warm: (WarmThroughputMiBps: number) =>
      kinesis.ok('UpdateStreamWarmThroughput', { StreamName: 's', WarmThroughputMiBps }),
    summary: async () =>
      (await kinesis.ok('DescribeStreamSummary', { StreamName: 's' })).StreamDescriptionSummary,
  };
}

describe('UpdateStreamWarmThroughput', () => {
  describeTypes('UpdateStreamWarmThroughput', {
    StreamName: 'String',
    StreamARN: 'String',
    WarmThroughputMiBps: 'Integer',
  });

  test.each([
    ['nothing', {}, invalid(isNull('warmThroughputMiBps'))],
    [
      'a negative throughput',
      { StreamName: 's', WarmThroughputMiBps: -1 },
      invalid(
        at('warmThroughputMiBps', "'-1'", 'Member must have value greater than or equal to 0'),
      ),
    ],
    [
      'a stream that does not exist',
      { StreamARN: streamArn('nope'), WarmThroughputMiBps: 8 },
      notFound('nope'),
    ],
    [
      'a provisioned stream',
      { StreamName: 'provisioned', WarmThroughputMiBps: 8 },
      error(
        'ValidationException',
        'WarmThroughputMiBps is only supported for the data streams with the on-demand capacity mode.',
      ),
    ],
    [
      'more than 10 GiB a second',
      { StreamName: 's', WarmThroughputMiBps: 10_241 },
      error(
        'LimitExceededException',
        'This request would exceed the warm throughput limit for a stream. Limit: 10240 MiBps.',
      ),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const { kinesis } = await prepare();
    await kinesis.stream('provisioned');

    expect(await kinesis.send('UpdateStreamWarmThroughput', input)).toEqual(expected);
  });

  test('refuses accounts without the commitment', async () => {
    const kinesis = new TestKinesis();
    await kinesis.ok('CreateStream', { StreamName: 's', ...onDemand });
    kinesis.advance(1_000);

    const answer = await kinesis.send('UpdateStreamWarmThroughput', {
      StreamName: 's',
      WarmThroughputMiBps: 8,
    });

    expect(answer.body.__type).toBe('ValidationException');
  });

  test('is UPDATING, then has a shard for each MiB a second', async () => {
    const { kinesis, warm, summary } = await prepare();

    const answer = await warm(10);
    const during = await summary();
    kinesis.advance(1_000);
    const after = await summary();

    expect(answer).toEqual({
      StreamName: 's',
      StreamARN: streamArn('s'),
      WarmThroughput: { TargetMiBps: 10, CurrentMiBps: 4 },
    });
    expect(during).toMatchObject({ StreamStatus: 'UPDATING', OpenShardCount: 4 });
    expect(after).toMatchObject({
      StreamStatus: 'ACTIVE',
      OpenShardCount: 10,
      WarmThroughput: { TargetMiBps: 10, CurrentMiBps: 10 },
    });
  });

  test('reduces capacity to no less than the four shards of every on-demand stream', async () => {
    const { kinesis, warm, summary } = await prepare();
    await warm(10);
    kinesis.advance(1_000);
    await warm(2);
    kinesis.advance(1_000);

    expect(await summary()).toMatchObject({ OpenShardCount: 4 });
  });

  test('can be set on creation, and on the change to on-demand', async () => {
    const { kinesis } = await prepare();
    await kinesis.ok('CreateStream', { StreamName: 'new', ...onDemand, WarmThroughputMiBps: 6 });
    const StreamARN = await kinesis.stream('changed', 2);
    await kinesis.ok('UpdateStreamMode', { StreamARN, ...onDemand, WarmThroughputMiBps: 5 });
    kinesis.advance(1_000);

    const shards = async (name: string) => (await kinesis.describe(name)).Shards.length;
    const { StreamDescriptionSummary } = await kinesis.ok('DescribeStreamSummary', { StreamARN });

    expect(await shards('new')).toBe(6);
    expect(StreamDescriptionSummary).toMatchObject({
      OpenShardCount: 5,
      WarmThroughput: { TargetMiBps: 5 },
    });
  });
});
