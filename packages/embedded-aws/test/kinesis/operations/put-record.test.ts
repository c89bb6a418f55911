import { createHash } from 'node:crypto';
import {
  ACCOUNT,
  at,
  base64,
  describeTypes,
  emptyName,
  error,
  invalid,
  isNull,
  notFound,
  shardId,
  streamArn,
  TestKinesis,
} from '../support';

const record = { StreamName: 's', PartitionKey: 'k', Data: base64('hello') };

const blob = (path: string, length: number, max: number) =>
  at(
    path,
    `'java.nio.HeapByteBuffer[pos=0 lim=${length} cap=${length}]'`,
    `Member must have length less than or equal to ${max}`,
  );

describe('PutRecord', () => {
  describeTypes('PutRecord', {
    StreamName: 'String',
    StreamARN: 'String',
    PartitionKey: 'String',
    ExplicitHashKey: 'String',
    SequenceNumberForOrdering: 'String',
    Data: 'Blob',
    DryRun: 'Boolean',
  });

  describe('validation', () => {
    test.each([
      ['an empty input', {}, invalid(isNull('partitionKey'), isNull('data'))],
      [
        'empty members',
        { StreamName: '', PartitionKey: '', Data: '', ExplicitHashKey: '' },
        invalid(
          at('partitionKey', "''", 'Member must have length greater than or equal to 1'),
          at(
            'explicitHashKey',
            "''",
            'Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})',
          ),
          ...emptyName('streamName'),
        ),
      ],
      [
        'a long partition key',
        { ...record, PartitionKey: 'ü'.repeat(257) },
        invalid(
          at(
            'partitionKey',
            `'${'ü'.repeat(257)}'`,
            'Member must have length less than or equal to 256',
          ),
        ),
      ],
      [
        'a hash key of more than 128 bits',
        { ...record, ExplicitHashKey: String(2n ** 128n) },
        error(
          'InvalidArgumentException',
          'Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. ' +
            `Specified value was ${2n ** 128n}`,
        ),
      ],
      [
        'an invalid sequence number',
        { ...record, SequenceNumberForOrdering: String(10n ** 128n) },
        error(
          'InvalidArgumentException',
          `ExclusiveMinimumSequenceNumber ${10n ** 128n} used in PutRecord on stream s under account ${ACCOUNT} is invalid.`,
        ),
      ],
      ['a stream that does not exist', { ...record, StreamName: 'nope' }, notFound('nope')],
      [
        'data larger than any stream may accept',
        { ...record, Data: base64('a'.repeat(10_485_761)) },
        invalid(blob('data', 10_485_761, 10_485_760)),
      ],
      [
        'data larger than this stream accepts',
        { ...record, Data: base64('a'.repeat(1_048_577)) },
        invalid(blob('data', 1_048_577, 1_048_576)),
      ],
      [
        'data that is too large together with its key',
        { ...record, Data: base64('a'.repeat(1_048_576)) },
        invalid(blob('data', 1_048_576, 1_048_576)),
      ],
      [
        'a dry run that would have succeeded',
        { ...record, DryRun: true },
        error(
          'DryRunOperationException',
          'The request was rejected because the DryRun parameter was specified.',
        ),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      expect(await kinesis.send('PutRecord', input)).toEqual(expected);
      expect(await kinesis.texts('s')).toEqual([]);
    });

    test('does not find a stream that is still CREATING', async () => {
      const kinesis = new TestKinesis();
      await kinesis.ok('CreateStream', { StreamName: 's', ShardCount: 1 });

      expect(await kinesis.send('PutRecord', record)).toEqual(notFound('s'));
    });
  });

  describe('functionality', () => {
    test('returns the shard and a sequence number of 56 digits', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      expect(await kinesis.ok('PutRecord', record)).toEqual({
        ShardId: shardId(0),
        SequenceNumber: expect.stringMatching(/^49\d{54}$/),
      });
    });

    test('stores the bytes, not the text', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const bytes = Buffer.from([0, 255, 128, 13, 10, 0]);

      await kinesis.ok('PutRecord', { ...record, Data: bytes.toString('base64') });

      const { Records } = await kinesis.ok('GetRecords', {
        ShardIterator: await kinesis.iterator('s', 0),
      });
      expect(Buffer.from(Records[0]?.Data ?? '', 'base64')).toEqual(bytes);
    });

    test.each(['', 'ünicödé 统一码 💣💻🔥', '"quoted"', 'a'.repeat(1_048_575)])(
      'returns what was put',
      async (text) => {
        const kinesis = new TestKinesis();
        await kinesis.stream('s');

        await kinesis.put('s', 'k', text);

        expect(await kinesis.texts('s')).toEqual([text]);
      },
    );

    test.each(['k', 'another key', 'ünicödé', '统一码', '🔥', '__proto__'])(
      'puts %s into the shard of its MD5',
      async (PartitionKey) => {
        const kinesis = new TestKinesis();
        await kinesis.stream('s', 7);
        const md5 = BigInt(`0x${createHash('md5').update(PartitionKey).digest('hex')}`);

        const { ShardId } = await kinesis.ok('PutRecord', { ...record, PartitionKey });

        const { Shards } = await kinesis.describe('s');
        const range = Shards.find((shard) => shard.ShardId === ShardId)?.HashKeyRange;
        expect(BigInt(range?.StartingHashKey ?? '')).toBeLessThanOrEqual(md5);
        expect(BigInt(range?.EndingHashKey ?? '')).toBeGreaterThanOrEqual(md5);
      },
    );

    test('an explicit hash key decides, including the ends of each range', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 3);
      const { Shards } = await kinesis.describe('s');

      for (const { ShardId, HashKeyRange } of Shards) {
        for (const ExplicitHashKey of [HashKeyRange.StartingHashKey, HashKeyRange.EndingHashKey]) {
          const placed = await kinesis.ok('PutRecord', { ...record, ExplicitHashKey });
          expect(placed.ShardId).toBe(ShardId);
        }
      }
    });

    test('accepts the sequence number of the previous record for ordering', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      const first = await kinesis.ok('PutRecord', record);

      const second = await kinesis.ok('PutRecord', {
        ...record,
        SequenceNumberForOrdering: first.SequenceNumber,
      });

      expect(BigInt(second.SequenceNumber)).toBeGreaterThan(BigInt(first.SequenceNumber));
    });

    test('finds the stream by ARN', async () => {
      const kinesis = new TestKinesis();
      const StreamARN = await kinesis.stream('s');

      const { StreamName: _, ...rest } = record;
      await kinesis.ok('PutRecord', { ...rest, StreamARN });

      expect(await kinesis.texts('s')).toEqual(['hello']);
    });

    test('accepts larger records once the stream allows them', async () => {
      const kinesis = new TestKinesis();
      const StreamARN = await kinesis.stream('s');
      await kinesis.ok('UpdateMaxRecordSize', { StreamARN, MaxRecordSizeInKiB: 2_048 });
      kinesis.advance(1_000);
      const large = { ...record, Data: base64('a'.repeat(2_000_000)) };

      expect((await kinesis.send('PutRecord', large)).status).toBe(200);
    });

    test('continues while the stream is DELETING', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.ok('DeleteStream', { StreamName: 's' });

      expect((await kinesis.send('PutRecord', record)).status).toBe(200);
    });

    test('keeps arrival times in order when the clock goes back', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.put('s', 'k', 'first');
      const before = kinesis.now;

      kinesis.now -= 500;
      await kinesis.put('s', 'k', 'second');
      kinesis.now = before;

      expect(await kinesis.texts('s')).toEqual(['first', 'second']);
      const since = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: before / 1000 };
      expect(await kinesis.texts('s', 0, since)).toEqual(['first', 'second']);
    });

    test('is refused by a busy shard if limits are enforced', async () => {
      const kinesis = new TestKinesis({ enforceThroughput: true });
      await kinesis.stream('s');
      for (let count = 0; count < 1_000; count++) await kinesis.ok('PutRecord', record);

      expect(await kinesis.send('PutRecord', record)).toEqual(
        error(
          'ProvisionedThroughputExceededException',
          `Rate exceeded for shard ${shardId(0)} in stream s under account ${ACCOUNT}.`,
        ),
      );
      kinesis.advance(1_000);
      expect((await kinesis.send('PutRecord', record)).status).toBe(200);
    });

    test('reports that records are encrypted', async () => {
      const kinesis = new TestKinesis();
      const StreamARN = streamArn('s');
      await kinesis.stream('s');
      await kinesis.ok('StartStreamEncryption', {
        StreamARN,
        EncryptionType: 'KMS',
        KeyId: 'alias/aws/kinesis',
      });
      kinesis.advance(1_000);

      expect((await kinesis.ok('PutRecord', record)).EncryptionType).toBe('KMS');
    });
  });
});
