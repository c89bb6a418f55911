import { violationAt } from '../../core/shapes/constraints';
import { atMost, constraintError, MAX_VIOLATIONS, type Violation } from '../../core/validation';
import { invalidArgument } from '../errors';
import { data as dataShape } from '../members';
import { HASH_KEY_END, type HexKey, hashPartitionKey, hexKey } from './hash-key';
import type { Stream } from './stream';

/** The members of a record that determine its shard. */
export interface Placeable {
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

/** @throws AwsError InvalidArgumentException if the ExplicitHashKey has more than 128 bits */
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
 * The hash key that determines a record's shard. Undefined if the service distributes the stream's
 * records itself: then partition key and explicit hash key are ignored.
 */
export function placementIn(
  stream: Stream,
  PartitionKey: string,
  ExplicitHashKey: string | undefined,
): HexKey | undefined {
  if (stream.recordDistribution === 'AUTO') return undefined;
  return placementKey({ PartitionKey, ExplicitHashKey });
}

/** Billable size of a record in bytes: its data and its partition key. */
export function recordSize(data: Buffer, partitionKey: string): number {
  return data.length + Buffer.byteLength(partitionKey);
}

/**
 * The texts were recorded from the service when records could not exceed 1 MiB.
 * @param pathOf how the request refers to the data of the record at an index
 * @throws AwsError ValidationException naming every record that exceeds the stream's limit, up to
 *   ten
 */
export function requireRecordSizes(
  stream: Stream,
  records: readonly { readonly data: Buffer; readonly size: number }[],
  pathOf: (index: number) => string,
): void {
  const limit = stream.maxRecordSizeInKiB * 1024;
  if (records.every(({ size }) => size <= limit)) return;
  const constraint = atMost('length', limit);
  const violations: Violation[] = [];
  records.forEach(({ data, size }, index) => {
    if (size > limit) violations.push(violationAt(pathOf(index), dataShape, data, constraint));
  });
  throw constraintError('ValidationException', violations.slice(0, MAX_VIOLATIONS));
}
