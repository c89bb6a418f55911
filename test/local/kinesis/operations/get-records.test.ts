import {
  ACCOUNT,
  at,
  base64,
  describeTypes,
  error,
  invalid,
  isNull,
  shardId,
  streamArn,
  TestKinesis,
} from '../support';

const HOUR = 3_600_000;

describe('GetRecords', () => {
  describeTypes('GetRecords', {
    ShardIterator: 'String',
    Limit: 'Integer',
    StreamARN: 'String',
  });

  describe('validation', () => {
    const invalidIterator = error('InvalidArgumentException', 'Invalid ShardIterator.');
    test.each([
      ['nothing', {}, invalid(isNull('shardIterator'))],
      [
        'an empty iterator and page',
        { ShardIterator: '', Limit: 0 },
        invalid(
          at('limit', "'0'", 'Member must have value greater than or equal to 1'),
          at('shardIterator', "''", 'Member must have length greater than or equal to 1'),
        ),
      ],
      [
        'a long iterator and page',
        { ShardIterator: 'a'.repeat(513), Limit: 10_001 },
        invalid(
          at('limit', "'10001'", 'Member must have value less than or equal to 10000'),
          at(
            'shardIterator',
            `'${'a'.repeat(513)}'`,
            'Member must have length less than or equal to 512',
          ),
        ),
      ],
      ['text', { ShardIterator: 'nonsense' }, invalidIterator],
      ['only a header', { ShardIterator: 'AAAAAAAAAAE=' }, invalidIterator],
      [
        'bytes nobody sealed',
        {
          ShardIterator: Buffer.concat([
            Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
            Buffer.alloc(144),
          ]).toString('base64'),
        },
        invalidIterator,
      ],
    ])('refuses %s', async (_what, input, expected) => {
      expect(await new TestKinesis().send('GetRecords', input)).toEqual(expected);
    });

    test("refuses another Kinesis's iterator, and a page's token", async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 2);
      const other = new TestKinesis();
      await other.stream('s');
      const { NextToken } = await kinesis.ok('ListShards', { StreamName: 's', MaxResults: 1 });

      for (const ShardIterator of [await other.iterator('s', 0), NextToken]) {
        expect(await kinesis.send('GetRecords', { ShardIterator })).toEqual(invalidIterator);
      }
    });

    test('refuses an iterator that is more than five minutes old', async () => {
      const kinesis = new TestKinesis();
      kinesis.now = Date.UTC(2015, 0, 22, 1, 22, 2);
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);

      kinesis.pass(300_000);
      expect((await kinesis.send('GetRecords', { ShardIterator })).status).toBe(200);
      kinesis.pass(1);

      expect(await kinesis.send('GetRecords', { ShardIterator })).toEqual(
        error(
          'ExpiredIteratorException',
          'Iterator expired. The iterator was created at time Thu Jan 22 01:22:03 UTC 2015 while ' +
            'right now it is Thu Jan 22 01:27:03 UTC 2015 which is further in the future than the ' +
            'tolerated delay of 300000 milliseconds.',
        ),
      );
    });

    test('refuses an iterator whose stream is gone', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);
      await kinesis.ok('DeleteStream', { StreamName: 's' });
      kinesis.pass(1_000);

      expect(await kinesis.send('GetRecords', { ShardIterator })).toEqual(
        error(
          'ResourceNotFoundException',
          `Shard ${shardId(0)} in stream s under account ${ACCOUNT} does not exist`,
        ),
      );
    });

    test('refuses the ARN of another stream', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);

      const answer = await kinesis.send('GetRecords', { ShardIterator, StreamARN: streamArn('t') });
      expect(answer.body.__type).toBe('InvalidArgumentException');
    });
  });

  describe('functionality', () => {
    test('gives records as they were put', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const { SequenceNumber } = await kinesis.put('s', 'schlüssel', 'hello');

      const answer = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
      });

      expect(answer).toEqual({
        Records: [
          {
            SequenceNumber,
            ApproximateArrivalTimestamp: kinesis.now / 1000,
            Data: base64('hello'),
            PartitionKey: 'schlüssel',
          },
        ],
        MillisBehindLatest: 0,
        NextShardIterator: expect.any(String),
      });
    });

    test('goes on where it stopped', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      for (const text of ['a', 'b', 'c']) await kinesis.put('s', 'k', text);

      const first = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
        Limit: 2,
      });
      const second = await kinesis.ok('GetRecords', { ShardIterator: first.NextShardIterator });
      await kinesis.put('s', 'k', 'd');
      const third = await kinesis.ok('GetRecords', { ShardIterator: second.NextShardIterator });

      expect(
        [first, second, third].map(({ Records }) =>
          Records.map(({ Data }: { Data: string }) => Buffer.from(Data, 'base64').toString()),
        ),
      ).toEqual([['a', 'b'], ['c'], ['d']]);
    });

    test('gives another iterator even when nothing has happened', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);

      const { NextShardIterator } = await kinesis.ok('GetRecords', { ShardIterator });

      expect(NextShardIterator).not.toBe(ShardIterator);
    });

    test('tells how far behind the tip it is', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'a');
      kinesis.pass(1_000);
      await kinesis.put('s', 'k', 'b');
      kinesis.pass(5_000);

      const first = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
        Limit: 1,
      });
      const second = await kinesis.ok('GetRecords', { ShardIterator: first.NextShardIterator });

      expect(first.MillisBehindLatest).toBe(5_000);
      expect(second.MillisBehindLatest).toBe(0);
    });

    test('gives no more than 10 MiB, but always a record', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      for (let count = 0; count < 12; count++) await kinesis.put('s', 'k', 'x'.repeat(1_000_000));

      const first = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
      });
      const second = await kinesis.ok('GetRecords', { ShardIterator: first.NextShardIterator });

      expect([first.Records.length, second.Records.length]).toEqual([10, 2]);
    });

    test('gives no more than 10,000 records', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const Records = Array(500).fill({ PartitionKey: 'k', Data: '' });
      for (let batch = 0; batch < 21; batch++) {
        await kinesis.ok('PutRecords', { StreamName: 's', Records });
      }

      expect(await kinesis.texts('s')).toHaveLength(10_000);
    });

    test('forgets records when the retention period is over', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'old');
      kinesis.pass(HOUR);
      await kinesis.put('s', 'k', 'new');

      kinesis.pass(23 * HOUR);
      expect(await kinesis.texts('s')).toEqual(['old', 'new']);
      kinesis.pass(1);

      expect(await kinesis.texts('s')).toEqual(['new']);
    });

    test('an iterator before the trim horizon starts at it', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const { SequenceNumber } = await kinesis.put('s', 'k', 'old');
      kinesis.pass(25 * HOUR);
      await kinesis.put('s', 'k', 'new');

      const more = {
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: SequenceNumber,
      };
      expect(await kinesis.texts('s', 0, more)).toEqual(['new']);
    });

    test('reads a new stream from its start with an iterator of the old one', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      for (const text of ['a', 'b']) await kinesis.put('s', 'k', text);
      const ShardIterator = await kinesis.iterator('s', 0, { ShardIteratorType: 'LATEST' });
      await kinesis.ok('DeleteStream', { StreamName: 's' });
      kinesis.pass(1_000);
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'c');

      const { Records } = await kinesis.ok('GetRecords', { ShardIterator });

      expect(Records.map(({ Data }: { Data: string }) => Data)).toEqual([base64('c')]);
    });

    test('ends a closed shard with its children and no iterator', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'a');
      await kinesis.ok('SplitShard', {
        StreamName: 's',
        ShardToSplit: shardId(0),
        NewStartingHashKey: String(2n ** 127n),
      });
      kinesis.pass(1_000);

      const answer = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
      });

      expect(answer.Records).toHaveLength(1);
      expect(answer).not.toHaveProperty('NextShardIterator');
      expect(answer.ChildShards).toEqual([
        {
          ShardId: shardId(1),
          ParentShards: [shardId(0)],
          HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(2n ** 127n - 1n) },
        },
        {
          ShardId: shardId(2),
          ParentShards: [shardId(0)],
          HashKeyRange: {
            StartingHashKey: String(2n ** 127n),
            EndingHashKey: String(2n ** 128n - 1n),
          },
        },
      ]);
    });

    test('a shard refuses a sixth read in a second, when limits are enforced', async () => {
      const kinesis = new TestKinesis({ enforceThroughput: true });
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);
      for (let count = 0; count < 5; count++) await kinesis.ok('GetRecords', { ShardIterator });

      expect(await kinesis.send('GetRecords', { ShardIterator })).toEqual(
        error(
          'ProvisionedThroughputExceededException',
          `Rate exceeded for shard ${shardId(0)} in stream s under account ${ACCOUNT}.`,
        ),
      );
    });
  });
});
