import {
  ACCOUNT,
  at,
  describeTypes,
  emptyName,
  error,
  invalid,
  isNull,
  shardId,
  TestKinesis,
  testRefusals,
} from '../support';

const TYPES = 'AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON';
const latest = { StreamName: 's', ShardId: shardId(0), ShardIteratorType: 'LATEST' };

const shardMissing = (id: string, stream = 's') =>
  error(
    'ResourceNotFoundException',
    `Shard ${id} in stream ${stream} under account ${ACCOUNT} does not exist`,
  );
const shardUnknown = (id: string) =>
  error(
    'ResourceNotFoundException',
    `Could not find shard ${id} in stream s under account ${ACCOUNT}.`,
  );
const mismatch = (specified: string) =>
  error(
    'InvalidArgumentException',
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and ' +
      'StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ' +
      `Request specified ${specified}.`,
  );
const badSequence = (sequence: bigint | string) =>
  error(
    'InvalidArgumentException',
    `StartingSequenceNumber ${sequence} used in GetShardIterator on shard ${shardId(0)} in stream ` +
      `s under account ${ACCOUNT} is invalid.`,
  );

/** A stream with the records a, b and c, one second apart. */
async function withRecords() {
  const kinesis = new TestKinesis();
  await kinesis.stream('s', 2);
  const start = kinesis.now;
  const sequences: string[] = [];
  for (const text of ['a', 'b', 'c']) {
    const { SequenceNumber } = await kinesis.ok('PutRecord', {
      StreamName: 's',
      PartitionKey: 'k',
      ExplicitHashKey: '0',
      Data: Buffer.from(text).toString('base64'),
    });
    sequences.push(SequenceNumber);
    kinesis.advance(1_000);
  }
  return { kinesis, start, sequences };
}

describe('GetShardIterator', () => {
  describeTypes('GetShardIterator', {
    StreamName: 'String',
    StreamARN: 'String',
    ShardId: 'String',
    ShardIteratorType: 'String',
    StartingSequenceNumber: 'String',
    Timestamp: 'Timestamp',
  });

  describe('validation', () => {
    testRefusals('GetShardIterator', [
      ['nothing', {}, invalid(isNull('shardId'), isNull('shardIteratorType'))],
      [
        'empty members',
        { StreamName: '', ShardId: '', ShardIteratorType: '', StartingSequenceNumber: '' },
        invalid(
          ...emptyName('shardId'),
          at('shardIteratorType', "''", `Member must satisfy enum value set: [${TYPES}]`),
          at(
            'startingSequenceNumber',
            "''",
            'Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})',
          ),
          ...emptyName('streamName'),
        ),
      ],
      [
        'a stream that does not exist',
        { ...latest, StreamName: 'nope' },
        shardMissing(shardId(0), 'nope'),
      ],
      [
        'a shard that does not exist',
        { ...latest, ShardId: 'shardId-5' },
        shardMissing(shardId(5)),
      ],
      ['a shard id too large', { ...latest, ShardId: '2147483648' }, shardUnknown('2147483648')],
      ['a malformed shard id', { ...latest, ShardId: 'ABKLFD8' }, shardUnknown('ABKLFD8')],
      ['an exponent', { ...latest, ShardId: '2.14E4' }, shardUnknown('2.14E4')],
      [
        'LATEST with a sequence number',
        { ...latest, StartingSequenceNumber: '5' },
        mismatch('LATEST and also a StartingSequenceNumber'),
      ],
      [
        'AT_SEQUENCE_NUMBER without one',
        { ...latest, ShardIteratorType: 'AT_SEQUENCE_NUMBER' },
        mismatch('AT_SEQUENCE_NUMBER and no StartingSequenceNumber'),
      ],
      [
        'AT_TIMESTAMP without a time',
        { ...latest, ShardIteratorType: 'AT_TIMESTAMP' },
        error(
          'InvalidArgumentException',
          'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. ' +
            'Current request has no timestamp parameter.',
        ),
      ],
    ]);

    test.each([
      0x20000000000800000000000000000000000000000000002n,
      0x30000000000000000000000000000000000000000000002n,
      10n ** 128n,
    ])('refuses %d, which is not a sequence number', async (sequence) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      const answer = await kinesis.send('GetShardIterator', {
        ...latest,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: String(sequence),
      });

      expect(answer).toEqual(badSequence(sequence));
    });

    // kinesalite, test/getShardIterator.js, recorded until 2020.
    test.each([
      ['of another shard', 5n, shardId(5)],
      [
        'of a shard that cannot be',
        0x20000000000000000000000000000000000000800000002n,
        'shardId--02147483648',
      ],
    ])('refuses a sequence number %s', async (_what, sequence, encoded) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      const answer = await kinesis.send('GetShardIterator', {
        ...latest,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: String(sequence),
      });

      expect(answer).toEqual(
        error(
          'InvalidArgumentException',
          `Invalid StartingSequenceNumber. It encodes ${encoded}, while it was used in a call to a ` +
            `shard with ${shardId(0)}`,
        ),
      );
    });

    test('fails at a sequence number of version 0, as the service does', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      const answer = await kinesis.send('GetShardIterator', {
        ...latest,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: '0',
      });

      expect(answer).toEqual({ status: 500, body: { __type: 'InternalFailure' } });
    });

    test('refuses a time in the future', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const Timestamp = (kinesis.now + 1) / 1000;

      const input = { ...latest, ShardIteratorType: 'AT_TIMESTAMP', Timestamp };
      expect(await kinesis.send('GetShardIterator', input)).toEqual(
        error(
          'InvalidArgumentException',
          'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ' +
            `timestampInMillis: ${kinesis.now + 1}, currentTimestampInMillis: ${kinesis.now}`,
        ),
      );
    });

    test("refuses another shard's sequence number", async () => {
      const { kinesis, sequences } = await withRecords();
      const input = {
        ...latest,
        ShardId: shardId(1),
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: sequences[0],
      };

      expect(await kinesis.send('GetShardIterator', input)).toEqual(
        error(
          'InvalidArgumentException',
          `Invalid StartingSequenceNumber. It encodes ${shardId(0)}, while it was used in a call ` +
            `to a shard with ${shardId(1)}`,
        ),
      );
    });

    test("refuses another stream's sequence number", async () => {
      const { kinesis, sequences } = await withRecords();
      await kinesis.stream('t');
      const input = {
        ...latest,
        StreamName: 't',
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: sequences[0],
      };

      expect(await kinesis.send('GetShardIterator', input)).toEqual(
        error(
          'InvalidArgumentException',
          `StartingSequenceNumber ${sequences[0]} used in GetShardIterator on shard ${shardId(0)} ` +
            `in stream t under account ${ACCOUNT} is invalid because it did not come from this stream.`,
        ),
      );
    });
  });

  describe('functionality', () => {
    test('returns base64 that starts like the iterators of AWS', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      const iterator = await kinesis.iterator('s', 0);

      const bytes = Buffer.from(iterator, 'base64');
      expect(bytes.toString('base64')).toBe(iterator);
      expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]));
    });

    test('is short enough for GetRecords, even with the longest stream name', async () => {
      const kinesis = new TestKinesis();
      const name = 'n'.repeat(128);
      await kinesis.stream(name);

      expect((await kinesis.iterator(name, 0)).length).toBeLessThanOrEqual(512);
    });

    test.each(['0', 'shardId-0', 'anything-000000000000', shardId(0)])(
      'accepts %s for the first shard',
      async (ShardId) => {
        const kinesis = new TestKinesis();
        await kinesis.stream('s');

        expect((await kinesis.send('GetShardIterator', { ...latest, ShardId })).status).toBe(200);
      },
    );

    // kinesalite, test/helpers.js (assertShardIterator), recorded until 2020.
    test.each([
      ['s', 152],
      ['s'.repeat(14), 168],
      ['s'.repeat(128), 280],
    ])('an iterator of stream %s has %d bytes', async (name, bytes) => {
      const kinesis = new TestKinesis();
      await kinesis.stream(name);

      const iterator = await kinesis.iterator(name, 0);

      expect(Buffer.from(iterator, 'base64')).toHaveLength(bytes);
    });

    // LocalStack's test_get_records_shard_iterator_with_surrounding_quotes is validated on AWS.
    test.each(['"…"', "'…'", '…\n'])('an iterator is taken as %j', async (around) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'text');
      const iterator = await kinesis.iterator('s', 0);

      const ShardIterator = around.replace('…', iterator);

      expect((await kinesis.ok('GetRecords', { ShardIterator })).Records).toHaveLength(1);
    });

    test('TRIM_HORIZON starts at the oldest record, LATEST after the newest', async () => {
      const { kinesis } = await withRecords();

      expect(await kinesis.texts('s')).toEqual(['a', 'b', 'c']);
      expect(await kinesis.texts('s', 0, { ShardIteratorType: 'LATEST' })).toEqual([]);
    });

    test.each([
      ['AT_SEQUENCE_NUMBER', 0, ['a', 'b', 'c']],
      ['AT_SEQUENCE_NUMBER', 2, ['c']],
      ['AFTER_SEQUENCE_NUMBER', 0, ['b', 'c']],
      ['AFTER_SEQUENCE_NUMBER', 2, []],
    ])('%s %d', async (ShardIteratorType, index, expected) => {
      const { kinesis, sequences } = await withRecords();

      const more = { ShardIteratorType, StartingSequenceNumber: sequences[index] };
      expect(await kinesis.texts('s', 0, more)).toEqual(expected);
    });

    test('accepts the starting and ending sequence numbers of the shard', async () => {
      const { kinesis } = await withRecords();
      await kinesis.ok('MergeShards', {
        StreamName: 's',
        ShardToMerge: shardId(0),
        AdjacentShardToMerge: shardId(1),
      });
      kinesis.advance(1_000);
      const [shard] = (await kinesis.describe('s')).Shards;
      const { StartingSequenceNumber = '', EndingSequenceNumber = '' } =
        shard?.SequenceNumberRange ?? {};

      const from = (sequence: string) => ({
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: sequence,
      });
      expect(await kinesis.texts('s', 0, from(StartingSequenceNumber))).toEqual(['a', 'b', 'c']);
      expect(await kinesis.texts('s', 0, from(EndingSequenceNumber))).toEqual([]);
    });

    test.each([
      [-1_000, ['a', 'b', 'c']],
      [0, ['a', 'b', 'c']],
      [1, ['b', 'c']],
      [1_000, ['b', 'c']],
      [2_001, []],
    ])('AT_TIMESTAMP %d ms after the first', async (after, expected) => {
      const { kinesis, start } = await withRecords();

      const more = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: (start + after) / 1000 };
      expect(await kinesis.texts('s', 0, more)).toEqual(expected);
    });

    test('AT_TIMESTAMP in an empty shard reads later records', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const ShardIterator = await kinesis.iterator('s', 0, {
        ShardIteratorType: 'AT_TIMESTAMP',
        Timestamp: kinesis.now / 1000,
      });

      await kinesis.put('s', 'k', 'later');

      expect((await kinesis.ok('GetRecords', { ShardIterator })).Records).toHaveLength(1);
    });
  });
});
