import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { type CheckContext, CheckFailure, type WrittenRecord } from './check';

/** Kinesis allows five reads a second and shard. */
const PAUSE_MS = 210;

/** Reads the stream from its beginning and compares it with what the API accepted. */
export async function readBack(context: CheckContext): Promise<void> {
  const { kinesis, stream, written, signal, jsonSpacing } = context;
  const found = new Map<string, { bytes: Buffer; partitionKey: string }>();
  let iterator = await firstIterator(kinesis, stream);
  while (iterator !== undefined && found.size < written.length) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator }), {
      abortSignal: signal,
    });
    for (const { SequenceNumber: number = '', Data, PartitionKey = '' } of page.Records ?? []) {
      found.set(number, { bytes: Buffer.from(Data ?? []), partitionKey: PartitionKey });
    }
    iterator = page.NextShardIterator;
    if (found.size < written.length) await sleep(PAUSE_MS, undefined, { signal });
  }
  for (const record of written) compare(record, found.get(record.sequenceNumber), jsonSpacing);
}

async function firstIterator(kinesis: KinesisClient, stream: string): Promise<string | undefined> {
  const { Shards: [shard] = [] } = await kinesis.send(
    new ListShardsCommand({ StreamName: stream }),
  );
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: stream,
      ShardId: shard?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  return ShardIterator;
}

function compare(
  expected: WrittenRecord,
  actual: { bytes: Buffer; partitionKey: string } | undefined,
  jsonSpacing: CheckContext['jsonSpacing'],
): void {
  const { sequenceNumber, partitionKey, bytes, isJson } = expected;
  if (actual === undefined) {
    throw new CheckFailure(`the accepted record ${sequenceNumber} is not in the stream`);
  }
  const sameValue = isJson && jsonSpacing === 'any' && compact(actual.bytes).equals(bytes);
  if (!sameValue && !actual.bytes.equals(bytes)) {
    throw new CheckFailure(
      `the stream holds ${JSON.stringify(actual.bytes.toString())} where ${JSON.stringify(bytes.toString())} was sent`,
    );
  }
  if (actual.partitionKey !== partitionKey) {
    throw new CheckFailure(
      `the stream holds the partition key ${JSON.stringify(actual.partitionKey)} where ${JSON.stringify(partitionKey)} was sent`,
    );
  }
}

/** JSON text without optional blanks; other text as it is. */
function compact(bytes: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
  } catch {
    return bytes;
  }
}
