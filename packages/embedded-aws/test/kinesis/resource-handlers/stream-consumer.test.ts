import { streamConsumerHandler } from '../../../src/kinesis/resource-handlers/stream-consumer';
import { TestKinesis } from '../support';
import { context, waitingOn } from './support';

async function setUp() {
  const kinesis = new TestKinesis();
  const StreamARN = await kinesis.stream('orders');
  return {
    kinesis,
    StreamARN,
    handler: streamConsumerHandler(kinesis.kinesis, waitingOn(kinesis)),
  };
}

describe('AWS::Kinesis::StreamConsumer', () => {
  test('creates a consumer and waits until it is ACTIVE', async () => {
    const { kinesis, handler, StreamARN } = await setUp();
    const second = Math.floor(kinesis.now / 1000);

    const state = await handler.create(context, { StreamARN, ConsumerName: 'reader' });

    const arn = `${StreamARN}/consumer/reader:${second}`;
    expect(state).toEqual({
      physicalId: arn,
      attributes: {
        ConsumerARN: arn,
        ConsumerStatus: 'ACTIVE',
        ConsumerCreationTimestamp: String(second),
      },
    });
  });

  test('changes tags', async () => {
    const { kinesis, handler, StreamARN } = await setUp();
    const before = { StreamARN, ConsumerName: 'reader', Tags: [{ Key: 'a', Value: '1' }] };
    const { physicalId } = await handler.create(context, before);

    const after = { StreamARN, ConsumerName: 'reader', Tags: [{ Key: 'b', Value: '2' }] };
    await handler.update(context, physicalId, after, before);

    expect(await kinesis.ok('ListTagsForResource', { ResourceARN: physicalId })).toEqual({
      Tags: [{ Key: 'b', Value: '2' }],
    });
  });

  test('deletes, and accepts a consumer that no longer exists', async () => {
    const { kinesis, handler, StreamARN } = await setUp();
    const { physicalId } = await handler.create(context, { StreamARN, ConsumerName: 'reader' });

    await handler.delete(context, physicalId, {});
    await handler.delete(context, physicalId, {});

    expect((await kinesis.ok('ListStreamConsumers', { StreamARN })).Consumers).toEqual([]);
  });

  test('fails with the error message of Kinesis', async () => {
    const { handler } = await setUp();

    await expect(
      handler.create(context, {
        StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/nope',
        ConsumerName: 'reader',
      }),
    ).rejects.toThrow('Stream nope under account 000000000000 not found.');
  });
});
