import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { KinesisOptions } from '../../../../local/kinesis';
import { awsRequest } from '../../../support/aws-request';
import { bodyOf, type Events, subscribe, textsOf } from '../subscriber';
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

const FIVE_MINUTES = 300_000;
const open: Events[] = [];

afterEach(async () => {
  for (const events of open.splice(0)) await events.leave();
});

/** A stream `s` with a consumer, and the SDK's client to subscribe with. */
async function prepare(options: KinesisOptions = {}, shards = 1) {
  const kinesis = new TestKinesis(options);
  await kinesis.stream('s', shards);
  const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
    StreamARN: streamArn('s'),
    ConsumerName: 'c',
  });
  kinesis.pass(1_000);
  const arn: string = Consumer.ConsumerARN;
  const client = new KinesisClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: { headers: Record<string, string>; body?: Uint8Array }) {
        const answer = await kinesis.kinesis.handle(
          awsRequest({
            headers: Object.fromEntries(
              Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
            ),
            body: Buffer.concat([request.body ?? Buffer.alloc(0)]),
          }),
        );
        const { status: statusCode, headers } = answer;
        return { response: { statusCode, headers, body: bodyOf(answer) } } as never;
      },
    },
  });
  return {
    kinesis,
    arn,
    ask: (more: object = {}) =>
      kinesis.send('SubscribeToShard', {
        ConsumerARN: arn,
        ShardId: shardId(0),
        StartingPosition: { Type: 'TRIM_HORIZON' },
        ...more,
      }),
    async follow(position: object = { Type: 'TRIM_HORIZON' }, shard = 0) {
      const events = await subscribe(client, {
        ConsumerARN: arn,
        ShardId: shardId(shard),
        StartingPosition: position as never,
      });
      open.push(events);
      return events;
    },
  };
}

describeTypes('SubscribeToShard', {
  ConsumerARN: 'String',
  ShardId: 'String',
  StartingPosition: 'Structure',
  DryRun: 'Boolean',
});

describe('validation', () => {
  test('of what must be there', async () => {
    const { kinesis } = await prepare();

    expect(await kinesis.send('SubscribeToShard', {})).toEqual(
      invalid(isNull('consumerARN'), isNull('shardId'), isNull('startingPosition')),
    );
  });

  test('of a type that is none', async () => {
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

  test('of a sequence number that does not go with the type', async () => {
    const { ask } = await prepare();

    const { body } = await ask({ StartingPosition: { Type: 'AT_SEQUENCE_NUMBER' } });

    expect(body.__type).toBe('InvalidArgumentException');
    expect(body.message).toContain('AT_SEQUENCE_NUMBER and no StartingSequenceNumber');
  });

  test('of a shard that is not there', async () => {
    const { ask } = await prepare();

    expect(await ask({ ShardId: shardId(7) })).toEqual(
      error(
        'ResourceNotFoundException',
        `Shard shardId-000000000007 in stream s under account ${ACCOUNT} does not exist`,
      ),
    );
  });

  test('of a consumer that is not there', async () => {
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

describe('events', () => {
  test('bring what is there, then what comes', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'größe', 'one');
    await kinesis.put('s', 'k', 'two');
    const events = await follow();

    const first = await events.next();
    const second = events.next();
    const put = await kinesis.put('s', 'k', 'three');

    expect(textsOf(first)).toEqual(['one', 'two']);
    expect(first.Records?.[0]).toMatchObject({
      PartitionKey: 'größe',
      ApproximateArrivalTimestamp: new Date(kinesis.now),
    });
    expect(textsOf(await second)).toEqual(['three']);
    expect((await second).ContinuationSequenceNumber).toBe(put.SequenceNumber);
  });

  test('bring a batch in one', async () => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();

    const batch = events.next();
    await kinesis.ok('PutRecords', {
      StreamName: 's',
      Records: Array.from({ length: 500 }, () => ({ PartitionKey: 'k', Data: 'eA==' })),
    });

    expect((await batch).Records).toHaveLength(500);
  });

  test('hold no more than 2 MiB, but at least one record', async () => {
    const { kinesis, follow } = await prepare();
    const large = 'x'.repeat(1_048_000);
    for (const letter of ['a', 'b', 'c']) await kinesis.put('s', 'k', letter + large);
    const events = await follow();

    const sizes = [(await events.next()).Records?.length, (await events.next()).Records?.length];

    expect(sizes).toEqual([2, 1]);
  });

  test('say how far behind they are', async () => {
    const { kinesis, follow } = await prepare();
    const large = 'x'.repeat(1_048_000);
    for (const letter of ['a', 'b', 'c']) await kinesis.put('s', 'k', letter + large);
    kinesis.pass(4_000);
    const events = await follow();

    const behind = [
      (await events.next()).MillisBehindLatest,
      (await events.next()).MillisBehindLatest,
    ];

    expect(behind).toEqual([4_000, 0]);
  });

  test('come without records when there are none, every five seconds', async () => {
    const { kinesis, follow } = await prepare();
    const put = await kinesis.put('s', 'k', 'old');
    const events = await follow({ Type: 'LATEST' });

    const first = await events.next();
    const second = events.next();
    kinesis.pass(5_000);

    for (const event of [first, await second]) {
      expect(event).toMatchObject({
        Records: [],
        MillisBehindLatest: 0,
        ContinuationSequenceNumber: put.SequenceNumber,
      });
    }
  });

  test('go on where the number says that the ones before ended', async () => {
    const { kinesis, follow } = await prepare();
    const before = await follow();
    const { ContinuationSequenceNumber: SequenceNumber } = await before.next();
    await before.leave();
    await kinesis.put('s', 'k', 'one');
    kinesis.pass(5_000);

    const events = await follow({ Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });

    expect(textsOf(await events.next())).toEqual(['one']);
  });

  test('start at a time', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'k', 'old');
    kinesis.pass(10_000);
    const Timestamp = new Date(kinesis.now);
    await kinesis.put('s', 'k', 'new');

    const events = await follow({ Type: 'AT_TIMESTAMP', Timestamp });

    expect(textsOf(await events.next())).toEqual(['new']);
  });

  test('leave out what has expired', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'k', 'expired');
    kinesis.pass(25 * 3_600_000);
    await kinesis.put('s', 'k', 'fresh');

    expect(textsOf(await (await follow()).next())).toEqual(['fresh']);
  });

  test('say when they are encrypted', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.ok('StartStreamEncryption', {
      StreamName: 's',
      EncryptionType: 'KMS',
      KeyId: 'alias/aws/kinesis',
    });
    kinesis.pass(1_000);
    await kinesis.put('s', 'k', 'x');

    expect((await (await follow()).next()).Records?.[0]?.EncryptionType).toBe('KMS');
  });
});

describe('the end', () => {
  test('of a shard that is split names its children, and no place to go on from', async () => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();
    await kinesis.put('s', 'k', 'last');
    await kinesis.ok('SplitShard', {
      StreamName: 's',
      ShardToSplit: shardId(0),
      NewStartingHashKey: '1000',
    });
    const last = await events.records();
    kinesis.pass(1_000);
    await kinesis.describe('s');

    const end = await events.next();

    expect(textsOf(last)).toEqual(['last']);
    expect(end.ContinuationSequenceNumber).toBeUndefined();
    expect(end.ChildShards).toEqual([
      {
        ShardId: shardId(1),
        ParentShards: [shardId(0)],
        HashKeyRange: { StartingHashKey: '0', EndingHashKey: '999' },
      },
      {
        ShardId: shardId(2),
        ParentShards: [shardId(0)],
        HashKeyRange: {
          StartingHashKey: '1000',
          EndingHashKey: '340282366920938463463374607431768211455',
        },
      },
    ]);
    expect(await events.ended()).toBe(true);
  });

  test('of a shard that is read to it comes at once', async () => {
    const { kinesis, follow } = await prepare({}, 2);
    await kinesis.ok('MergeShards', {
      StreamName: 's',
      ShardToMerge: shardId(0),
      AdjacentShardToMerge: shardId(1),
    });
    kinesis.pass(1_000);

    const events = await follow({ Type: 'LATEST' }, 1);

    expect((await events.next()).ChildShards?.[0]?.ParentShards).toEqual([shardId(0), shardId(1)]);
    expect(await events.ended()).toBe(true);
  });

  test('is there after five minutes', async () => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();

    const ended = events.ended();
    kinesis.pass(FIVE_MINUTES);

    expect(await ended).toBe(true);
  });

  test.each([
    [
      'the consumer',
      'DeregisterStreamConsumer',
      { ConsumerName: 'c' },
      'Consumer c under stream s',
    ],
    ['the stream', 'DeleteStream', { EnforceConsumerDeletion: true }, 'Stream s under account'],
  ])('comes when %s is deleted', async (_what, action, more, message) => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();

    const ended = events.next();
    await kinesis.ok(action, { StreamARN: streamArn('s'), ...more });

    await expect(ended).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining(message),
    });
  });
});

describe('a second subscription to the same shard', () => {
  const taken = `Another active subscription exists for this consumer: ${ACCOUNT}:s:shardId-000000000000:c`;

  test('is refused within five seconds, even when nobody reads the first', async () => {
    const { kinesis, follow, ask } = await prepare();
    await (await follow()).leave();
    kinesis.pass(4_999);

    expect(await ask()).toEqual(error('ResourceInUseException', taken));
  });

  test('takes over after five seconds', async () => {
    const { kinesis, follow } = await prepare();
    const first = await follow();
    await first.next();
    const ended = first.next();
    kinesis.pass(5_000);

    const second = await follow();

    await expect(ended).rejects.toMatchObject({ name: 'ResourceInUseException', message: taken });
    await expect(second.next()).resolves.toMatchObject({ Records: [] });
  });

  test('by another consumer, or to another shard, is one of its own', async () => {
    const { kinesis, follow, ask } = await prepare({}, 2);
    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN: streamArn('s'),
      ConsumerName: 'd',
    });
    kinesis.pass(1_000);

    await follow();

    expect((await ask({ ConsumerARN: Consumer.ConsumerARN })).status).toBe(200);
    expect((await ask({ ShardId: shardId(1) })).status).toBe(200);
  });
});

test('with limits a consumer gets 2 MiB a second of each shard', async () => {
  const free = await prepare();
  const limited = await prepare({ enforceThroughput: true });
  for (const { kinesis } of [free, limited]) {
    for (let count = 0; count < 4; count++) {
      await kinesis.put('s', 'k', 'x'.repeat(1_000_000));
      kinesis.pass(1_000);
    }
  }
  const readFree = await free.follow();
  const readLimited = await limited.follow();

  const [, first] = [await readFree.next(), await readLimited.next()];
  const held = readLimited.next();
  const sooner = await Promise.race([
    held.then(() => 'limited'),
    readFree.next().then(() => 'free'),
  ]);
  limited.kinesis.pass(1_000);

  expect(first.Records).toHaveLength(2);
  expect(sooner).toBe('free');
  expect((await held).Records).toHaveLength(2);
});
