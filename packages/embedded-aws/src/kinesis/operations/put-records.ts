import { list, required, structure, type ValueOf } from '../../core/shapes/shape';
import { authorizeWriting } from '../encryption-key';
import { authorizedStream, requireData } from '../engine';
import { invalidArgument, shardRateExceeded } from '../errors';
import { isThrottled } from '../faults/throttling';
import { data as dataShape, flag, hashKey, partitionKey, streamReference } from '../members';
import { publish } from '../metrics';
import { type Call, operation } from '../operation';
import { QUOTAS } from '../quotas';
import type { HexKey } from '../streams/hash-key';
import { placementIn, recordSize, requireRecordSizes } from '../streams/placement';
import type { Shard } from '../streams/shard';
import type { Stream } from '../streams/stream';
import { requireNoDryRun } from './dry-run';
import { needsNoPartitionKey } from './record-distribution';

const JAVA_NAME = 'com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry@c965e310';
const entry = structure(
  { PartitionKey: partitionKey, ExplicitHashKey: hashKey, Data: required(dataShape) },
  JAVA_NAME,
);
type Entry = ValueOf<typeof entry>;

const input = structure({
  Records: required(list(entry, { min: 1, max: 500 })),
  ...streamReference,
  DryRun: flag,
});

/** The input unless the service distributes the stream's records itself. */
const entryWithKey = structure(
  { ...entry.members, PartitionKey: required(partitionKey) },
  JAVA_NAME,
);
const withKeys = structure({
  ...input.members,
  Records: required(list(entryWithKey, { min: 1, max: 500 })),
});

/** A record that is ready to be stored. */
interface Placed {
  readonly data: Buffer;
  readonly partitionKey: string;
  /** Undefined if the service distributes the stream's records itself. */
  readonly placement: HexKey | undefined;
  readonly size: number;
}

/** The result for one record: where it was stored, or why it was not. */
type Result =
  | { readonly SequenceNumber: string; readonly ShardId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/**
 * Validates all records before it stores any: a malformed record fails the whole request, while
 * exceeding the throughput fails single records.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export const putRecords = operation('PutRecords', input, put, {
  input: withKeys,
  unless: needsNoPartitionKey,
});

function put(request: ValueOf<typeof input>, call: Call) {
  const stream = authorizedStream(call, request);
  requireData(stream);
  const records = request.Records.map((record) => place(stream, record));
  requireSizes(stream, records);
  authorizeWriting(call, stream);
  requireNoDryRun(request);

  const results = storeAll(records, stream, call);
  const failed = results.filter((result) => 'ErrorCode' in result).length;
  publish(call, stream, 'WriteProvisionedThroughputExceeded', failed);
  return {
    FailedRecordCount: failed,
    Records: results,
    ...(stream.keyId !== undefined && { EncryptionType: 'KMS' }),
  };
}

function place(stream: Stream, record: Entry): Placed {
  const { Data, PartitionKey = '' } = record;
  return {
    data: Data,
    partitionKey: PartitionKey,
    placement: placementIn(stream, PartitionKey, record.ExplicitHashKey),
    size: recordSize(Data, PartitionKey),
  };
}

function requireSizes(stream: Stream, records: readonly Placed[]): void {
  const total = records.reduce((sum, { size }) => sum + size, 0);
  if (total > QUOTAS.putBytes) throw invalidArgument('Records size exceeds 10 MB limit');
  requireRecordSizes(stream, records, (index) => `records.${index + 1}.member.data`);
}

/**
 * Stores the records of each shard together, the last shard first, so that their sequence numbers
 * follow each other as on AWS (kinesalite, test/putRecords.js, recorded until 2020).
 * @returns the results in the order of the request
 */
function storeAll(records: readonly Placed[], stream: Stream, call: Call): readonly Result[] {
  const store = writer(stream, call);
  const byShard = new Map<Shard, number[]>();
  records.forEach(({ placement }, position) => {
    const shard = stream.shardFor(placement);
    const positions = byShard.get(shard);
    if (positions === undefined) byShard.set(shard, [position]);
    else positions.push(position);
  });
  const results: Result[] = new Array(records.length);
  for (const [shard, positions] of [...byShard].sort(([a], [b]) => b.index - a.index)) {
    for (const position of positions) {
      const record = records[position];
      if (record !== undefined) results[position] = store(shard, record);
    }
  }
  return results;
}

function writer(stream: Stream, call: Call): (shard: Shard, record: Placed) => Result {
  const { now, engine } = call;
  const { enforceThroughput } = engine.options;
  const encrypted = stream.keyId !== undefined;
  return (shard, { data, partitionKey, size }) => {
    const refused =
      isThrottled(call) || (enforceThroughput && !shard.throughput.takeRecord(now, size));
    if (refused) {
      const { code, message } = shardRateExceeded(shard.id, stream.name, stream.accountId);
      return { ErrorCode: code, ErrorMessage: message };
    }
    return {
      SequenceNumber: shard.append(partitionKey, data, now, encrypted),
      ShardId: shard.id,
    };
  };
}
