import {
  at,
  base64,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
  testRefusals,
} from '../support';

const AUTO = { StreamARN: streamArn('s'), RecordDistributionStrategy: 'AUTO' };

/** An on-demand stream `s` with service-managed distribution. */
async function prepare() {
  const kinesis = new TestKinesis();
  await kinesis.ok('CreateStream', {
    StreamName: 's',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    RecordDistributionStrategy: 'AUTO',
  });
  kinesis.advance(1_000);
  return kinesis;
}

describe('UpdateStreamRecordDistributionStrategy', () => {
  describeTypes('UpdateStreamRecordDistributionStrategy', {
    StreamARN: 'String',
    RecordDistributionStrategy: 'String',
  });

  testRefusals('UpdateStreamRecordDistributionStrategy', [
    ['nothing', {}, invalid(isNull('streamARN'), isNull('recordDistributionStrategy'))],
    [
      'an unknown strategy',
      { ...AUTO, RecordDistributionStrategy: 'RANDOM' },
      invalid(
        at(
          'recordDistributionStrategy',
          "'RANDOM'",
          'Member must satisfy enum value set: [AUTO, USER_PARTITION_KEY]',
        ),
      ),
    ],
    ['a stream that does not exist', { ...AUTO, StreamARN: streamArn('nope') }, notFound('nope')],
    [
      'a provisioned stream',
      AUTO,
      error(
        'InvalidArgumentException',
        'RecordDistributionStrategy AUTO is only supported for the data streams with the on-demand capacity mode.',
      ),
    ],
  ]);

  test('takes effect at once', async () => {
    const kinesis = await prepare();
    const strategy = async () =>
      (await kinesis.ok('DescribeStreamSummary', { StreamName: 's' })).StreamDescriptionSummary
        .RecordDistributionStrategy;
    const before = await strategy();

    await kinesis.ok('UpdateStreamRecordDistributionStrategy', {
      ...AUTO,
      RecordDistributionStrategy: 'USER_PARTITION_KEY',
    });

    expect([before, await strategy()]).toEqual(['AUTO', 'USER_PARTITION_KEY']);
  });
});

describe('a stream that distributes records itself', () => {
  test('spreads records evenly, whatever their keys', async () => {
    const kinesis = await prepare();
    const Records = Array.from({ length: 8 }, () => ({
      PartitionKey: 'same',
      ExplicitHashKey: '0',
      Data: '',
    }));

    const { Records: stored } = await kinesis.ok('PutRecords', { StreamName: 's', Records });

    const shards = stored.map(({ ShardId }: { ShardId: string }) => ShardId);
    expect(new Set(shards.slice(0, 4)).size).toBe(4);
    expect(shards.slice(4)).toEqual(shards.slice(0, 4));
  });

  test('accepts and returns records without a key', async () => {
    const kinesis = await prepare();
    const { ShardId } = await kinesis.ok('PutRecord', { StreamName: 's', Data: base64('one') });
    await kinesis.ok('PutRecords', {
      StreamARN: streamArn('s'),
      Records: [{ Data: base64('two') }, { Data: base64('three'), PartitionKey: 'k' }],
    });

    const ShardIterator = await kinesis.iterator('s', Number(ShardId.slice(-1)));
    const { Records } = await kinesis.ok('GetRecords', { ShardIterator });

    expect(Records).toEqual([
      {
        SequenceNumber: expect.any(String),
        ApproximateArrivalTimestamp: kinesis.now / 1000,
        Data: base64('one'),
      },
    ]);
  });

  test('refuses SequenceNumberForOrdering', async () => {
    const kinesis = await prepare();
    const { SequenceNumber } = await kinesis.ok('PutRecord', { StreamName: 's', Data: '' });

    const answer = await kinesis.send('PutRecord', {
      StreamName: 's',
      Data: '',
      SequenceNumberForOrdering: SequenceNumber,
    });

    expect(answer.body.__type).toBe('InvalidArgumentException');
  });

  test('still validates the other members of a record', async () => {
    const kinesis = await prepare();

    expect(await kinesis.send('PutRecord', { StreamName: 's' })).toEqual(
      invalid(isNull('partitionKey'), isNull('data')),
    );
  });

  test('requires keys again once it is provisioned', async () => {
    const kinesis = await prepare();
    await kinesis.ok('UpdateStreamMode', {
      StreamARN: streamArn('s'),
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
    kinesis.advance(1_000);

    expect(await kinesis.send('PutRecord', { StreamName: 's', Data: '' })).toEqual(
      invalid(isNull('partitionKey')),
    );
    expect(await kinesis.send('PutRecords', { StreamName: 's', Records: [{ Data: '' }] })).toEqual(
      invalid(isNull('records.1.member.partitionKey')),
    );
  });
});
