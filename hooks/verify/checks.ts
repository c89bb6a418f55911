import { routeOf } from '../../resources/routes';
import type { Exchange } from './api-client';
import {
  type Check,
  type CheckContext,
  CheckFailure,
  type CheckName,
  type WrittenRecord,
} from './check';
import { readBack } from './read-back';
import { createStream, waitForStatus } from './throw-away-stream';

/** The lesson's own record, and text that breaks whatever pastes it into JSON. */
const SINGLE = { index: 1, name: 'Maya', age: 25, role: 'engineer' };
const BATCH = [
  'Hello, Kinesis!',
  'quotes " and \\ and \n, unicode é 漢 🎉, template $input.body #set($x = 1)',
  { nested: { list: [1, 'two', null, true] } },
  '',
];

/** The checks in the order they run. Every route has one. */
export const checks: Readonly<Record<CheckName, Check>> = {
  CreateStream: check('CreateStream', [], async (context) => {
    const answer = await send(context, 'CreateStream', { ShardCount: 1 });
    if (context.managesStreams) {
      expectStatus(answer, 200);
    } else {
      expectStatus(answer, 403);
      await createStream(context.kinesis, context.stream);
    }
    await waitForStatus(context.kinesis, context.stream, 'ACTIVE', context.signal);
  }),

  ListStreams: check('ListStreams', ['CreateStream'], async (context) => {
    const answer = await send(context, 'ListStreams');
    expectStatus(answer, 200);
    const { StreamNames: names, HasMoreStreams: more } = jsonObject(answer);
    if (!Array.isArray(names)) throw new CheckFailure('the answer has no StreamNames', answer);
    // The list comes in pages; only a page that is the last one must hold the new stream.
    if (more !== true && !names.includes(context.stream)) {
      throw new CheckFailure(`the list does not hold ${context.stream}`, answer);
    }
  }),

  DescribeStream: check('DescribeStream', ['CreateStream'], async (context) => {
    const answer = await send(context, 'DescribeStream');
    expectStatus(answer, 200);
    const description = jsonObject(answer).StreamDescription as Record<string, unknown> | undefined;
    expectEqual(answer, 'StreamName', description?.StreamName, context.stream);
    expectEqual(answer, 'StreamStatus', description?.StreamStatus, 'ACTIVE');
    expectEqual(answer, 'shards', (description?.Shards as unknown[] | undefined)?.length, 1);
  }),

  PutRecord: check('PutRecord', ['CreateStream'], async (context) => {
    const partitionKey = 'key "1"';
    const answer = await send(context, 'PutRecord', {
      StreamName: context.stream,
      Data: SINGLE,
      PartitionKey: partitionKey,
    });
    expectStatus(answer, 200);
    const sequenceNumber = accepted(answer, jsonObject(answer));
    context.written.push({ sequenceNumber, partitionKey, ...stored(SINGLE) });
  }),

  PutRecords: check('PutRecords', ['CreateStream'], async (context) => {
    const records = BATCH.map((data, index) => ({ data, 'partition-key': `key-${index}` }));
    const answer = await send(context, 'PutRecords', { records });
    expectStatus(answer, 200);
    const { FailedRecordCount: failed, Records: results } = jsonObject(answer);
    expectEqual(answer, 'FailedRecordCount', failed, 0);
    if (!Array.isArray(results)) throw new CheckFailure('the answer has no Records', answer);
    expectEqual(answer, 'number of results', results.length, records.length);
    for (const [index, record] of records.entries()) {
      context.written.push({
        sequenceNumber: accepted(answer, results[index]),
        partitionKey: record['partition-key'],
        ...stored(record.data),
      });
    }
  }),

  ListShards: check('ListShards', ['CreateStream'], async (context) => {
    const answer = await send(context, 'ListShards');
    expectStatus(answer, 200);
    const [shard, ...others] = (jsonObject(answer).Shards ?? []) as Record<string, unknown>[];
    expectEqual(answer, 'ShardId', shard?.ShardId, 'shardId-000000000000');
    expectEqual(answer, 'further shards', others.length, 0);
  }),

  GetShardIterator: check('GetShardIterator', ['CreateStream'], async (context) => {
    const answer = await send(context, 'GetShardIterator', undefined, {
      'shard-id': 'shardId-000000000000',
    });
    expectStatus(answer, 200);
    const { ShardIterator: iterator } = jsonObject(answer);
    if (typeof iterator !== 'string') {
      throw new CheckFailure('the answer has no ShardIterator', answer);
    }
    context.iterator = iterator;
  }),

  GetRecords: check('GetRecords', ['GetShardIterator'], async (context) => {
    const answer = await send(context, 'GetRecords', undefined, {
      'shard-iterator': context.iterator ?? '',
      limit: '1',
    });
    expectStatus(answer, 200);
    const { Records: records, NextShardIterator: next } = jsonObject(answer);
    if (!Array.isArray(records)) throw new CheckFailure('the answer has no Records', answer);
    expectEqual(answer, 'NextShardIterator', typeof next, 'string');
  }),

  ReadBack: {
    title: 'Records read back from Kinesis, byte for byte',
    requires: ['PutRecord', 'PutRecords'],
    run: readBack,
  },

  DeleteStream: check('DeleteStream', ['CreateStream'], async (context) => {
    const answer = await send(context, 'DeleteStream');
    if (!context.managesStreams) return expectStatus(answer, 403);
    expectStatus(answer, 200);
    await waitForStatus(context.kinesis, context.stream, undefined, context.signal);
  }),
};

function check(
  action: Exclude<CheckName, 'ReadBack'>,
  requires: readonly CheckName[],
  run: Check['run'],
): Check {
  const { method, path } = routeOf(action);
  return { title: `${method} ${path}`, requires, run };
}

function send(
  { api, stream }: CheckContext,
  action: Exclude<CheckName, 'ReadBack'>,
  body?: unknown,
  query: Readonly<Record<string, string>> = {},
): Promise<Exchange> {
  const { method, path } = routeOf(action);
  const search = new URLSearchParams(query).toString();
  const target = path.replace('{stream-name}', encodeURIComponent(stream));
  return api.send(method, search === '' ? target : `${target}?${search}`, body);
}

/** A string is stored as its UTF-8 bytes, any other value as its JSON text. */
function stored(data: unknown): Pick<WrittenRecord, 'bytes' | 'isJson'> {
  const isJson = typeof data !== 'string';
  return { bytes: Buffer.from(isJson ? JSON.stringify(data) : data), isJson };
}

function expectStatus(answer: Exchange, status: number): void {
  if (answer.status === status) return;
  throw new CheckFailure(`expected ${status}, got ${answer.status}`, answer);
}

function expectEqual(answer: Exchange, what: string, actual: unknown, expected: unknown): void {
  if (actual === expected) return;
  throw new CheckFailure(
    `expected ${what} ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`,
    answer,
  );
}

function jsonObject(answer: Exchange): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(answer.body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, with the answer beside it.
  }
  throw new CheckFailure('the answer is not a JSON object', answer);
}

/** The sequence number of a record that Kinesis says it took. */
function accepted(answer: Exchange, result: unknown): string {
  const { SequenceNumber: number, ShardId: shard } = (result ?? {}) as Record<string, unknown>;
  if (typeof number === 'string' && typeof shard === 'string') return number;
  throw new CheckFailure('a record has no SequenceNumber and ShardId', answer);
}
