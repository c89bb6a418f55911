import { required, structure, type ValueOf } from '../../core/shapes/shape';
import { authorizeWriting } from '../encryption-key';
import { authorizedStream, requireData } from '../engine';
import { invalidArgument, shardRateExceeded } from '../errors';
import { isThrottled } from '../faults/throttling';
import { data, flag, hashKey, partitionKey, sequenceNumber, streamReference } from '../members';
import { publish } from '../metrics';
import { type Call, operation } from '../operation';
import { placementIn, recordSize, requireRecordSizes } from '../streams/placement';
import { parseSequenceNumber } from '../streams/sequence-number';
import type { Stream } from '../streams/stream';
import { requireNoDryRun } from './dry-run';
import { needsNoPartitionKey } from './record-distribution';

const input = structure({
  SequenceNumberForOrdering: sequenceNumber,
  PartitionKey: partitionKey,
  ExplicitHashKey: hashKey,
  Data: required(data),
  ...streamReference,
  DryRun: flag,
});

/** The input unless the service distributes the stream's records itself. */
const withKey = structure({ ...input.members, PartitionKey: required(partitionKey) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html */
export const putRecord = operation('PutRecord', input, put, {
  input: withKey,
  unless: needsNoPartitionKey,
});

function put(request: ValueOf<typeof input>, call: Call) {
  const { now, engine } = call;
  const stream = authorizedStream(call, request);
  requireData(stream);
  const { PartitionKey: key = '', Data: bytes } = request;
  const size = recordSize(bytes, key);
  requireRecordSizes(stream, [{ data: bytes, size }], () => 'data');
  const placement = placementIn(stream, key, request.ExplicitHashKey);
  requireOrdering(stream, request.SequenceNumberForOrdering, now);
  authorizeWriting(call, stream);
  requireNoDryRun(request);

  const shard = stream.shardFor(placement);
  const isRefused =
    isThrottled(call) ||
    (engine.options.enforceThroughput && !shard.throughput.takeRecord(now, size));
  publish(call, stream, 'WriteProvisionedThroughputExceeded', isRefused ? 1 : 0);
  if (isRefused) throw shardRateExceeded(shard.id, stream.name, stream.accountId);
  const encrypted = stream.keyId !== undefined;
  return {
    ShardId: shard.id,
    SequenceNumber: shard.append(key, bytes, now, encrypted),
    EncryptionType: encrypted ? 'KMS' : undefined,
  };
}

/** Every put gets a larger sequence number than those before, so checking the input is enough. */
function requireOrdering(stream: Stream, sequence: string | undefined, now: number): void {
  if (sequence === undefined) return;
  if (stream.recordDistribution === 'AUTO') {
    // The rule is from the developer guide (service-managed distribution); the text is our own.
    throw invalidArgument(
      'SequenceNumberForOrdering must not be given for a stream whose ' +
        'RecordDistributionStrategy is AUTO.',
    );
  }
  const parts = parseSequenceNumber(sequence);
  // Those of a shard that was just opened are up to a second ahead.
  if (parts !== undefined && parts.second * 1000 <= now + 1000) return;
  throw invalidArgument(
    `ExclusiveMinimumSequenceNumber ${sequence} used in PutRecord on stream ${stream.name} under ` +
      `account ${stream.accountId} is invalid.`,
  );
}
