import { ACCOUNT, describeTypes, error, streamArn, TestKinesis } from '../support';

describe('DeregisterStreamConsumer', () => {
  describeTypes('DeregisterStreamConsumer', {
    StreamARN: 'String',
    ConsumerName: 'String',
    ConsumerARN: 'String',
  });

  test('refuses a consumer that does not exist', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    const input = { StreamARN: streamArn('s'), ConsumerName: 'c' };
    expect(await kinesis.send('DeregisterStreamConsumer', input)).toEqual(
      error(
        'ResourceNotFoundException',
        `Consumer c under stream s and account ${ACCOUNT} not found.`,
      ),
    );
  });

  test('is DELETING, then deleted, and the stream can be deleted', async () => {
    const kinesis = new TestKinesis({ deleteMs: 200 });
    const StreamARN = await kinesis.stream('s');
    const reader = { StreamARN, ConsumerName: 'reader' };
    await kinesis.ok('RegisterStreamConsumer', reader);

    await kinesis.ok('DeregisterStreamConsumer', reader);
    const during = await kinesis.ok('DescribeStreamConsumer', reader);
    kinesis.advance(200);

    expect(during.ConsumerDescription.ConsumerStatus).toBe('DELETING');
    expect((await kinesis.ok('ListStreamConsumers', { StreamARN })).Consumers).toEqual([]);
    expect((await kinesis.send('DeleteStream', { StreamARN })).status).toBe(200);
  });
});
