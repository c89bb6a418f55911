import { hash } from 'node:crypto';
import { remember } from '../../core/remember';

/** One past the largest hash key: hash keys have 128 bits. */
export const HASH_KEY_END = 1n << 128n;

/** The hash keys of a shard, both ends inclusive. */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * A hash key as 32 hexadecimal digits. Their lexicographic order is their numeric order, which
 * avoids a BigInt for every record.
 */
export type HexKey = string;

export function hexKey(key: bigint): HexKey {
  return key.toString(16).padStart(32, '0');
}

/** Number of partition keys to cache; at their maximum length they take less than a megabyte. */
const CACHE_SIZE = 1024;

/**
 * Maps a partition key to its hash key: the MD5 of its UTF-8 bytes. Results are cached, because
 * producers reuse their keys and hashing is the most expensive part of a record in a batch.
 */
export const hashPartitionKey = remember(
  CACHE_SIZE,
  (partitionKey: string): HexKey => hash('md5', partitionKey),
);

/** AWS's uniform division: equal widths, rounded down; the last range takes the remainder. */
export function uniformRanges(count: number): HashKeyRange[] {
  const width = HASH_KEY_END / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: width * BigInt(index),
    end: index === count - 1 ? HASH_KEY_END - 1n : width * BigInt(index + 1) - 1n,
  }));
}
