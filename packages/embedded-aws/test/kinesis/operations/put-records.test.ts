import { AwsError } from '../../../src/core/errors';
import { testCaller as caller } from '../../support/aws-request';
import {
  ACCOUNT,
  at,
  base64,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  shardId,
  TestKinesis,
} from '../support';

const entry = (PartitionKey: string, text = PartitionKey) => ({ PartitionKey, Data: base64(text) });
const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(`k${index}`));

const ENTRY = 'com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry@c965e310';

describe('PutRecords', () => {
  describeTypes('PutRecords', {
    StreamName: 'String',
    StreamARN: 'String',
    Records: 'List',
    'Records.0': 'Structure',
    'Records.0.Data': 'Blob',
    'Records.0.PartitionKey': 'String',
    'Records.0.ExplicitHashKey': 'String',
  });

  describe('validation', () => {
    test.each([
      ['no records', { StreamName: 's' }, invalid(isNull('records'))],
      [
        'an empty list',
        { StreamName: 's', Records: [] },
        invalid(at('records', "'[]'", 'Member must have length greater than or equal to 1')),
      ],
      [
        'more than 500',
        { StreamName: 's', Records: entries(501) },
        invalid(
          at(
            'records',
            `'[${Array(501).fill(ENTRY).join(', ')}]'`,
            'Member must have length less than or equal to 500',
          ),
        ),
      ],
      [
        'records without members',
        { StreamName: 's', Records: [entry('a'), {}, null] },
        invalid(
          isNull('records.2.member.partitionKey'),
          isNull('records.2.member.data'),
          isNull('records.3.member'),
        ),
      ],
      [
        'a record with a bad hash key, before any is stored',
        {
          StreamName: 's',
          Records: [entry('a'), { ...entry('b'), ExplicitHashKey: '1'.repeat(40) }],
        },
        invalid(
          at(
            'records.2.member.explicitHashKey',
            `'${'1'.repeat(40)}'`,
            'Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})',
          ),
        ),
      ],
      [
        'a hash key of more than 128 bits, before any is stored',
        {
          StreamName: 's',
          Records: [entry('a'), { ...entry('b'), ExplicitHashKey: String(2n ** 128n) }],
        },
        error(
          'InvalidArgumentException',
          'Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. ' +
            `Specified value was ${2n ** 128n}`,
        ),
      ],
      [
        'a record that is too large, before any is stored',
        { StreamName: 's', Records: [entry('a'), entry('b', 'x'.repeat(1_048_577))] },
        invalid(
          at(
            'records.2.member.data',
            "'java.nio.HeapByteBuffer[pos=0 lim=1048577 cap=1048577]'",
            'Member must have length less than or equal to 1048576',
          ),
        ),
      ],
      [
        'more than 10 MiB',
        { StreamName: 's', Records: Array(11).fill(entry('a', 'x'.repeat(1_000_000))) },
        error('InvalidArgumentException', 'Records size exceeds 10 MB limit'),
      ],
      [
        'a stream that does not exist',
        { StreamName: 'nope', Records: [entry('a')] },
        notFound('nope'),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      expect(await kinesis.send('PutRecords', input)).toEqual(expected);
      expect(await kinesis.texts('s')).toEqual([]);
    });

    test('reports ten violations and no more', async () => {
      const kinesis = new TestKinesis();

      const { body } = await kinesis.send('PutRecords', {
        StreamName: 's',
        Records: Array(500).fill({}),
      });

      expect(body.message).toMatch(/^10 validation errors detected: /);
    });
  });

  describe('functionality', () => {
    test('returns a result for each record, in order', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 2);
      const Records = [
        { ...entry('a'), ExplicitHashKey: String(2n ** 127n) },
        { ...entry('b'), ExplicitHashKey: '0' },
        { ...entry('c'), ExplicitHashKey: String(2n ** 127n) },
      ];

      const answer = await kinesis.ok('PutRecords', { StreamName: 's', Records });

      expect(answer).toEqual({
        FailedRecordCount: 0,
        Records: [1, 0, 1].map((index) => ({
          ShardId: shardId(index),
          SequenceNumber: expect.stringMatching(/^\d{56}$/),
        })),
      });
      expect(await kinesis.texts('s', 0)).toEqual(['b']);
      expect(await kinesis.texts('s', 1)).toEqual(['a', 'c']);
    });

    test('fails the records that a shard refuses, and stores the others', async () => {
      const kinesis = new TestKinesis({ enforceThroughput: true });
      await kinesis.stream('s', 2);
      const half = { ...entry('half', 'x'.repeat(600_000)), ExplicitHashKey: '0' };
      const elsewhere = { ...entry('other'), ExplicitHashKey: String(2n ** 127n) };

      const answer = await kinesis.ok('PutRecords', {
        StreamName: 's',
        Records: [half, half, elsewhere],
      });

      expect(answer.FailedRecordCount).toBe(1);
      expect(answer.Records[1]).toEqual({
        ErrorCode: 'ProvisionedThroughputExceededException',
        ErrorMessage: `Rate exceeded for shard ${shardId(0)} in stream s under account ${ACCOUNT}.`,
      });
      expect(await kinesis.texts('s', 0)).toHaveLength(1);
      expect(await kinesis.texts('s', 1)).toEqual(['other']);
    });

    test('fails the share of records that a fault specifies', async () => {
      const kinesis = new TestKinesis({
        faults: ({ streamName }) => (streamName === 'bad' ? { throttledShare: 1 } : undefined),
      });
      await kinesis.stream('good');
      await kinesis.kinesis.invoke(caller, 'CreateStream', { StreamName: 'bad', ShardCount: 1 });
      kinesis.advance(1_000);
      const Records = entries(3);

      const good = await kinesis.ok('PutRecords', { StreamName: 'good', Records });
      const bad = await kinesis.ok('PutRecords', { StreamName: 'bad', Records });

      expect(good.FailedRecordCount).toBe(0);
      expect(bad.FailedRecordCount).toBe(3);
    });

    test('fails as a whole with the error of a fault', async () => {
      const failure = new AwsError('InternalFailure', 'Try again.', { status: 500 });
      const kinesis = new TestKinesis({
        faults: ({ action }) => (action === 'PutRecords' ? { error: failure } : undefined),
      });
      await kinesis.stream('s');

      expect(await kinesis.send('PutRecords', { StreamName: 's', Records: entries(1) })).toEqual({
        status: 500,
        body: { __type: 'InternalFailure', message: 'Try again.' },
      });
      expect(await kinesis.texts('s')).toEqual([]);
    });
  });
});
