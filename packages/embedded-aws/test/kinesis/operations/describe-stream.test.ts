import {
  at,
  describeTypes,
  error,
  invalid,
  notFound,
  shardId,
  streamArn,
  TestKinesis,
} from '../support';

describe('DescribeStream', () => {
  describeTypes('DescribeStream', {
    StreamName: 'String',
    StreamARN: 'String',
    Limit: 'Integer',
    ExclusiveStartShardId: 'String',
  });

  describe('validation', () => {
    test.each([
      ['a stream that does not exist', { StreamName: 'nope' }, notFound('nope')],
      [
        'a page size of zero',
        { StreamName: 'orders', Limit: 0 },
        invalid(at('limit', "'0'", 'Member must have value greater than or equal to 1')),
      ],
      [
        'a page size that is too large',
        { StreamName: 'orders', Limit: 10_001 },
        invalid(at('limit', "'10001'", 'Member must have value less than or equal to 10000')),
      ],
      [
        'a malformed ARN',
        { StreamARN: 'orders' },
        invalid(
          at(
            'streamARN',
            "'orders'",
            'Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+',
          ),
        ),
      ],
      [
        'a name and an ARN that disagree',
        { StreamName: 'orders', StreamARN: streamArn('other') },
        error(
          'InvalidArgumentException',
          `StreamName orders does not match the stream of StreamARN ${streamArn('other')}.`,
        ),
      ],
      [
        'a stream of another region',
        { StreamARN: streamArn('orders').replace('us-east-1', 'eu-west-1') },
        notFound('orders'),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('orders');

      expect(await kinesis.send('DescribeStream', input)).toEqual(expected);
    });

    test("refuses another account's stream", async () => {
      const kinesis = new TestKinesis();

      const answer = await kinesis.send('DescribeStream', {
        StreamARN: streamArn('orders', '111111111111'),
      });

      expect(answer.status).toBe(400);
      expect(answer.body.__type).toBe('AccessDeniedException');
    });
  });

  describe('functionality', () => {
    test('finds a stream by name, by ARN, and by both', async () => {
      const kinesis = new TestKinesis();
      const StreamARN = await kinesis.stream('orders');

      const answers = await Promise.all(
        [{ StreamName: 'orders' }, { StreamARN }, { StreamName: 'orders', StreamARN }].map(
          (input) => kinesis.ok('DescribeStream', input),
        ),
      );

      expect(answers.map((answer) => answer.StreamDescription.StreamName)).toEqual([
        'orders',
        'orders',
        'orders',
      ]);
    });

    test('returns at most 100 shards, and the rest after a shard id', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('wide', 150);

      const first = await kinesis.describe('wide');
      const { StreamDescription: second } = await kinesis.ok('DescribeStream', {
        StreamName: 'wide',
        Limit: 10_000,
        ExclusiveStartShardId: first.Shards.at(-1)?.ShardId,
      });

      expect(first.HasMoreShards).toBe(true);
      expect(first.Shards).toHaveLength(100);
      expect(second.HasMoreShards).toBe(false);
      expect(second.Shards.map(({ ShardId }: { ShardId: string }) => ShardId)).toEqual(
        Array.from({ length: 50 }, (_, index) => shardId(100 + index)),
      );
    });
  });
});
