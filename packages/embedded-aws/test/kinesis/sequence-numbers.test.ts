import { TestKinesis } from './support';

const LAST_KEY = String(2n ** 128n - 1n);

/** The record's index in a sequence number. */
const indexOf = (sequenceNumber: string) => Number((BigInt(sequenceNumber) >> 80n) & 0xffffffffn);

describe('sequence numbers', () => {
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
