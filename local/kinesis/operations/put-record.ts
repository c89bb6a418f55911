import { authorizedStream, requireData } from '../engine';
import { invalidArgument, shardRateExceeded } from '../errors';
import { operation } from '../operation';
import {
  data,
  flag,
  hashKey,
  partitionKey,
  sequenceNumber,
  streamReference,
} from '../shapes/members';
import { required, structure } from '../shapes/shape';
import { placementKey, recordSize, requireRecordSizes } from '../streams/placement';
import { parseSequenceNumber } from '../streams/sequence-number';
import type { Stream } from '../streams/stream';
import { requireNoDryRun } from './dry-run';

const input = structure({
  SequenceNumberForOrdering: sequenceNumber,
  PartitionKey: required(partitionKey),
  ExplicitHashKey: hashKey,
  Data: required(data),
  ...streamReference,
  DryRun: flag,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html */
export const putRecord = operation('PutRecord', input, (request, call) => {
  const { now, engine } = call;
  const stream = authorizedStream(call, request);
  requireData(stream);
  const { PartitionKey: key, Data: bytes } = request;
  const size = recordSize(bytes, key);
  requireRecordSizes(stream, [{ path: 'data', data: bytes, size }]);
  const placement = placementKey(request);
  requireOrdering(stream, request.SequenceNumberForOrdering, now);
  requireNoDryRun(request);

  const shard = stream.shardFor(placement);
  if (engine.options.enforceThroughput && !shard.throughput.takeRecord(now, size)) {
    throw shardRateExceeded(shard.id, stream.name, stream.accountId);
  }
  const encrypted = stream.keyId !== undefined;
  return {
    ShardId: shard.id,
    SequenceNumber: shard.append(key, bytes, now, encrypted),
    ...(encrypted && { EncryptionType: 'KMS' }),
  };
});

/** Every put gets a larger sequence number than those before, so all there is to do is to check. */
function requireOrdering(stream: Stream, sequence: string | undefined, now: number): void {
  if (sequence === undefined) return;
  const parts = parseSequenceNumber(sequence);
  if (parts !== undefined && parts.second * 1000 <= now) return;
  throw invalidArgument(
    `ExclusiveMinimumSequenceNumber ${sequence} used in PutRecord on stream ${stream.name} under ` +
      `account ${stream.accountId} is invalid.`,
  );
}
