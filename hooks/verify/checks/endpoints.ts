import type { EndpointId } from '../../../resources/endpoints';
import type { Exchange } from '../api-client';
import { ask, askRefused, expectEqual, jsonObject, listOf } from '../ask';
import { type Check, CheckFailure, found, type Shard } from '../check';
import { accepted, asData, BATCH, isOrEchoes, MANY_BYTES, SINGLES, stored } from '../records';
import { ofEndpoint } from './define';
import { askForRecords, iteratorOf } from './reading';
import { putRecords } from './writing';

/**
 * The main check of each endpoint, by its id, in the order in which they run: each after those that
 * provide what it requires. A new endpoint's check goes here.
 */
export const endpointChecks = {
  ListStreams: ofEndpoint('ListStreams', {
    requires: ['stream'],
    async run(context) {
      const answer = await ask(context, 'ListStreams', 200);
      const { StreamNames: names, HasMoreStreams: more } = jsonObject(answer);
      if (!Array.isArray(names)) throw new CheckFailure('the answer has no StreamNames', answer);
      // The list comes in pages; only a page that is the last one must hold the new stream.
      if (more !== true && !names.includes(context.stream)) {
        throw new CheckFailure(`the list does not hold ${context.stream}`, answer);
      }
      return {};
    },
  }),

  DescribeStream: ofEndpoint('DescribeStream', {
    requires: ['stream'],
    async run(context) {
      const answer = await ask(context, 'DescribeStream', 200);
      const description = jsonObject(answer).StreamDescription as Record<string, unknown>;
      expectEqual(answer, 'StreamName', description?.StreamName, context.stream);
      expectEqual(answer, 'StreamStatus', description?.StreamStatus, 'ACTIVE');
      const { length } = (description?.Shards as unknown[] | undefined) ?? [];
      expectEqual(answer, 'shards', length, context.findings.shards?.length ?? 1);
      return {};
    },
  }),

  ListShards: ofEndpoint('ListShards', {
    requires: ['stream'],
    provides: ['shards'],
    async run(context) {
      const answer = await ask(context, 'ListShards', 200);
      const shards = listOf(answer, 'Shards').map((shard) => shardOf(answer, shard));
      expectEqual(answer, 'number of shards', shards.length, context.findings.shards?.length ?? 1);
      return { shards };
    },
  }),

  PutRecord: ofEndpoint('PutRecord', {
    requires: ['stream'],
    provides: ['single'],
    async run(context) {
      const single = [];
      for (const { data: value, partitionKey } of SINGLES) {
        const data = asData(value);
        const answer = await ask(context, 'PutRecord', 200, {
          // The lesson's clients name a stream here too. The path's is the one that counts.
          body: { StreamName: 'another-stream', Data: data, PartitionKey: partitionKey },
        });
        single.push({ ...accepted(answer, jsonObject(answer)), partitionKey, ...stored(data) });
      }
      return { single };
    },
  }),

  PutRecords: ofEndpoint('PutRecords', {
    requires: ['stream'],
    provides: ['batch'],
    async run(context) {
      return { batch: await putRecords(context, BATCH) };
    },
  }),

  GetShardIterator: ofEndpoint('GetShardIterator', {
    requires: ['stream', 'shards'],
    provides: ['iterator'],
    async run(context) {
      const [shard] = context.findings.single ?? found(context, 'shards');
      const type = context.door.takes('GetShardIterator', 'ShardIteratorType');
      const query = {
        'shard-id': shard?.shardId ?? '',
        ...(type && { 'shard-iterator-type': 'TRIM_HORIZON' }),
      };
      return { iterator: iteratorOf(await ask(context, 'GetShardIterator', 200, { query })) };
    },
  }),

  GetRecords: ofEndpoint('GetRecords', {
    requires: ['iterator', 'single'],
    provides: ['reads'],
    async run(context) {
      const iterator = found(context, 'iterator');
      const [first] = found(context, 'single');
      const isLimited = context.door.takes('GetRecords', 'Limit');
      const limit = isLimited ? { limit: '1' } : undefined;
      for (const asking of [
        (each: string) => ({ query: { ...limit, 'shard-iterator': each } }),
        (each: string) => ({ ...(limit && { query: limit }), headers: { 'shard-iterator': each } }),
      ]) {
        const answer = await askForRecords(context, iterator, asking);
        const [record, ...others] = listOf(answer, 'Records');
        const { NextShardIterator: next } = jsonObject(answer);
        if (isLimited) expectEqual(answer, 'further records', others.length, 0);
        if (!isOrEchoes(record, first, context)) {
          expectEqual(answer, 'SequenceNumber', record?.SequenceNumber, first?.sequenceNumber);
        }
        expectEqual(answer, 'PartitionKey', record?.PartitionKey, first?.partitionKey);
        expectEqual(answer, 'NextShardIterator', typeof next, 'string');
      }
      return { reads: true };
    },
  }),
} as const satisfies Partial<Record<EndpointId, Check>>;

function shardOf(answer: Exchange, shard: Record<string, unknown>): Shard {
  const { ShardId: shardId, HashKeyRange: range } = shard;
  const { StartingHashKey: start, EndingHashKey: end } = (range ?? {}) as Record<string, unknown>;
  if (typeof shardId === 'string' && typeof start === 'string' && typeof end === 'string') {
    return { shardId, startingHashKey: BigInt(start), endingHashKey: BigInt(end) };
  }
  throw new CheckFailure('a shard has no ShardId and HashKeyRange', answer);
}

/** A record of a whole MiB, key included: the most that shards take. */
export const largeRecord = ofEndpoint('PutRecord', {
  title: 'a record of 1 MiB',
  requires: ['stream'],
  async run(context) {
    const partitionKey = 'large';
    const overhead = stored(asData('')).bytes.length + partitionKey.length;
    // Other doors may store a few bytes more than they are sent.
    const slack = context.door.isOwn ? 0 : 100;
    const text = 'x'.repeat(MANY_BYTES - overhead - slack);
    const body = (data: unknown) => ({ body: { Data: asData(data), PartitionKey: partitionKey } });
    await ask(context, 'PutRecord', 200, body(text));
    await askRefused(
      context,
      'PutRecord',
      400,
      /Exception$/,
      body(`${text}${'x'.repeat(slack + 1)}`),
    );
    return {};
  },
});
