import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeregisterStreamConsumerCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  SubscribeToShardCommand,
  type SubscribeToShardEventStream,
} from '@aws-sdk/client-kinesis';
import { cborMap } from './cbor';
import type { Bench, Probe } from './probe';
import { arnOf, consumerOf, iterator, SHARD, withStream } from './probe-stream';
import { told } from './recorder';

const RECORD_BYTES = 900 * 1024;
const ANSWER_BYTES = 10 * 1024 * 1024;
/** More than one answer holds. */
const RECORDS = 13;
/** After which a subscription may be taken over. */
const TAKEN_OVER_AFTER_MS = 5_500;
/** Between two reads of a shard, of which AWS takes five a second. */
const READ_MS = 250;

const text = ({ Data }: { readonly Data?: Uint8Array | undefined }): string =>
  Buffer.from(Data ?? []).toString();

const put = ({ run, recorder }: Bench, StreamName: string, data: string) =>
  recorder.command(
    run.clients.kinesis,
    new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(data) }),
  );

type Events = AsyncIterator<SubscribeToShardEventStream>;

/** Subscribes, and records each event when it is read. */
async function subscribe({ run, recorder }: Bench, ConsumerARN: string): Promise<Events> {
  const StartingPosition = { Type: 'TRIM_HORIZON' } as const;
  const input = { ConsumerARN, ShardId: SHARD, StartingPosition };
  const { EventStream: events } = await run.clients.kinesis.send(
    new SubscribeToShardCommand(input),
  );
  if (events === undefined) throw new TypeError('The answer has no event stream.');
  async function* recorded(stream: AsyncIterable<SubscribeToShardEventStream>) {
    for await (const event of stream) {
      recorder.exchanges.push({ request: { operation: 'SubscribeToShard', input }, answer: event });
      yield event;
    }
  }
  return recorded(events)[Symbol.asyncIterator]();
}

/** The texts of the next records; the events between them have none. */
async function nextRecords(events: Events): Promise<string[]> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) return [];
    const { Records = [] } = value.SubscribeToShardEvent ?? {};
    if (Records.length > 0) return Records.map(text);
  }
}

/** The error in which a subscription ends, or that it ended without one. */
async function endOf(events: Events): Promise<string> {
  try {
    while (!(await events.next()).done);
    return 'no error';
  } catch (error) {
    return told(error).error;
  }
}

/** How records are read. */
export const readingProbes: readonly Probe[] = [
  {
    name: 'kinesis-at-timestamp',
    question: 'Which records follow AT_TIMESTAMP, in a shard that is empty at first as well?',
    rows: ['kinesis: AT_TIMESTAMP'],
    expected: { empty: [], later: ['one'], after: ['two'] },
    ask: (bench) =>
      withStream(bench, 'at-timestamp', async (StreamName) => {
        const { run, recorder } = bench;
        const client = run.clients.kinesis;
        const at = async (Timestamp: Date) =>
          (
            await recorder.command(
              client,
              new GetShardIteratorCommand({
                StreamName,
                ShardId: SHARD,
                ShardIteratorType: 'AT_TIMESTAMP',
                Timestamp,
              }),
            )
          ).ShardIterator;
        const read = async (ShardIterator: string | undefined) => {
          await sleep(READ_MS);
          return recorder.command(client, new GetRecordsCommand({ ShardIterator }));
        };
        const empty = await read(await at(new Date(Date.now() - 60_000)));
        await put(bench, StreamName, 'one');
        const later = await read(empty.NextShardIterator);
        await sleep(2_000);
        await put(bench, StreamName, 'two');
        const { Records: [, second] = [] } = await read(await iterator(bench, StreamName));
        const arrived = second?.ApproximateArrivalTimestamp ?? new Date();
        const after = await read(await at(new Date(arrived.getTime() - 1_000)));
        const texts = ({ Records = [] }: { Records?: object[] | undefined }) => Records.map(text);
        return { empty: texts(empty), later: texts(later), after: texts(after) };
      }),
  },
  {
    name: 'kinesis-one-answer',
    question: 'Does an answer keep to 10 MiB, and have one record at least?',
    rows: ['kinesis: one answer'],
    expected: { isWithin: true, isSome: true, isAll: false },
    ask: (bench) =>
      withStream(bench, 'one-answer', async (StreamName) => {
        const { run } = bench;
        const client = run.clients.kinesis;
        // Without the recorder: megabytes are no evidence. A shard takes one of them a second.
        const record = { StreamName, PartitionKey: 'k', Data: Buffer.alloc(RECORD_BYTES, 'x') };
        for (let count = 0; count < RECORDS; count += 1) {
          await client.send(new PutRecordCommand(record));
        }
        const { Records = [] } = await client.send(
          new GetRecordsCommand({ ShardIterator: await iterator(bench, StreamName) }),
        );
        return {
          isWithin: Records.length * RECORD_BYTES <= ANSWER_BYTES,
          isSome: Records.length > 0,
          isAll: Records.length === RECORDS,
        };
      }),
  },
  {
    name: 'kinesis-subscription',
    question: 'What does a subscription bring, who may have a second one, and how does it end?',
    rows: [
      'kinesis: a dry run',
      'kinesis: a second subscription',
      'kinesis: a consumer or stream that is deleted',
      'kinesis: event streams',
      'kinesis: events',
      'kinesis: `ContinuationSequenceNumber`',
    ],
    expected: {
      dry: 'DryRunOperationException',
      existing: ['one'],
      later: ['two'],
      atOnce: 'ResourceInUseException',
      first: 'ResourceInUseException',
      second: ['one', 'two'],
      deleted: 'ResourceNotFoundException',
    },
    ask: (bench) =>
      withStream(bench, 'subscription', async (StreamName) => {
        const { run, recorder } = bench;
        const client = run.clients.kinesis;
        const consumer = await consumerOf(bench, await arnOf(bench, StreamName));
        const ConsumerARN = consumer?.ConsumerARN ?? '';
        const dry = await recorder.refusal(
          client,
          new SubscribeToShardCommand({
            ConsumerARN,
            ShardId: SHARD,
            StartingPosition: { Type: 'TRIM_HORIZON' },
            DryRun: true,
          }),
        );
        await put(bench, StreamName, 'one');
        const first = await subscribe(bench, ConsumerARN);
        const existing = await nextRecords(first);
        await put(bench, StreamName, 'two');
        const later = await nextRecords(first);
        const atOnce = await subscribe(bench, ConsumerARN).catch(told);
        await sleep(TAKEN_OVER_AFTER_MS);
        const second = await subscribe(bench, ConsumerARN);
        const ended = await endOf(first);
        const read: string[] = [];
        while (read.length < 2) read.push(...(await nextRecords(second)));
        await recorder.command(client, new DeregisterStreamConsumerCommand({ ConsumerARN }));
        return {
          dry: dry?.error ?? 'taken',
          existing,
          later,
          atOnce: 'error' in atOnce ? atOnce.error : 'taken',
          first: ended,
          second: read,
          deleted: await endOf(second),
        };
      }),
  },
  {
    name: 'kinesis-cbor',
    question: 'Is CBOR answered with CBOR, and a time with tagged milliseconds?',
    rows: ['kinesis: CBOR'],
    expected: { status: 200, type: 'application/x-amz-cbor-1.1', isTagged: true },
    ask: (bench) =>
      withStream(bench, 'cbor', async (StreamName) => {
        const { status, headers, body } = await bench.recorder.service('kinesis', '/', {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-cbor-1.1',
            'x-amz-target': 'Kinesis_20131202.DescribeStreamSummary',
          },
          body: cborMap({ StreamName }),
        });
        const bytes = Buffer.from(body, 'base64');
        const name = 'StreamCreationTimestamp';
        // Tag 1, a time, and then a whole number of eight bytes.
        const after = bytes.subarray(bytes.indexOf(name) + name.length).subarray(0, 2);
        return {
          status,
          type: headers['content-type'],
          isTagged: after.equals(Buffer.from([0xc1, 0x1b])),
        };
      }),
  },
];
