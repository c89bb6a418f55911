import { ask, askRefused, expectEqual, jsonObject, listOf } from '../ask';
import { type Check, type CheckContext, CheckFailure, found, type WrittenRecord } from '../check';
import { isOrEchoes } from '../records';
import { ofEndpoint } from './define';
import { goodBody, goodRecord } from './good-bodies';
import { askForRecords, iteratorOf } from './reading';

/**
 * Has the form of a sequence number, of a version that Kinesis refuses (kinesalite's tests, recorded until
 * 2020). A small number is one of version 0, which it still takes.
 */
const OF_NO_VERSION = '49039857307708443467467104868809893875799651909875269636';

/** The largest hash key. */
const LARGEST = '340282366920938463463374607431768211455';
/** One more passes the model, and not Kinesis: its refusal shows that each digit arrived. */
const BEYOND = '340282366920938463463374607431768211456';
const KINESIS_JSON = 'application/x-amz-json-1.1';

/** How each content type names the parts of a batch. */
const BATCHES = [
  {
    contentType: 'application/json',
    list: 'records',
    key: 'partition-key',
    hashKey: 'explicit-hash-key',
  },
  { contentType: KINESIS_JSON, list: 'Records', key: 'PartitionKey', hashKey: 'ExplicitHashKey' },
] as const;

const REFUSED = /^(InvalidArgument|Validation|ExpiredNextToken|Serialization)Exception$/;

/**
 * Parameters and members that a request may leave out: each must reach Kinesis when it does not.
 */
export const optionChecks = {
  ListStreamsPages: ofEndpoint('ListStreams', {
    title: 'limit, exclusive-start-stream-name, next-token',
    requires: ['stream'],
    async run(context) {
      await askRefused(context, 'ListStreams', 400, REFUSED, { query: { limit: '0' } });
      const one = await ask(context, 'ListStreams', 200, { query: { limit: '1' } });
      expectEqual(one, 'names', listOf(one, 'StreamNames').length, 1);
      const start = { limit: '100', 'exclusive-start-stream-name': context.stream };
      const after = await ask(context, 'ListStreams', 200, { query: start });
      const names: readonly unknown[] = listOf(after, 'StreamNames');
      const before = names.find((name) => String(name) <= context.stream);
      expectEqual(after, 'a name that is not after the start', before, undefined);
      await askRefused(context, 'ListStreams', 400, REFUSED, { query: { 'next-token': 'none' } });
      return {};
    },
  }),

  DescribeStreamPages: ofEndpoint('DescribeStream', {
    title: 'limit, exclusive-start-shard-id',
    requires: ['stream', 'shards'],
    async run(context) {
      const [shard] = found(context, 'shards');
      await askRefused(context, 'DescribeStream', 400, REFUSED, { query: { limit: '0' } });
      const start = { 'exclusive-start-shard-id': shard?.shardId ?? '', limit: '100' };
      const answer = await ask(context, 'DescribeStream', 200, { query: start });
      const description = jsonObject(answer).StreamDescription as Record<string, unknown>;
      expectEqual(
        answer,
        'shards after the last',
        (description?.Shards as [] | undefined)?.length,
        0,
      );
      return {};
    },
  }),

  ListShardsPages: ofEndpoint('ListShards', {
    title: 'limit, exclusive-start-shard-id, next-token',
    requires: ['stream', 'shards'],
    async run(context) {
      const [shard] = found(context, 'shards');
      await askRefused(context, 'ListShards', 400, REFUSED, { query: { limit: '0' } });
      const start = { 'exclusive-start-shard-id': shard?.shardId ?? '', limit: '100' };
      const answer = await ask(context, 'ListShards', 200, { query: start });
      expectEqual(answer, 'shards after the last', listOf(answer, 'Shards').length, 0);
      const token = { 'next-token': 'none' };
      const refused = await askRefused(context, 'ListShards', 400, REFUSED, { query: token });
      // The path names a stream in any case, and Kinesis takes none beside a token.
      if (!/together/.test(refused.body)) return {};
      throw new CheckFailure('next-token is sent to Kinesis together with the stream', refused);
    },
  }),

  IteratorTypes: ofEndpoint('GetShardIterator', {
    title: 'each iterator type starts where it should',
    requires: ['shards', 'single', 'reads'],
    async run(context) {
      const [first, second] = found(context, 'single');
      const number = { 'starting-sequence-number': first?.sequenceNumber ?? '' };
      // Records that were sent again after a lost answer may appear twice.
      const echoed = found(context, 'single').filter(({ sends }) => sends > 1);
      const next = [second, ...echoed];
      const wanted = [
        ['AT_SEQUENCE_NUMBER', number, [first]],
        ['AFTER_SEQUENCE_NUMBER', number, next],
        ['AT_TIMESTAMP', { timestamp: '1.5' }, [first]],
        ['TRIM_HORIZON', {}, [first]],
        ['LATEST', {}, [undefined, ...echoed]],
        // The default.
        [undefined, {}, [first]],
      ] as const;
      for (const [type, query, expected] of wanted) await reads(context, type, query, expected);
      const unknown = { 'shard-id': 'shardId-000000000000', 'shard-iterator-type': 'NOWHERE' };
      await askRefused(context, 'GetShardIterator', 400, REFUSED, { query: unknown });
      return {};
    },
  }),

  ExplicitHashKey: ofEndpoint('PutRecord', {
    title: 'ExplicitHashKey, SequenceNumberForOrdering',
    requires: ['stream', 'single'],
    async run(context) {
      const body = goodBody('PutRecord');
      const kinesisBody = goodBody('PutRecord', KINESIS_JSON);
      const code = 'InvalidArgumentException';
      await askRefused(context, 'PutRecord', 400, code, {
        body: { ...body, ExplicitHashKey: BEYOND },
      });
      await askRefused(context, 'PutRecord', 400, code, {
        body: { ...body, SequenceNumberForOrdering: OF_NO_VERSION },
      });
      await askRefused(context, 'PutRecord', 400, code, {
        contentType: KINESIS_JSON,
        body: { ...kinesisBody, ExplicitHashKey: BEYOND },
      });
      await askRefused(context, 'PutRecord', 400, code, {
        contentType: KINESIS_JSON,
        body: { ...kinesisBody, SequenceNumberForOrdering: OF_NO_VERSION },
      });
      const last = found(context, 'single').at(-1)?.sequenceNumber;
      await ask(context, 'PutRecord', 200, {
        contentType: 'application/json; charset=utf-8',
        body: { ...body, ExplicitHashKey: LARGEST, SequenceNumberForOrdering: last },
      });
      await ask(context, 'PutRecord', 200, {
        contentType: KINESIS_JSON,
        body: { ...kinesisBody, ExplicitHashKey: LARGEST, SequenceNumberForOrdering: last },
      });
      return {};
    },
  }),

  ExplicitHashKeys: ofEndpoint('PutRecords', {
    title: 'explicit-hash-key',
    requires: ['stream'],
    async run(context) {
      // If records had swapped keys, one of these would differ.
      const refused = [
        ['0', BEYOND],
        [BEYOND, '0'],
        [undefined, BEYOND, '0'],
      ];
      const taken = ['0', undefined, LARGEST];
      for (const { contentType, list, key, hashKey } of BATCHES) {
        const record = goodRecord(contentType);
        const given = (keys: readonly (string | undefined)[]) => ({
          contentType,
          body: {
            [list]: keys.map((each, index) => ({
              ...record,
              [key]: `key ${index}`,
              ...(each !== undefined && { [hashKey]: each }),
            })),
          },
        });
        await ask(context, 'PutRecords', 200, given(taken));
        for (const keys of refused) {
          await askRefused(context, 'PutRecords', 400, 'InvalidArgumentException', given(keys));
        }
      }
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

async function reads(
  context: CheckContext,
  type: string | undefined,
  query: Readonly<Record<string, string>>,
  expected: readonly (WrittenRecord | undefined)[],
): Promise<void> {
  const [shard] = found(context, 'shards');
  const answer = await ask(context, 'GetShardIterator', 200, {
    query: {
      'shard-id': shard?.shardId ?? '',
      ...(type !== undefined && { 'shard-iterator-type': type }),
      ...query,
    },
  });
  const asking = (iterator: string) => ({ query: { limit: '1', 'shard-iterator': iterator } });
  const most = expected.includes(undefined) ? 1 : undefined;
  const page = await askForRecords(context, iteratorOf(answer), asking, most);
  const [record] = listOf(page, 'Records');
  if (expected.some((each) => isOrEchoes(record, each, context))) return;
  const [first] = expected;
  const what = `first record of ${type ?? 'no type'}`;
  expectEqual(page, what, record?.SequenceNumber, first?.sequenceNumber);
}
