import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointId } from '../../../resources/endpoints';
import { ask, expectEqual, jsonObject, listOf } from '../ask';
import {
  type Check,
  type CheckContext,
  CheckFailure,
  type Finding,
  found,
  type WrittenRecord,
} from '../check';
import {
  accepted,
  asData,
  BINARIES,
  compareRecords,
  FULL_BATCH,
  type HeldRecord,
  inBatch,
  isOrEchoes,
} from '../records';
import { ofEndpoint } from './define';
import { heldByKinesis } from './held';
import { askForRecords, readAll, readPauseMs } from './reading';
import { putRecords } from './writing';

const KINESIS_JSON = 'application/x-amz-json-1.1';

type Batch = 'single' | 'batch' | 'kinesisJson';

/** Kinesis holds what the API accepted: read from Kinesis itself, not through the API. */
export const contentChecks = {
  KinesisJson: ofEndpoint('PutRecord', {
    title: "Kinesis's own JSON, with base64 data",
    requires: ['stream'],
    provides: ['kinesisJson'],
    async run(context) {
      const kinesisJson: WrittenRecord[] = [];
      for (const { bytes, partitionKey } of BINARIES) {
        const Data = bytes.toString('base64');
        const one = await ask(context, 'PutRecord', 200, {
          contentType: KINESIS_JSON,
          body: { StreamName: 'another-stream', Data, PartitionKey: partitionKey },
        });
        const record = { partitionKey, bytes, isJson: false };
        kinesisJson.push({ ...record, ...accepted(one, jsonObject(one)) });
      }
      return { kinesisJson };
    },
  }),

  KinesisJsonBatch: ofEndpoint('PutRecords', {
    title: "Kinesis's own JSON, with base64 data",
    requires: ['stream'],
    async run(context) {
      const answer = await ask(context, 'PutRecords', 200, {
        contentType: KINESIS_JSON,
        body: {
          StreamName: 'another-stream',
          Records: BINARIES.map(({ bytes, partitionKey }, index) => ({
            Data: bytes.toString('base64'),
            PartitionKey: inBatch(partitionKey),
            ...(index > 0 && { ExplicitHashKey: String(index) }),
          })),
        },
      });
      const results = listOf(answer, 'Records');
      const written = BINARIES.map(({ bytes, partitionKey }, index) => {
        const record = { partitionKey: inBatch(partitionKey), bytes, isJson: false };
        return { ...record, ...accepted(answer, results[index]) };
      });
      await readBack(context, written);
      return {};
    },
  }),

  ReadThrough: ofEndpoint('GetRecords', {
    title: 'returns what Kinesis holds, byte for byte',
    requires: ['reads', 'iterator', 'single', 'batch'],
    async run(context) {
      const [{ shardId = '' } = {}] = found(context, 'single');
      const written = [...found(context, 'single'), ...found(context, 'batch')].filter(
        (record) => record.shardId === shardId,
      );
      const given = await readAll(context, found(context, 'iterator'), written);
      // Compared with what Kinesis holds, even if that is not what was sent.
      const held = await heldByKinesis(context, written);
      for (const { sequenceNumber } of written) {
        const own = held.find((each) => each.sequenceNumber === sequenceNumber);
        const returned = given.find((each) => each.sequenceNumber === sequenceNumber);
        if (own === undefined || (returned && isSame(returned, own))) continue;
        throw new CheckFailure(
          `Kinesis holds ${inWords(own)}, but the API returns ${returned ? inWords(returned) : 'no such record'}`,
        );
      }
      return {};
    },
  }),

  Single: stored('PutRecord', 'single'),
  Batch: stored('PutRecords', 'batch'),
  Binary: stored('PutRecord', 'kinesisJson', "Kinesis's own JSON is stored byte for byte"),

  KeyToShard: ofEndpoint('PutRecords', {
    title: 'each key is in the shard of its MD5 hash',
    requires: ['shards', 'single', 'batch'],
    async run(context) {
      const shards = found(context, 'shards');
      for (const record of [...found(context, 'single'), ...found(context, 'batch')]) {
        const hash = BigInt(`0x${createHash('md5').update(record.partitionKey).digest('hex')}`);
        const shard = shards.find(
          (each) => hash >= each.startingHashKey && hash <= each.endingHashKey,
        );
        if (shard?.shardId === record.shardId) continue;
        throw new CheckFailure(
          `the key ${JSON.stringify(record.partitionKey)} belongs to ${shard?.shardId}, but its record went to ${record.shardId}`,
        );
      }
      return {};
    },
  }),

  Order: ofEndpoint('PutRecord', {
    title: 'sequence numbers increase',
    requires: ['single'],
    async run(context) {
      const numbers = found(context, 'single').map(({ sequenceNumber }) => BigInt(sequenceNumber));
      const index = numbers.findIndex((number, at) => at > 0 && number <= (numbers[at - 1] ?? 0n));
      if (index === -1) return {};
      throw new CheckFailure(`${numbers[index]} came after ${numbers[index - 1]}`);
    },
  }),

  Reread: ofEndpoint('GetRecords', {
    title: 'reusing an iterator also returns newer records',
    requires: ['reads', 'iterator', 'single'],
    async run(context) {
      const query = { 'shard-iterator': await endOf(context, found(context, 'iterator')) };
      const before = await ask(context, 'GetRecords', 200, { query });
      expectEqual(before, 'records at the end', listOf(before, 'Records').length, 0);
      const data = asData('one more');
      const body = { Data: data, PartitionKey: 'one more' };
      const put = await ask(context, 'PutRecord', 200, { body });
      const more = {
        ...accepted(put, jsonObject(put)),
        partitionKey: 'one more',
        ...context.door.stored('PutRecord', data),
      };
      const after = await askForRecords(context, '', () => ({ query }));
      const records = listOf(after, 'Records');
      // One of them, where the answer to the first of two requests was lost.
      const others = records.filter((record) => !isOrEchoes(record, more, context));
      if (others.length === 0 && records.length >= 1 && records.length <= more.sends) return {};
      const numbers = records.map((record) => record.SequenceNumber);
      expectEqual(after, 'records now', numbers.join(), more.sequenceNumber);
      return {};
    },
  }),

  // After those that read the whole stream, which would read these as well.
  FullBatch: ofEndpoint('PutRecords', {
    title: 'a batch of 500 records, read back from Kinesis',
    requires: ['stream', 'batch'],
    async run(context) {
      await readBack(context, await putRecords(context, FULL_BATCH));
      return {};
    },
  }),

  FullKinesisBatch: ofEndpoint('PutRecords', {
    title: "a batch of 500 records in Kinesis's own JSON",
    requires: ['stream', 'batch'],
    async run(context) {
      const Records = FULL_BATCH.map(({ data, partitionKey }) => ({
        Data: Buffer.from(data).toString('base64'),
        PartitionKey: inBatch(partitionKey),
      }));
      const given = { contentType: KINESIS_JSON, body: { Records } };
      const answer = await ask(context, 'PutRecords', 200, given);
      const results = listOf(answer, 'Records');
      expectEqual(answer, 'number of results', results.length, Records.length);
      for (const result of results) accepted(answer, result);
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

function stored(
  id: EndpointId,
  batch: Batch & Finding,
  title = 'read back from Kinesis, byte for byte',
): Check {
  return ofEndpoint(id, {
    title,
    requires: [batch],
    async run(context) {
      await readBack(context, found(context, batch));
      return {};
    },
  });
}

/** The iterator of a shard's end, reached from another. */
async function endOf(context: CheckContext, iterator: string): Promise<string> {
  const answer = await ask(context, 'GetRecords', 200, { query: { 'shard-iterator': iterator } });
  const { NextShardIterator: next, MillisBehindLatest: behind } = jsonObject(answer);
  if (typeof next !== 'string')
    throw new CheckFailure('the answer has no NextShardIterator', answer);
  const isEnd = behind === 0 && listOf(answer, 'Records').length === 0;
  await sleep(readPauseMs(context), undefined, { signal: context.signal });
  return isEnd ? next : endOf(context, next);
}

async function readBack(context: CheckContext, written: readonly WrittenRecord[]): Promise<void> {
  compareRecords(written, await heldByKinesis(context, written), context);
}

const isSame = (a: HeldRecord, b: HeldRecord) =>
  a.partitionKey === b.partitionKey && a.bytes.equals(b.bytes);

const inWords = ({ partitionKey, bytes }: HeldRecord) =>
  `${JSON.stringify(bytes.toString())} with the partition key ${JSON.stringify(partitionKey)}`;
