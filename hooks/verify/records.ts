import type { Exchange } from './api-client';
import { type CheckContext, CheckFailure, type WrittenRecord } from './check';

/** What a record may weigh, data and partition key together, in bytes. */
export const MANY_BYTES = 1_048_576;

/** A key that ends its own text and names another stream, wherever it is pasted and not encoded. */
export const HOSTILE_KEY = 'x","StreamName":"another-stream","PartitionKey":"y';
const HOSTILE_TEXT =
  'quotes " and \\ and \n, \' and /, unicode é 漢 🎉, template $input.body #set($x = 1) ${x}';

/** The longest key that Kinesis takes. */
export const LONGEST_KEY = `${'k'.repeat(254)}Z9`;
/** Beyond 16 bits, decomposed, and with blanks at both ends. */
const UNICODE_KEY = ' 🎉 e\u0301 漢 Aé ';
/** With blanks at both ends, and longer than what somebody may have thought of. */
const LONG_TEXT = ` \n${'Ab 1é🎉'.repeat(300)}\t `;
const MANY_KINDS = { 'ключ A': ' 🎉  B1 ', list: [0, -1.5, 12345678901234, '', {}, [], null] };

/** Data and key of the records that go through PutRecord, one by one. */
export const SINGLES = [
  // The lesson's own record.
  { data: { index: 1, name: 'Maya', age: 25, role: 'engineer' }, partitionKey: 'key "1"' },
  { data: HOSTILE_TEXT, partitionKey: HOSTILE_KEY },
  { data: '', partitionKey: "it's a key" },
  { data: { url: 'https://a.example/b', list: [1, null, true, -1.5] }, partitionKey: 'key/漢' },
  { data: null, partitionKey: 'schlüssel/漢' },
  { data: LONG_TEXT, partitionKey: UNICODE_KEY },
  { data: MANY_KINDS, partitionKey: LONGEST_KEY },
] as const;

/** Those that go through PutRecords, in one batch: no two have a field in common. */
export const BATCH = [
  { data: 'Hello, Kinesis!', partitionKey: 'partition-1' },
  { data: HOSTILE_TEXT, partitionKey: HOSTILE_KEY, hashKey: '1' },
  {
    data: { nested: { list: [1, 'two', null, true, -1.5], slash: 'a/b', quote: '"' } },
    partitionKey: "it's a key",
  },
  { data: '', partitionKey: 'schlüssel/漢' },
  { data: {}, partitionKey: 'empty object' },
  { data: ['list', 2], partitionKey: 'list' },
  { data: 7, partitionKey: 'number' },
  { data: false, partitionKey: 'false' },
  { data: null, partitionKey: 'null' },
  { data: LONG_TEXT, partitionKey: UNICODE_KEY },
  { data: MANY_KINDS, partitionKey: LONGEST_KEY, hashKey: '2' },
] as const satisfies readonly { data: unknown; partitionKey: string; hashKey?: string }[];

/** As many records as a batch takes, each with data and a key of its own. */
export const FULL_BATCH = Array.from({ length: 500 }, (_, index) => ({
  data: `record ${index}`,
  partitionKey: `key ${index}`,
}));

/** Kinesis's own JSON: all bytes, and every number of bytes that base64 ends differently for. */
export const BINARIES = [
  { bytes: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), partitionKey: UNICODE_KEY },
  { bytes: Buffer.from([255, 254]), partitionKey: HOSTILE_KEY },
  { bytes: Buffer.from('"'), partitionKey: 'Key 1' },
  { bytes: Buffer.alloc(0), partitionKey: LONGEST_KEY },
] as const;

/** A string is stored as its UTF-8 bytes, any other value as its JSON text. */
export function stored(data: unknown): Pick<WrittenRecord, 'bytes' | 'isJson'> {
  const isJson = typeof data !== 'string';
  return { bytes: Buffer.from(isJson ? JSON.stringify(data) : data), isJson };
}

/** Where Kinesis says that it put a record. @throws CheckFailure when it does not say */
export function accepted(
  answer: Exchange,
  result: unknown,
): Pick<WrittenRecord, 'sequenceNumber' | 'shardId'> {
  const { SequenceNumber: number, ShardId: shardId } = (result ?? {}) as Record<string, unknown>;
  if (typeof number === 'string' && typeof shardId === 'string') {
    return { sequenceNumber: number, shardId };
  }
  throw new CheckFailure('a record has no SequenceNumber and ShardId', answer);
}

/**
 * Compares a record with what the stream holds.
 * @throws CheckFailure that shows both
 */
export function compareRecord(
  expected: WrittenRecord,
  actual: { readonly bytes: Buffer; readonly partitionKey: string } | undefined,
  { pace }: CheckContext,
): void {
  const { sequenceNumber, partitionKey, bytes, isJson } = expected;
  if (actual === undefined) {
    throw new CheckFailure(`the accepted record ${sequenceNumber} is not in the stream`);
  }
  const sameValue = isJson && pace.jsonSpacing === 'any' && compact(actual.bytes).equals(bytes);
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
