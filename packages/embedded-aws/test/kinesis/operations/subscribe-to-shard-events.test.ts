import { textsOf } from '../subscriber';
import { subscriptions } from '../subscription';

const prepare = subscriptions();

describe('events', () => {
  test('bring existing records, then new ones', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'größe', 'one');
    await kinesis.put('s', 'k', 'two');
    const events = await follow();

    const first = await events.next();
    const second = events.next();
    await kinesis.put('s', 'k', 'three');

    expect(textsOf(first)).toEqual(['one', 'two']);
    expect(first.Records?.[0]).toMatchObject({
      PartitionKey: 'größe',
      ApproximateArrivalTimestamp: new Date(kinesis.now),
    });
    expect(textsOf(await second)).toEqual(['three']);
  });

  test('bring a batch in one event', async () => {
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

  test('hold at most 2 MiB, but at least one record', async () => {
    const { kinesis, follow } = await prepare();
    const large = 'x'.repeat(1_048_000);
    for (const letter of ['a', 'b', 'c']) await kinesis.put('s', 'k', letter + large);
    const events = await follow();

    const sizes = [(await events.next()).Records?.length, (await events.next()).Records?.length];

    expect(sizes).toEqual([2, 1]);
  });

  test('report how far behind they are', async () => {
    const { kinesis, follow } = await prepare();
    const large = 'x'.repeat(1_048_000);
    for (const letter of ['a', 'b', 'c']) await kinesis.put('s', 'k', letter + large);
    kinesis.advance(4_000);
    const events = await follow();

    const behind = [
      (await events.next()).MillisBehindLatest,
      (await events.next()).MillisBehindLatest,
    ];

    expect(behind).toEqual([4_000, 0]);
  });

  test('come every five seconds while there are no records', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'k', 'old');
    const events = await follow({ Type: 'LATEST' });

    const first = await events.next();
    const second = events.next();
    kinesis.advance(5_000);

    for (const event of [first, await second]) {
      expect(event).toMatchObject({
        Records: [],
        MillisBehindLatest: 0,
        ContinuationSequenceNumber: expect.stringMatching(/^\d{56}$/),
      });
    }
  });

  // It is not the last record's: LocalStack's test_subscribe_to_shard, recorded on 19-08-2025.
  test.each([
    [[], 'empty'],
    [['one', 'two'], 'read'],
  ])('continue after the continuation sequence number of a shard with %j', async (texts) => {
    const { kinesis, follow } = await prepare();
    const numbers: string[] = [];
    for (const text of texts) numbers.push((await kinesis.put('s', 'k', text)).SequenceNumber);
    const before = await follow();
    const { ContinuationSequenceNumber: SequenceNumber } = await before.next();
    await before.leave();
    await kinesis.put('s', 'k', 'next');
    kinesis.advance(5_000);

    const events = await follow({ Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });

    expect(textsOf(await events.next())).toEqual(['next']);
    expect(numbers).not.toContain(SequenceNumber);
  });

  test('continue after records that have expired', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'k', 'old');
    kinesis.advance(25 * 3_600_000);
    const before = await follow();
    const { ContinuationSequenceNumber: SequenceNumber } = await before.next();
    await before.leave();
    await kinesis.put('s', 'k', 'next');
    kinesis.advance(5_000);

    const events = await follow({ Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });

    expect(textsOf(await events.next())).toEqual(['next']);
  });

  test('start at a time', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'k', 'old');
    kinesis.advance(10_000);
    const Timestamp = new Date(kinesis.now);
    await kinesis.put('s', 'k', 'new');

    const events = await follow({ Type: 'AT_TIMESTAMP', Timestamp });

    expect(textsOf(await events.next())).toEqual(['new']);
  });

  test('omit expired records', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.put('s', 'k', 'expired');
    kinesis.advance(25 * 3_600_000);
    await kinesis.put('s', 'k', 'fresh');

    expect(textsOf(await (await follow()).next())).toEqual(['fresh']);
  });

  test('report encryption', async () => {
    const { kinesis, follow } = await prepare();
    await kinesis.ok('StartStreamEncryption', {
      StreamName: 's',
      EncryptionType: 'KMS',
      KeyId: 'alias/aws/kinesis',
    });
    kinesis.advance(1_000);
    await kinesis.put('s', 'k', 'x');

    expect((await (await follow()).next()).Records?.[0]?.EncryptionType).toBe('KMS');
  });
});

test('with limits a consumer gets 2 MiB a second of each shard', async () => {
  const free = await prepare();
  const limited = await prepare({ enforceThroughput: true });
  for (const { kinesis } of [free, limited]) {
    for (let count = 0; count < 4; count++) {
      await kinesis.put('s', 'k', 'x'.repeat(1_000_000));
      kinesis.advance(1_000);
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
  limited.kinesis.advance(1_000);

  expect(first.Records).toHaveLength(2);
  expect(sooner).toBe('free');
  expect((await held).Records).toHaveLength(2);
});
