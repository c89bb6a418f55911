import { authorizedStream, requireData } from '../engine';
import { invalidArgument, shardRateExceeded } from '../errors';
import { type Call, operation } from '../operation';
import { data, flag, hashKey, partitionKey, streamReference } from '../shapes/members';
import { list, required, structure, type ValueOf } from '../shapes/shape';
import type { HexKey } from '../streams/hash-key';
import { placementKey, recordSize, requireRecordSizes } from '../streams/placement';
import type { Stream } from '../streams/stream';
import { requireNoDryRun } from './dry-run';

/** 10 MiB for a whole request, partition keys included (API reference). */
const MAX_REQUEST_BYTES = 10_485_760;

const entry = structure(
  { PartitionKey: required(partitionKey), ExplicitHashKey: hashKey, Data: required(data) },
  'com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry@c965e310',
);
type Entry = ValueOf<typeof entry>;

const input = structure({
  Records: required(list(entry, { min: 1, max: 500 })),
  ...streamReference,
  DryRun: flag,
});

/** A record that is ready to be stored. */
interface Placed {
  readonly entry: Entry;
  readonly key: HexKey;
  readonly size: number;
}

/** A record's answer: where it went, or why it did not. */
type Result =
  | { readonly SequenceNumber: string; readonly ShardId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/**
 * All records are checked before one is stored: what is malformed fails the request, only
 * throughput fails records.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export const putRecords = operation('PutRecords', input, (request, call) => {
  const stream = authorizedStream(call, request);
  requireData(stream);
  const records = request.Records.map(place);
  requireSizes(stream, records);
  requireNoDryRun(request);

  const store = writer(stream, call);
  const results = records.map(store);
  return {
    FailedRecordCount: results.filter((result) => 'ErrorCode' in result).length,
    Records: results,
    ...(stream.keyId !== undefined && { EncryptionType: 'KMS' }),
  };
});

function place(record: Entry): Placed {
  return {
    entry: record,
    key: placementKey(record),
    size: recordSize(record.Data, record.PartitionKey),
  };
}

function requireSizes(stream: Stream, records: readonly Placed[]): void {
  const total = records.reduce((sum, { size }) => sum + size, 0);
  if (total > MAX_REQUEST_BYTES) throw invalidArgument('Records size exceeds 10 MB limit');
  requireRecordSizes(
    stream,
    records.map(({ entry: { Data }, size }, index) => ({
      path: `records.${index + 1}.member.data`,
      data: Data,
      size,
    })),
  );
}

function writer(stream: Stream, { now, engine, action }: Call): (record: Placed) => Result {
  const { enforceThroughput, faults } = engine.options;
  const share = faults({ action, streamName: stream.name })?.throttledShare ?? 0;
  const encrypted = stream.keyId !== undefined;
  return ({ entry: { PartitionKey, Data }, key, size }) => {
    const shard = stream.shardFor(key);
    const refused =
      (share > 0 && Math.random() < share) ||
      (enforceThroughput && !shard.throughput.takeRecord(now, size));
    if (refused) {
      const { code, message } = shardRateExceeded(shard.id, stream.name, stream.accountId);
      return { ErrorCode: code, ErrorMessage: message };
    }
    return {
      SequenceNumber: shard.append(PartitionKey, Data, now, encrypted),
      ShardId: shard.id,
    };
  };
}
