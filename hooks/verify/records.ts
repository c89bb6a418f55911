import { endpointOf } from '../../resources/endpoints';
import { type CheckContext, CheckFailure, type Pace, type WrittenRecord } from './check';
import type { Exchange } from './exchange';

/** The size limit of a record, data and partition key together, in bytes. */
export const MANY_BYTES = 1_048_576;

/** A key that ends its own text and names another stream, wherever it is pasted and not encoded. */
const HOSTILE_KEY = 'x","StreamName":"another-stream","PartitionKey":"y';
const HOSTILE_TEXT =
  'quotes " and \\ and \n, \' and /, unicode é 漢 🎉, template $input.body #set($x = 1) ${x}';

/** The longest key that Kinesis takes. */
export const LONGEST_KEY = `${'k'.repeat(254)}Z9`;
/** Beyond 16 bits, decomposed, and with blanks at both ends. */
const UNICODE_KEY = ' 🎉 e\u0301 漢 Aé ';
/** With blanks at both ends, and longer than usual limits. */
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

/** The records for PutRecords, in one batch: no two have a field in common. */
export const BATCH = [
  { data: 'Hello, Kinesis!', partitionKey: 'partition-1' },
  // Unlike every record that goes alone: two that are the same could be one that was stored twice.
  { data: `${HOSTILE_TEXT}, in a batch`, partitionKey: HOSTILE_KEY, hashKey: '1' },
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
  { data: `${LONG_TEXT}in a batch\n`, partitionKey: UNICODE_KEY },
  { data: { ...MANY_KINDS, batch: true }, partitionKey: LONGEST_KEY, hashKey: '2' },
] as const satisfies readonly { data: unknown; partitionKey: string; hashKey?: string }[];

/** A batch of the largest number of records, each with its own data and key. */
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

/** The key that a record has in a batch, unlike that of the same record alone. */
export const inBatch = (partitionKey: string): string => `${partitionKey.slice(0, 255)}B`;

/** A value as PutRecord's `Data`, whose schema may require more than any JSON. */
export const asData = (value: unknown): unknown => wrapped('PutRecord', value);

/** A value as `data` of a record of PutRecords. */
export const asBatchData = (value: unknown): unknown => wrapped('PutRecords', value);

function wrapped(id: 'PutRecord' | 'PutRecords', value: unknown): unknown {
  const { wrapData } = endpointOf(id).requests['application/json'] ?? {};
  return wrapData === undefined ? value : wrapData(value);
}

/** A string is stored as its UTF-8 bytes, any other value as its JSON text. */
export function stored(data: unknown): Pick<WrittenRecord, 'bytes' | 'isJson'> {
  const isJson = typeof data !== 'string';
  return { bytes: Buffer.from(isJson ? JSON.stringify(data) : data), isJson };
}

/**
 * Where Kinesis says that it put a record, and how often it may have. @throws CheckFailure when it
 * does not say
 */
export function accepted(
  answer: Exchange,
  result: unknown,
): Pick<WrittenRecord, 'sequenceNumber' | 'shardId' | 'sends'> {
  const { SequenceNumber: number, ShardId: shardId } = (result ?? {}) as Record<string, unknown>;
  if (typeof number === 'string' && typeof shardId === 'string') {
    return { sequenceNumber: number, shardId, sends: answer.mayHaveActed };
  }
  throw new CheckFailure('a record has no SequenceNumber and ShardId', answer);
}

/** A record as the stream holds it. */
export interface HeldRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly bytes: Buffer;
}

/**
 * Compares records that were accepted with all that the stream holds: each must be there, as it was
 * sent, and no more often than it was sent. One whose answer was lost was sent again, and both may
 * have been taken.
 * @throws CheckFailure that shows what differs
 */
export function compareRecords(
  written: readonly WrittenRecord[],
  held: readonly HeldRecord[],
  { pace }: Pick<CheckContext, 'pace'>,
): void {
  const bySequence = new Map(held.map((each) => [each.sequenceNumber, each]));
  const heldByKey = byKey(held);
  const writtenByKey = byKey(written);
  for (const record of written) {
    const { sequenceNumber, partitionKey, bytes } = record;
    const actual = bySequence.get(sequenceNumber);
    if (actual === undefined) {
      throw new CheckFailure(`the accepted record ${sequenceNumber} is not in the stream`);
    }
    if (!hasContent(actual, record, pace)) {
      throw corrupted(
        `the stream holds ${JSON.stringify(actual.bytes.toString())} where ${JSON.stringify(bytes.toString())} was sent`,
      );
    }
    if (actual.partitionKey !== partitionKey) {
      throw corrupted(
        `the stream holds the partition key ${JSON.stringify(actual.partitionKey)} where ${JSON.stringify(partitionKey)} was sent`,
      );
    }
    const isCopyOf = (each: Content) => isCopy(each, record, pace);
    const copies = (heldByKey.get(partitionKey) ?? []).filter(isCopyOf).length;
    const sends = (writtenByKey.get(partitionKey) ?? [])
      .filter(isCopyOf)
      .reduce((sum, each) => sum + each.sends, 0);
    if (copies > sends) {
      throw new CheckFailure(
        `the stream holds ${copies} records with the partition key ${JSON.stringify(partitionKey)} and the data ${JSON.stringify(bytes.toString())}, which was sent ${sends === 1 ? 'once' : `${sends} times`}`,
      );
    }
  }
}

/** Records are copies of another only under its partition key. */
function byKey<Each extends Content>(all: readonly Each[]): ReadonlyMap<string, readonly Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const group = groups.get(each.partitionKey);
    if (group === undefined) groups.set(each.partitionKey, [each]);
    else group.push(each);
  }
  return groups;
}

const corrupted = (message: string) => new CheckFailure(message, undefined, { fault: 'corrupts' });

/** True if a record of GetRecords was written by this run, or repeats one: see `sends`. */
export function isOrEchoes(
  record: Readonly<Record<string, unknown>> | undefined,
  written: WrittenRecord | undefined,
  { pace }: Pick<CheckContext, 'pace'>,
): boolean {
  if (record === undefined || written === undefined) return record === written;
  const { SequenceNumber: sequenceNumber, PartitionKey: partitionKey, Data: data } = record;
  if (sequenceNumber === written.sequenceNumber) return true;
  if (written.sends === 1) return false;
  const bytes = Buffer.from(String(data), 'base64');
  return isCopy({ partitionKey: String(partitionKey), bytes }, written, pace);
}

type Content = Pick<HeldRecord, 'partitionKey' | 'bytes'>;

const isCopy = (actual: Content, written: WrittenRecord, pace: Pace) =>
  actual.partitionKey === written.partitionKey && hasContent(actual, written, pace);

const hasContent = (
  { bytes: actual }: Pick<Content, 'bytes'>,
  { bytes, isJson }: WrittenRecord,
  { jsonSpacing }: Pace,
) => actual.equals(bytes) || (isJson && jsonSpacing === 'any' && compact(actual).equals(bytes));

/** JSON text without optional whitespace; other text is unchanged. */
function compact(bytes: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
  } catch {
    return bytes;
  }
}
