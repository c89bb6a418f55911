import type { Bucket } from './bucket';
import { compareKeys } from './sorted-keys';

/** The parameters of a list. */
export interface ListingRequest {
  readonly prefix: string;
  /** Empty: keys are not grouped. */
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Only keys after this one; a common prefix skips all keys it covers. */
  readonly after: string;
}

/** One page of a list. */
export interface Listing {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or common prefix of the page; the next page starts after it. */
  readonly last: string;
}

/**
 * Lists keys in UTF-8 order; those that share what follows the prefix up to the delimiter become
 * one.
 * @param includes false for keys to omit, such as deleted ones
 */
export function listKeys(
  bucket: Bucket,
  { prefix, delimiter, maxKeys, after }: ListingRequest,
  includes: (key: string) => boolean,
): Listing {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  let isTruncated = false;
  // After a page that ended in a common prefix, skip everything under that prefix.
  let skipped = delimiter !== '' && after.endsWith(delimiter) ? after : undefined;
  for (const key of bucket.keysFrom(compareKeys(after, prefix) > 0 ? after : prefix)) {
    // In this order, all keys with the prefix are adjacent.
    if (!key.startsWith(prefix)) break;
    if (key === after || (skipped !== undefined && key.startsWith(skipped)) || !includes(key)) {
      continue;
    }
    if (keys.length + commonPrefixes.length >= maxKeys) {
      isTruncated = maxKeys > 0;
      break;
    }
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) {
      keys.push(key);
      last = key;
    } else {
      skipped = key.slice(0, end + delimiter.length);
      commonPrefixes.push(skipped);
      last = skipped;
    }
  }
  return { keys, commonPrefixes, isTruncated, last };
}
