import {
  ACCOUNT,
  at,
  describeTypes,
  error,
  invalid,
  isNull,
  shardId,
  streamArn,
  TestKinesis,
} from '../support';

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
        'bytes that were never issued',
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

    test('refuses an iterator of another Kinesis, and a pagination token', async () => {
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

      kinesis.advance(300_000);
      expect((await kinesis.send('GetRecords', { ShardIterator })).status).toBe(200);
      kinesis.advance(1);

      expect(await kinesis.send('GetRecords', { ShardIterator })).toEqual(
        error(
          'ExpiredIteratorException',
          'Iterator expired. The iterator was created at time Thu Jan 22 01:22:03 UTC 2015 while ' +
            'right now it is Thu Jan 22 01:27:03 UTC 2015 which is further in the future than the ' +
            'tolerated delay of 300000 milliseconds.',
        ),
      );
    });

    test('refuses an iterator of a deleted stream', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0);
      await kinesis.ok('DeleteStream', { StreamName: 's' });
      kinesis.advance(1_000);

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
});
