import { parseSequenceNumber } from '../../src/kinesis/streams/sequence-number';
import { TestKinesis } from './support';

const LAST_KEY = String(2n ** 128n - 1n);

/** The record's index in a sequence number. */
const indexOf = (sequenceNumber: string) => Number((BigInt(sequenceNumber) >> 80n) & 0xffffffffn);

/** The parts of the numbers at which a shard starts and ends. */
const boundsOf = (shard: {
  readonly SequenceNumberRange: {
    readonly StartingSequenceNumber: string;
    readonly EndingSequenceNumber?: string;
  };
}) => {
  const { StartingSequenceNumber: start, EndingSequenceNumber: end } = shard.SequenceNumberRange;
  return { start: parseSequenceNumber(start), end: parseSequenceNumber(end ?? '0') };
};

describe('sequence numbers', () => {
  // kinesalite, test/createStream.js, recorded until 2020.
  test('begin a few seconds before the stream was created', async () => {
    const kinesis = new TestKinesis();
    const createdAt = kinesis.now;
    await kinesis.stream('s');

    const [shard] = (await kinesis.describe('s')).Shards;
    const second = shard && boundsOf(shard).start?.shardCreatedSecond;
    expect(Number(second) - createdAt / 1000).toBeLessThan(-2);
    expect(Number(second) - createdAt / 1000).toBeGreaterThan(-7);
  });

  // kinesalite, test/splitShard.js and test/mergeShards.js, recorded until 2020.
  test.each([
    ['SplitShard', 1, { ShardToSplit: '0', NewStartingHashKey: '2' }, [1, 2]],
    ['MergeShards', 2, { ShardToMerge: '0', AdjacentShardToMerge: '1' }, [2]],
  ] as const)(
    '%s: children begin a second after their parents',
    async (action, count, input, children) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', count);
      await kinesis.ok(action, { StreamName: 's', ...input });
      kinesis.advance(1_000);

      const bounds = (await kinesis.describe('s')).Shards.map(boundsOf);
      const end = Number(bounds[0]?.end?.second);
      for (const child of children) {
        expect(bounds[child]?.start).toMatchObject({
          shardCreatedSecond: end + 1,
          second: end + 1,
        });
      }
    },
  );

  test('are in order and readable in the second in which a shard was opened', async () => {
    const kinesis = new TestKinesis({ updateMs: 0 });
    await kinesis.stream('s');
    await kinesis.ok('SplitShard', {
      StreamName: 's',
      ShardToSplit: '0',
      NewStartingHashKey: '2',
    });
    const record = { StreamName: 's', PartitionKey: 'k', Data: 'YQ==', ExplicitHashKey: '0' };
    const first = await kinesis.ok('PutRecord', record);
    const SequenceNumberForOrdering = first.SequenceNumber;
    const second = await kinesis.ok('PutRecord', { ...record, SequenceNumberForOrdering });

    const { Shards } = await kinesis.describe('s');
    const start = Shards[1]?.SequenceNumberRange.StartingSequenceNumber ?? '';
    expect(first.ShardId).toBe(Shards[1]?.ShardId);
    expect(BigInt(start) < BigInt(first.SequenceNumber)).toBe(true);
    expect(BigInt(first.SequenceNumber) < BigInt(second.SequenceNumber)).toBe(true);
    const ShardIteratorType = 'AFTER_SEQUENCE_NUMBER';
    const after = { ShardIteratorType, StartingSequenceNumber: first.SequenceNumber };
    expect(await kinesis.texts('s', 1, after)).toEqual(['a']);
  });

  // kinesalite, test/putRecord.js, recorded until 2020.
  test('rise by one from put to put, whichever shard the records go to', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s', 3);

    const indexes: number[] = [];
    for (const ExplicitHashKey of ['0', LAST_KEY, '1', LAST_KEY, '0']) {
      const record = { StreamName: 's', PartitionKey: 'k', Data: '', ExplicitHashKey };
      indexes.push(indexOf((await kinesis.ok('PutRecord', record)).SequenceNumber));
    }

    const [first = 0] = indexes;
    expect(indexes).toEqual([0, 1, 2, 3, 4].map((step) => first + step));
  });

  // kinesalite, test/putRecords.js, recorded until 2020.
  test('follow each other in each shard of a batch, the last shard first', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s', 3);
    const keys = ['0', LAST_KEY, '1', LAST_KEY, String(2n ** 127n)];

    const { Records } = await kinesis.ok('PutRecords', {
      StreamName: 's',
      Records: keys.map((ExplicitHashKey, position) => ({
        PartitionKey: `k${position}`,
        Data: '',
        ExplicitHashKey,
      })),
    });

    const indexes = Records.map(({ SequenceNumber = '' }) => indexOf(SequenceNumber));
    const least = Math.min(...indexes);
    expect(indexes.map((index) => index - least)).toEqual([3, 0, 4, 1, 2]);
    expect(Records.map(({ ShardId }) => Number(ShardId?.slice(-1)))).toEqual([0, 2, 0, 2, 1]);
  });

  test('find their records again, at and after', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s', 3);
    const numbers: string[] = [];
    for (const [ExplicitHashKey, text] of [
      ['0', 'a'],
      [LAST_KEY, 'x'],
      ['0', 'b'],
      [LAST_KEY, 'y'],
      ['0', 'c'],
    ]) {
      const Data = Buffer.from(text ?? '').toString('base64');
      const record = { StreamName: 's', PartitionKey: 'k', Data, ExplicitHashKey };
      numbers.push((await kinesis.ok('PutRecord', record)).SequenceNumber);
    }

    const from = (ShardIteratorType: string, StartingSequenceNumber?: string) =>
      kinesis.texts('s', 0, { ShardIteratorType, StartingSequenceNumber });
    expect(await from('AT_SEQUENCE_NUMBER', numbers[2])).toEqual(['b', 'c']);
    expect(await from('AFTER_SEQUENCE_NUMBER', numbers[2])).toEqual(['c']);
    expect(await from('AFTER_SEQUENCE_NUMBER', numbers[4])).toEqual([]);
  });
});
