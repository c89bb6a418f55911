/**
 * The parts of a sequence number of the service's version 2, as observed: 47 hexadecimal digits,
 * written in decimal (56 digits). From the left: `2`, 9 digits for the second the shard was
 * created, 1 for the last digit of the shard's index, 16 for the record's index, 2 unused, 9 for
 * the second the record arrived, 8 for the shard's index, and the version.
 */
export interface SequenceParts {
  readonly shardCreatedSecond: number;
  readonly shardIndex: number;
  /** Counts a shard's records from 1; 0 is the start of the shard itself. */
  readonly index: bigint;
  readonly second: number;
}

/** The index in a closed shard's ending sequence number: the maximum. */
export const LAST_INDEX = 0x7fffffffffffffffn;

const LEADING = 2n << 184n;
const MAX_SECOND = 16_025_175_000;

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

/** Undefined if the text is not a sequence number of this version. */
export function parseSequenceNumber(text: string): SequenceParts | undefined {
  const hex = BigInt(text).toString(16);
  if (hex.length !== 47 || !hex.startsWith('2') || !hex.endsWith('2')) return undefined;
  const shardCreatedSecond = Number.parseInt(hex.slice(1, 10), 16);
  const index = BigInt(`0x${hex.slice(11, 27)}`);
  const shardIndex = Number.parseInt(hex.slice(38, 46), 16);
  if (shardCreatedSecond >= MAX_SECOND || index > LAST_INDEX || shardIndex > 0x7fffffff) {
    return undefined;
  }
  return { shardCreatedSecond, shardIndex, index, second: Number.parseInt(hex.slice(29, 38), 16) };
}
