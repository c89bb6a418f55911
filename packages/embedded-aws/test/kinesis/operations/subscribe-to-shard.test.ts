import { subscriptions } from '../subscription';
import { ACCOUNT, at, describeTypes, error, invalid, isNull, shardId, streamArn } from '../support';

const prepare = subscriptions();

describeTypes('SubscribeToShard', {
  ConsumerARN: 'String',
  ShardId: 'String',
  StartingPosition: 'Structure',
  DryRun: 'Boolean',
});

describe('validation', () => {
  test('of required members', async () => {
    const { kinesis } = await prepare();

    expect(await kinesis.send('SubscribeToShard', {})).toEqual(
      invalid(isNull('consumerARN'), isNull('shardId'), isNull('startingPosition')),
    );
  });

  test('of an unknown type', async () => {
    const { ask } = await prepare();

    expect(await ask({ StartingPosition: { Type: 'MIDDLE' } })).toEqual(
      invalid(
        at(
          'startingPosition.type',
          "'MIDDLE'",
          'Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]',
        ),
      ),
    );
  });

  test('of a sequence number that conflicts with the type', async () => {
    const { ask } = await prepare();

    const { body } = await ask({ StartingPosition: { Type: 'AT_SEQUENCE_NUMBER' } });

    expect(body.__type).toBe('InvalidArgumentException');
    expect(body.message).toContain('AT_SEQUENCE_NUMBER and no StartingSequenceNumber');
  });

  test('of a shard that does not exist', async () => {
    const { ask } = await prepare();

    expect(await ask({ ShardId: shardId(7) })).toEqual(
      error(
        'ResourceNotFoundException',
        `Shard shardId-000000000007 in stream s under account ${ACCOUNT} does not exist`,
      ),
    );
  });

  test('of a consumer that does not exist', async () => {
    const { ask } = await prepare();

    const { body } = await ask({ ConsumerARN: `${streamArn('s')}/consumer/nobody:1` });

    expect(body.__type).toBe('ResourceNotFoundException');
  });

  test('of a consumer that is not ACTIVE yet', async () => {
    const { kinesis, ask } = await prepare();
    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN: streamArn('s'),
      ConsumerName: 'late',
    });

    expect(await ask({ ConsumerARN: Consumer.ConsumerARN })).toEqual(
      error(
        'ResourceInUseException',
        `Consumer late with creation timestamp ${Consumer.ConsumerCreationTimestamp} under ` +
          `stream: s, account ${ACCOUNT} is not in ACTIVE status.`,
      ),
    );
  });

  test('a dry run starts nothing', async () => {
    const { ask } = await prepare();

    const dry = await ask({ DryRun: true });
    const wet = await ask();

    expect(dry.body.__type).toBe('DryRunOperationException');
    expect(wet.status).toBe(200);
  });
});

describe('a second subscription to the same shard', () => {
  const taken = `Another active subscription exists for this consumer: ${ACCOUNT}:s:shardId-000000000000:c`;

  test('is refused within five seconds, even if the first is not read', async () => {
    const { kinesis, follow, ask } = await prepare();
    await (await follow()).leave();
    kinesis.advance(4_999);

    expect(await ask()).toEqual(error('ResourceInUseException', taken));
  });

  test('takes over after five seconds', async () => {
    const { kinesis, follow } = await prepare();
    const first = await follow();
    await first.next();
    const ended = first.next();
    kinesis.advance(5_000);

    const second = await follow();

    await expect(ended).rejects.toMatchObject({ name: 'ResourceInUseException', message: taken });
    await expect(second.next()).resolves.toMatchObject({ Records: [] });
  });

  test('by another consumer, or to another shard, is independent', async () => {
    const { kinesis, follow, ask } = await prepare({}, 2);
    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN: streamArn('s'),
      ConsumerName: 'd',
    });
    kinesis.advance(1_000);

    await follow();

    expect((await ask({ ConsumerARN: Consumer.ConsumerARN })).status).toBe(200);
    expect((await ask({ ShardId: shardId(1) })).status).toBe(200);
  });
});
