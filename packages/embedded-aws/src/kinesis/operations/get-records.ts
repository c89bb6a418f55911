import { required, structure } from '../../core/shapes/shape';
import { authorizeReading } from '../encryption-key';
import { authorizeStream, findStream } from '../engine';
import { invalidArgument, shardMissing, shardRateExceeded } from '../errors';
import { isThrottled } from '../faults/throttling';
import { flag, pageSize, streamArn } from '../members';
import { publish } from '../metrics';
import { type Call, operation } from '../operation';
import { QUOTAS } from '../quotas';
import { recordSize } from '../streams/placement';
import type { StoredRecord } from '../streams/record-log';
import { type Shard, shardIdOf } from '../streams/shard';
import { openIterator, type ShardPosition, sealIterator } from '../streams/shard-iterator';
import { type Stream, streamArnOf } from '../streams/stream';
import { WireBlob, WireTime } from '../wire/values';
import { requireNoDryRun } from './dry-run';
import { hashKeyRangeView } from './stream-views';

const MAX_RECORDS = QUOTAS.readRecords;
/** 10 MiB, the maximum size of a response. */
const MAX_BYTES = QUOTAS.readBytes;

const input = structure({
  Limit: pageSize,
  ShardIterator: required({ type: 'String', min: 1, max: 512 } as const),
  StreamARN: streamArn,
  DryRun: flag,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
export const getRecords = operation('GetRecords', input, (request, call) => {
  const { engine, now } = call;
  const position = openIterator(engine.sealer, request.ShardIterator, now);
  const { stream, shard } = locate(call, position, request.StreamARN);
  requireNoDryRun(request);
  const isRefused =
    isThrottled(call) || (engine.options.enforceThroughput && !shard.throughput.takeRead(now));
  publish(call, stream, 'ReadProvisionedThroughputExceeded', isRefused ? 1 : 0);
  if (isRefused) throw shardRateExceeded(shard.id, stream.name, stream.accountId);

  shard.log.trim(stream.trimHorizon(now));
  const start = startOf(position, stream, shard);
  const { records, bytes, next } = readRecords(
    shard,
    start,
    request.Limit ?? MAX_RECORDS,
    MAX_BYTES,
  );
  authorizeReading(call, stream, records);
  if (engine.options.enforceThroughput) shard.throughput.countBytesOut(now, bytes);

  publish(call, stream, 'GetRecords.IteratorAgeMilliseconds', ageOfLast(shard, next, records, now));

  const ended = shard.closedAt !== undefined && next >= shard.log.next;
  return {
    Records: records,
    MillisBehindLatest: millisBehind(shard, next, now),
    ...(ended
      ? { ChildShards: shard.children.map(childView) }
      : {
          NextShardIterator: sealIterator(
            engine.sealer,
            { ...position, streamCreatedAt: stream.createdAt, index: next },
            now,
          ),
        }),
  };
});

/** The age of the last record that a read returned; 0 for one that has caught up. */
function ageOfLast(shard: Shard, next: number, records: readonly unknown[], now: number): number {
  const last = records.length === 0 ? undefined : shard.log.at(next - 1);
  return last === undefined ? 0 : Math.max(0, now - last.arrivedAt);
}

function locate(
  call: Call,
  position: ShardPosition,
  streamArnGiven: string | undefined,
): { stream: Stream; shard: Shard } {
  const { accountId, streamName } = position;
  const identity = { accountId, region: call.caller.region, name: streamName };
  if (streamArnGiven !== undefined && streamArnGiven !== streamArnOf(identity, streamName)) {
    throw invalidArgument(`ShardIterator does not belong to the stream of ${streamArnGiven}.`);
  }
  authorizeStream(call, identity);
  const stream = findStream(call, identity);
  const shard = stream?.visibleShards(call.now).find(({ index }) => index === position.shardIndex);
  if (stream === undefined || shard === undefined) {
    throw shardMissing(shardIdOf(position.shardIndex), streamName, accountId);
  }
  return { stream, shard };
}

/**
 * If the stream was recreated after the iterator was issued, all its records are newer than the
 * iterator.
 */
function startOf(position: ShardPosition, stream: Stream, shard: Shard): number {
  const index = position.streamCreatedAt === stream.createdAt ? position.index : 1;
  return Math.max(index, shard.log.first);
}

/**
 * Records as the service returns them, starting at an index: up to a number of records and bytes,
 * but at least one.
 */
export function readRecords(shard: Shard, start: number, limit: number, maxBytes: number) {
  const records: ReturnType<typeof recordView>[] = [];
  let bytes = 0;
  let next = start;
  for (; records.length < limit; next++) {
    const record = shard.log.at(next);
    if (record === undefined) break;
    const size = recordSize(record.data, record.partitionKey);
    if (records.length > 0 && bytes + size > maxBytes) break;
    bytes += size;
    records.push(recordView(shard, record));
  }
  return { records, bytes, next };
}

/** Undefined members are not written; that is cheaper than spreading in the optional ones. */
function recordView(shard: Shard, record: StoredRecord) {
  return {
    SequenceNumber: shard.sequenceNumberOf(record),
    ApproximateArrivalTimestamp: new WireTime(record.arrivedAt),
    Data: new WireBlob(record.data),
    // Streams with service-managed distribution accept records without a key, stored as empty.
    PartitionKey: record.partitionKey === '' ? undefined : record.partitionKey,
    EncryptionType: record.encrypted ? ('KMS' as const) : undefined,
  };
}

/** How far the reader is behind the tip, in milliseconds; 0 if there is nothing left to read. */
export function millisBehind(shard: Shard, next: number, now: number): number {
  const waiting = shard.log.at(next);
  return waiting === undefined ? 0 : Math.max(0, now - waiting.arrivedAt);
}

/** A child shard as the response at the end of its parent describes it. */
export function childView(shard: Shard) {
  const parents = [shard.parent, shard.adjacentParent].filter((parent) => parent !== undefined);
  return {
    ShardId: shard.id,
    ParentShards: parents.map(({ id }) => id),
    HashKeyRange: hashKeyRangeView(shard),
  };
}
