import { hash } from 'node:crypto';
import { remember } from '../../core/remember';

/** One past the largest hash key: keys are 128-bit. */
export const HASH_KEY_END = 1n << 128n;

/** The keys that a shard takes, both ends included. */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * A hash key as 32 hexadecimal digits. Their order as text is their order as numbers, and that
 * keeps big integers out of the way of every record.
 */
export type HexKey = string;

export function hexKey(key: bigint): HexKey {
  return key.toString(16).padStart(32, '0');
}

/** So many partition keys are remembered; at their longest they take less than a megabyte. */
const MOST_KNOWN = 1024;

/**
 * Where a partition key belongs: MD5 of its UTF-8 bytes. Producers use their keys again and again,
 * and the hash is the dearest part of a record in a batch.
 */
export const hashPartitionKey = remember(
  MOST_KNOWN,
  (partitionKey: string): HexKey => hash('md5', partitionKey),
);

/** AWS's even division: equal widths, rounded down, and the last range takes the rest. */
export function uniformRanges(count: number): HashKeyRange[] {
  const width = HASH_KEY_END / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: width * BigInt(index),
    end: index === count - 1 ? HASH_KEY_END - 1n : width * BigInt(index + 1) - 1n,
  }));
}
