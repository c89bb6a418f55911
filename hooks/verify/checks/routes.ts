import type { Action } from '../../../resources/routes';
import { managesStreams } from '../../stage/target';
import type { Exchange } from '../api-client';
import { ask, askRefused, expectEqual, expectStatus, jsonObject, listOf } from '../ask';
import { type Check, type CheckContext, CheckFailure, found, type Shard } from '../check';
import { accepted, BATCH, isOrEchoes, MANY_BYTES, SINGLES, stored } from '../records';
import {
  createStream,
  deleteStream,
  streamSummary,
  tagStream,
  waitForStatus,
} from '../throw-away-stream';
import { ofRoute } from './define';
import { askLeftOut } from './kafka';
import { askForRecords, iteratorOf } from './reading';
import { putRecords } from './writing';

/** What every route is for, in the order in which they need each other. The compiler misses none. */
export const routeChecks = {
  CreateStream: ofRoute('CreateStream', {
    provides: ['stream'],
    async run(context) {
      if (managesStreams(context.target)) {
        await createByApi(context);
      } else {
        await askLeftOut(context, 'CreateStream', { body: { ShardCount: 1 } });
        await createStream(context.kinesis, context.stream);
      }
      return {};
    },
    async settle(context) {
      await waitForStatus(context, 'ACTIVE');
      await tagStream(context);
      const { OpenShardCount: shards } = (await streamSummary(context)) ?? {};
      if (shards !== 1) throw new CheckFailure(`asked for 1 shard, the stream has ${shards}`);
      return { stream: true };
    },
  }),

  ListStreams: ofRoute('ListStreams', {
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

  DescribeStream: ofRoute('DescribeStream', {
    requires: ['stream'],
    async run(context) {
      const answer = await ask(context, 'DescribeStream', 200);
      const description = jsonObject(answer).StreamDescription as Record<string, unknown>;
      expectEqual(answer, 'StreamName', description?.StreamName, context.stream);
      expectEqual(answer, 'StreamStatus', description?.StreamStatus, 'ACTIVE');
      expectEqual(answer, 'shards', (description?.Shards as unknown[] | undefined)?.length, 1);
      return {};
    },
  }),

  ListShards: ofRoute('ListShards', {
    requires: ['stream'],
    provides: ['shards'],
    async run(context) {
      const answer = await ask(context, 'ListShards', 200);
      const shards = listOf(answer, 'Shards').map((shard) => shardOf(answer, shard));
      expectEqual(answer, 'number of shards', shards.length, 1);
      return { shards };
    },
  }),

  PutRecord: ofRoute('PutRecord', {
    requires: ['stream'],
    provides: ['single'],
    async run(context) {
      const single = [];
      for (const { data, partitionKey } of SINGLES) {
        const answer = await ask(context, 'PutRecord', 200, {
          // The lesson's clients name a stream here too. The path's is the one that counts.
          body: { StreamName: 'another-stream', Data: data, PartitionKey: partitionKey },
        });
        single.push({ ...accepted(answer, jsonObject(answer)), partitionKey, ...stored(data) });
      }
      return { single };
    },
  }),

  PutRecords: ofRoute('PutRecords', {
    requires: ['stream'],
    provides: ['batch'],
    async run(context) {
      return { batch: await putRecords(context, BATCH) };
    },
  }),

  GetShardIterator: ofRoute('GetShardIterator', {
    requires: ['stream', 'shards'],
    provides: ['iterator'],
    async run(context) {
      const [shard] = found(context, 'shards');
      const query = { 'shard-id': shard?.shardId ?? '', 'shard-iterator-type': 'TRIM_HORIZON' };
      return { iterator: iteratorOf(await ask(context, 'GetShardIterator', 200, { query })) };
    },
  }),

  GetRecords: ofRoute('GetRecords', {
    requires: ['iterator', 'single'],
    provides: ['reads'],
    async run(context) {
      const iterator = found(context, 'iterator');
      const [first] = found(context, 'single');
      const limit = { limit: '1' };
      for (const asking of [
        (each: string) => ({ query: { ...limit, 'shard-iterator': each } }),
        (each: string) => ({ query: limit, headers: { 'shard-iterator': each } }),
      ]) {
        const answer = await askForRecords(context, iterator, asking);
        const [record, ...others] = listOf(answer, 'Records');
        const { NextShardIterator: next } = jsonObject(answer);
        expectEqual(answer, 'further records', others.length, 0);
        if (!isOrEchoes(record, first, context)) {
          expectEqual(answer, 'SequenceNumber', record?.SequenceNumber, first?.sequenceNumber);
        }
        expectEqual(answer, 'PartitionKey', record?.PartitionKey, first?.partitionKey);
        expectEqual(answer, 'NextShardIterator', typeof next, 'string');
      }
      return { reads: true };
    },
  }),

  DeleteStream: ofRoute('DeleteStream', {
    requires: ['stream'],
    provides: ['gone'],
    async run(context) {
      if (!managesStreams(context.target)) {
        await askLeftOut(context, 'DeleteStream');
        return {};
      }
      const answer = await ask(context, 'DeleteStream', [200, 404, 409]);
      expectFirstOrEcho(answer);
      if (answer.status === 200) expectEqual(answer, 'body', answer.body.trim(), '{}');
      return {};
    },
    async settle(context) {
      if (managesStreams(context.target)) await waitForStatus(context, undefined);
      else await deleteStream(context.kinesis, context.stream, context.signal);
      return { gone: true };
    },
  }),
} as const satisfies Record<Action, Check>;

async function createByApi(context: CheckContext): Promise<void> {
  const answer = await ask(context, 'CreateStream', [200, 409], { body: { ShardCount: 1 } });
  expectFirstOrEcho(answer);
  if (answer.status === 200) expectEqual(answer, 'body', answer.body.trim(), '{}');
}

/** Only a request that was repeated may find that the one before it has done, or begun, the work. */
function expectFirstOrEcho(answer: Exchange): void {
  if (answer.mayHaveActed === 1) expectStatus(answer, 200);
}

function shardOf(answer: Exchange, shard: Record<string, unknown>): Shard {
  const { ShardId: shardId, HashKeyRange: range } = shard;
  const { StartingHashKey: start, EndingHashKey: end } = (range ?? {}) as Record<string, unknown>;
  if (typeof shardId === 'string' && typeof start === 'string' && typeof end === 'string') {
    return { shardId, startingHashKey: BigInt(start), endingHashKey: BigInt(end) };
  }
  throw new CheckFailure('a shard has no ShardId and HashKeyRange', answer);
}

/** A record of a whole MiB, key included: what shards take at most. */
export const largeRecord = ofRoute('PutRecord', {
  title: 'a record of 1 MiB',
  requires: ['stream'],
  async run(context) {
    const partitionKey = 'large';
    const data = 'x'.repeat(MANY_BYTES - partitionKey.length);
    await ask(context, 'PutRecord', 200, { body: { Data: data, PartitionKey: partitionKey } });
    await askRefused(context, 'PutRecord', 400, /Exception$/, {
      body: { Data: `${data}x`, PartitionKey: partitionKey },
    });
    return {};
  },
});
