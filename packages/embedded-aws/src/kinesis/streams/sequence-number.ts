/**
 * The parts of a sequence number. Those of the service's version 2 are 47 hexadecimal digits, written
 * in decimal (56 digits). From the left: `2`, 9 digits for the second the shard was created, 1 for the
 * last digit of the shard's index, 16 for the record's index, 2 unused, 9 for the second the record
 * arrived, 8 for the shard's index, and the version. All as observed (kinesalite, db/index.js).
 */
export interface SequenceParts {
  /** The service has issued version 2 alone since 2014, and still reads 0 and 1. */
  readonly version: 0 | 1 | 2;
  readonly shardCreatedSecond: number;
  readonly shardIndex: number;
  /** Counts records from 1; 0 is the start of the shard itself. */
  readonly index: bigint;
  readonly second: number;
}

/** The index in a closed shard's ending sequence number: the maximum. */
export const LAST_INDEX = 0x7fffffffffffffffn;

const LEADING = 2n << 184n;
const MAX_SECOND = 16_025_175_000;
const VERSION_0 = 1n << 124n;

/** The bits that all sequence numbers of one shard share; see {@link sequenceNumber}. */
export function sequenceBase(shardCreatedSecond: number, shardIndex: number): bigint {
  return (
    LEADING |
    (BigInt(shardCreatedSecond) << 148n) |
    (BigInt(shardIndex & 0xf) << 144n) |
    (BigInt(shardIndex) << 4n) |
    2n
  );
}

/** The sequence number of the record with this index that arrived in this second. */
export function sequenceNumber(base: bigint, index: bigint, second: number): string {
  return (base | (index << 80n) | (BigInt(second) << 36n)).toString();
}

/** Undefined if the text is not a sequence number. */
export function parseSequenceNumber(text: string): SequenceParts | undefined {
  const value = BigInt(text);
  const hex = (value < VERSION_0 ? value + VERSION_0 : value).toString(16);
  if (hex.length === 32) return parseVersion0(hex);
  if (hex.length !== 47 || !hex.startsWith('2')) return undefined;
  if (hex.endsWith('1')) return parseVersion1(hex);
  return hex.endsWith('2') ? parseVersion2(hex) : undefined;
}

const part = (hex: string, start: number, end: number): number =>
  Number.parseInt(hex.slice(start, end), 16);

function parseVersion0(hex: string): SequenceParts | undefined {
  const shardCreatedSecond = part(hex, 1, 10);
  if (shardCreatedSecond >= MAX_SECOND) return undefined;
  const shardIndex = part(hex, 28, 32);
  return { version: 0, shardCreatedSecond, shardIndex, index: 0n, second: 0 };
}

function parseVersion1(hex: string): SequenceParts {
  return {
    version: 1,
    shardCreatedSecond: part(hex, 1, 10),
    shardIndex: part(hex, 38, 46),
    index: BigInt(part(hex, 36, 38)),
    second: part(hex, 13, 22),
  };
}

function parseVersion2(hex: string): SequenceParts | undefined {
  const shardCreatedSecond = part(hex, 1, 10);
  const index = BigInt(`0x${hex.slice(11, 27)}`);
  // A signed integer, as in Java.
  const shardIndex = part(hex, 38, 46) | 0;
  if (shardCreatedSecond >= MAX_SECOND || index > LAST_INDEX) return undefined;
  return { version: 2, shardCreatedSecond, shardIndex, index, second: part(hex, 29, 38) };
}
