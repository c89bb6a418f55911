import {
  authorizeStream,
  findStream,
  identify,
  requireActive,
  type StreamReference,
} from '../engine';
import { invalidArgument, shardUnknown, streamNotFound, validationError } from '../errors';
import type { Call } from '../operation';
import { parseShardId, type Shard, shardIdOf } from '../streams/shard';
import type { Stream } from '../streams/stream';
import type { StreamChange } from '../streams/stream-change';

/** The stream that a request reshards, and the open shards that it names. */
export interface Resharding<Ids extends readonly string[]> {
  readonly stream: Stream;
  readonly shards: { readonly [Index in keyof Ids]: Shard };
}

/**
 * Finds the stream and the shards that a split or a merge is about. A malformed shard id is refused
 * even if there is no such stream (kinesalite, test/splitShard.js and test/mergeShards.js, recorded
 * until 2020).
 * @throws AwsError ResourceNotFoundException; ValidationException for an on-demand stream;
 *   ResourceInUseException if the stream is not ACTIVE; InvalidArgumentException for a shard that is
 *   closed
 */
export function reshardable<const Ids extends readonly string[]>(
  call: Call,
  reference: StreamReference,
  ids: Ids,
): Resharding<Ids> {
  const identity = identify(call, reference);
  authorizeStream(call, identity);
  const indexes = ids.map((id) => {
    const index = parseShardId(id);
    if (index === undefined) throw shardUnknown(id, identity.name, identity.accountId);
    return index;
  });
  const stream = findStream(call, identity);
  if (stream === undefined) throw streamNotFound(identity.name, identity.accountId);
  requireProvisioned(stream);
  requireActive(stream);
  const shards = indexes.map((index) => openShardAt(stream, index, call.now));
  return { stream, shards: shards as { [Index in keyof Ids]: Shard } };
}

/** The text for closed shards was verified against AWS by moto's tests (test_kinesis_boto3.py). */
function openShardAt(stream: Stream, index: number, now: number): Shard {
  const { name, accountId } = stream;
  const shard = stream.visibleShards(now).find((candidate) => candidate.index === index);
  if (shard === undefined) throw shardUnknown(shardIdOf(index), name, accountId);
  if (shard.closedAt === undefined) return shard;
  throw invalidArgument(
    `Shard ${shard.id} in stream ${name} under account ${accountId} has already been merged or ` +
      'split, and thus is not eligible for merging or splitting.',
  );
}

/**
 * The API reference has the exception for all that reshard; its text is that of moto's tests
 * (test_kinesis.py, test_stream_creation_on_demand).
 * @throws AwsError ValidationException for an on-demand stream
 */
export function requireProvisioned({ mode, name, accountId }: Stream): void {
  if (mode === 'PROVISIONED') return;
  throw validationError(
    `Request is invalid. Stream ${name} under account ${accountId} is in On-Demand mode.`,
  );
}

/** Starts a change that applies after the stream has been UPDATING for the configured time. */
export function startUpdate(call: Call, stream: Stream, change: StreamChange): void {
  stream.update(call.now + call.engine.options.updateMs, change);
}
