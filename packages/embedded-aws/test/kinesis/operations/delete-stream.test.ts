import {
  describeTypes,
  emptyName,
  error,
  invalid,
  notFound,
  streamArn,
  TestKinesis,
} from '../support';

describe('DeleteStream', () => {
  describeTypes('DeleteStream', {
    StreamName: 'String',
    StreamARN: 'String',
    EnforceConsumerDeletion: 'Boolean',
  });

  describe('validation', () => {
    test.each([
      ['an empty name', { StreamName: '' }, invalid(...emptyName('streamName'))],
      ['a stream that does not exist', { StreamName: 'nope' }, notFound('nope')],
      [
        'the ARN of a stream that does not exist',
        { StreamARN: streamArn('nope') },
        notFound('nope'),
      ],
      [
        'no stream at all',
        {},
        error('InvalidArgumentException', 'Either StreamName or StreamARN should be provided.'),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      expect(await new TestKinesis().send('DeleteStream', input)).toEqual(expected);
    });
  });

  describe('functionality', () => {
    test('is DELETING, then deleted', async () => {
      const kinesis = new TestKinesis({ deleteMs: 200 });
      await kinesis.stream('orders');

      const answer = await kinesis.send('DeleteStream', { StreamName: 'orders' });

      expect(answer).toEqual({ status: 200, body: undefined });
      expect((await kinesis.describe('orders')).StreamStatus).toBe('DELETING');
      kinesis.advance(200);
      expect(await kinesis.send('DescribeStream', { StreamName: 'orders' })).toEqual(
        notFound('orders'),
      );
    });

    test('is allowed while the stream is CREATING', async () => {
      const kinesis = new TestKinesis();
      await kinesis.ok('CreateStream', { StreamName: 'orders', ShardCount: 1 });

      await kinesis.ok('DeleteStream', { StreamName: 'orders' });

      expect((await kinesis.describe('orders')).StreamStatus).toBe('DELETING');
    });

    test('deletes the records: a new stream of the same name is empty', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('orders');
      await kinesis.put('orders', 'k', 'old');
      await kinesis.ok('DeleteStream', { StreamName: 'orders' });
      kinesis.advance(1_000);

      await kinesis.stream('orders');

      expect(await kinesis.texts('orders')).toEqual([]);
    });

    test('refuses while there are consumers, unless their deletion is forced', async () => {
      const kinesis = new TestKinesis();
      const StreamARN = await kinesis.stream('orders');
      await kinesis.ok('RegisterStreamConsumer', { StreamARN, ConsumerName: 'reader' });

      expect(await kinesis.send('DeleteStream', { StreamARN })).toEqual(
        error(
          'ResourceInUseException',
          `DeleteStream can't delete ${StreamARN} because there are consumers associated with ` +
            'this data stream. To delete orders anyway, set the EnforceConsumerDeletion parameter ' +
            'to true to force the deletion of all the consumers that are associated with it.',
        ),
      );
      const forced = { StreamARN, EnforceConsumerDeletion: true };
      expect((await kinesis.send('DeleteStream', forced)).status).toBe(200);
    });
  });
});
