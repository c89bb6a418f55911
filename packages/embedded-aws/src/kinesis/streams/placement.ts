import { violationAt } from '../../core/shapes/constraints';
import { atMost, constraintError, MAX_VIOLATIONS, type Violation } from '../../core/validation';
import { invalidArgument } from '../errors';
import { data as dataShape } from '../members';
import { HASH_KEY_END, type HexKey, hashPartitionKey, hexKey } from './hash-key';
import type { Stream } from './stream';

/** What decides the shard of a record. */
export interface Placeable {
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

/** @throws AwsError InvalidArgumentException for an ExplicitHashKey of more than 128 bits */
export function placementKey({ PartitionKey, ExplicitHashKey }: Placeable): HexKey {
  if (ExplicitHashKey === undefined) return hashPartitionKey(PartitionKey);
  const key = BigInt(ExplicitHashKey);
  if (key < HASH_KEY_END) return hexKey(key);
  throw invalidArgument(
    'Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. ' +
      `Specified value was ${ExplicitHashKey}`,
  );
}

/**
 * Where a record belongs; undefined when the service distributes the stream's records itself, and
 * ignores what would decide it.
 */
export function placementIn(
  stream: Stream,
  PartitionKey: string,
  ExplicitHashKey: string | undefined,
): HexKey | undefined {
  if (stream.recordDistribution === 'AUTO') return undefined;
  return placementKey({ PartitionKey, ExplicitHashKey });
}

/** What a record counts as: its bytes and those of its key. */
export function recordSize(data: Buffer, partitionKey: string): number {
  return data.length + Buffer.byteLength(partitionKey);
}

/**
 * The texts are those of the service from when no stream could have more than 1 MiB a record.
 * @param pathOf how the request names the data of a record, by its place
 * @throws AwsError ValidationException naming every record that is larger than the stream allows
 */
export function requireRecordSizes(
  stream: Stream,
  records: readonly { readonly data: Buffer; readonly size: number }[],
  pathOf: (index: number) => string,
): void {
  const limit = stream.maxRecordSizeInKiB * 1024;
  const constraint = atMost('length', limit);
  const violations: Violation[] = [];
  records.forEach(({ data, size }, index) => {
    if (size > limit) violations.push(violationAt(pathOf(index), dataShape, data, constraint));
  });
  if (violations.length > 0) {
    throw constraintError('ValidationException', violations.slice(0, MAX_VIOLATIONS));
  }
}
