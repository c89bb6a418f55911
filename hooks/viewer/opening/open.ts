import { createHash } from 'node:crypto';
import { covers, type HashKeyRange } from '../format/hash-key';
import type { StreamRecord } from '../format/record';
import { type Aggregate, aggregateIn, type UserRecord } from './aggregate';
import { gunzipped } from './gzip';

/** The hash key of a partition key: its MD5 as a decimal number. */
export const hashKeyOf = (partitionKey: string): string =>
  BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`).toString();

/**
 * A record of Kinesis as consumers see it: an aggregate of the KPL as the records in it, and gzip
 * unpacked. All other records are returned as they are.
 * @param range of the shard, where it is known
 */
export function* openRecord(
  record: StreamRecord,
  range?: HashKeyRange,
): Generator<StreamRecord, void, undefined> {
  const aggregate = aggregateIn(record.data);
  if (aggregate === undefined) {
    yield unpacked(record);
    return;
  }
  const isAstray = range !== undefined && !isWithin(aggregate, range);
  let subSequenceNumber = 0;
  for (const { partitionKey, data, explicitHashKey, tags } of aggregate.records()) {
    const place = {
      subSequenceNumber,
      count: aggregate.count,
      ...(explicitHashKey !== undefined && { explicitHashKey }),
      ...(tags.length > 0 && { tags }),
      ...(isAstray && { isAstray }),
    };
    yield unpacked({ ...record, partitionKey, data, aggregate: place });
    subSequenceNumber += 1;
  }
}

function unpacked(record: StreamRecord): StreamRecord {
  const inner = gunzipped(record.data);
  return inner === undefined ? record : { ...record, unpacked: inner };
}

/**
 * True if every record of an aggregate belongs to the shard. Of another one the Kinesis Client
 * Library gives none: a producer did not yet know of a split.
 */
function isWithin(aggregate: Aggregate, range: HashKeyRange): boolean {
  const seen = new Set<string>();
  for (const record of aggregate.records()) {
    const name = nameOf(record);
    if (seen.has(name)) continue;
    seen.add(name);
    if (!covers(range, record.explicitHashKey ?? hashKeyOf(record.partitionKey))) return false;
  }
  return true;
}

const nameOf = ({ explicitHashKey, partitionKey }: UserRecord) =>
  explicitHashKey === undefined ? `key ${partitionKey}` : `hash ${explicitHashKey}`;
