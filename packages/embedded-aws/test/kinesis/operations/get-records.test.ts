import { ACCOUNT, base64, error, shardId, TestKinesis } from '../support';

const HOUR = 3_600_000;

describe('GetRecords', () => {
  describe('functionality', () => {
    test('returns records as they were put', async () => {
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

    test('continues where it stopped', async () => {
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

    test('returns a new iterator even without new records', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);

      const { NextShardIterator } = await kinesis.ok('GetRecords', { ShardIterator });

      expect(NextShardIterator).not.toBe(ShardIterator);
    });

    test('reports how far it is behind the tip', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'a');
      kinesis.advance(1_000);
      await kinesis.put('s', 'k', 'b');
      kinesis.advance(5_000);

      const first = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
        Limit: 1,
      });
      const second = await kinesis.ok('GetRecords', { ShardIterator: first.NextShardIterator });

      expect(first.MillisBehindLatest).toBe(5_000);
      expect(second.MillisBehindLatest).toBe(0);
    });

    test('returns at most 10 MiB, but at least one record', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      for (let count = 0; count < 12; count++) await kinesis.put('s', 'k', 'x'.repeat(1_000_000));

      const first = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
      });
      const second = await kinesis.ok('GetRecords', { ShardIterator: first.NextShardIterator });

      expect([first.Records.length, second.Records.length]).toEqual([10, 2]);
    });

    test('returns at most 10,000 records', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const Records = Array(500).fill({ PartitionKey: 'k', Data: '' });
      for (let batch = 0; batch < 21; batch++) {
        await kinesis.ok('PutRecords', { StreamName: 's', Records });
      }

      expect(await kinesis.texts('s')).toHaveLength(10_000);
    });

    test('drops records after the retention period', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'old');
      kinesis.advance(HOUR);
      await kinesis.put('s', 'k', 'new');

      kinesis.advance(23 * HOUR);
      expect(await kinesis.texts('s')).toEqual(['old', 'new']);
      kinesis.advance(1);

      expect(await kinesis.texts('s')).toEqual(['new']);
    });

    test('an iterator before the trim horizon starts at it', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const { SequenceNumber } = await kinesis.put('s', 'k', 'old');
      kinesis.advance(25 * HOUR);
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
      kinesis.advance(1_000);
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'c');

      const { Records } = await kinesis.ok('GetRecords', { ShardIterator });

      expect(Records.map(({ Data }: { Data: string }) => Data)).toEqual([base64('c')]);
    });

    test('returns the child shards and no iterator at the end of a closed shard', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'a');
      await kinesis.ok('SplitShard', {
        StreamName: 's',
        ShardToSplit: shardId(0),
        NewStartingHashKey: String(2n ** 127n),
      });
      kinesis.advance(1_000);

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

    test('a shard refuses a sixth read in a second if limits are enforced', async () => {
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
