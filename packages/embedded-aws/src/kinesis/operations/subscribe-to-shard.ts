import { required, structure } from '../../core/shapes/shape';
import { authorizeReading } from '../encryption-key';
import { findStream, identifyArn } from '../engine';
import { resourceInUse, streamNotFound } from '../errors';
import { EventStream } from '../event-stream';
import {
  consumerArn,
  flag,
  sequenceNumber,
  shardId,
  shardIteratorType,
  timestamp,
} from '../members';
import { type Call, operation } from '../operation';
import { authorizedConsumer, consumerNotFound } from '../resource';
import type { Consumer } from '../streams/consumer';
import type { Shard } from '../streams/shard';
import { startIndex } from '../streams/starting-point';
import type { Stream } from '../streams/stream';
import { Subscription } from '../streams/subscription';
import { SHARD_LIMITS } from '../streams/throughput';
import { requireNoDryRun } from './dry-run';
import { findShard } from './find-shard';
import { childView, millisBehind, readRecords } from './get-records';

/** The same as for GetRecords. */
const MAX_RECORDS = 10_000;
/** The bytes that one event may carry: a subscription's rate per second. */
const MAX_BYTES = SHARD_LIMITS.bytesOut;
/** Interval of empty events while there are no records. */
const HEARTBEAT_MS = 5_000;
/** Interval of checks for changes other than new records, such as a deleted stream. */
const POLL_MS = 100;

const startingPosition = structure({
  Type: required(shardIteratorType),
  SequenceNumber: sequenceNumber,
  Timestamp: timestamp,
});

const input = structure({
  ConsumerARN: required(consumerArn),
  ShardId: required(shardId),
  StartingPosition: required(startingPosition),
  DryRun: flag,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html */
export const subscribeToShard = operation('SubscribeToShard', input, (request, call) => {
  const { consumer } = authorizedConsumer(call, request);
  requireActiveConsumer(consumer, call);
  const { stream, shard } = findShard(call, identifyArn(consumer.streamArn), request.ShardId);
  const { Type: type, SequenceNumber, Timestamp: time } = request.StartingPosition;
  const point = { type, sequenceNumber: SequenceNumber, time };
  const start = startIndex(call.action, point, stream, shard, call.now);
  const previous = consumer.subscriptions.get(shard.index);
  const conflict = subscriptionExists(consumer, stream, shard);
  if (previous?.isProtected(call.now)) throw conflict;
  requireNoDryRun(request);

  previous?.end(conflict);
  const subscription = new Subscription(shard, start, call.now);
  consumer.subscriptions.set(shard.index, subscription);
  return new EventStream('SubscribeToShardEvent', (signal) =>
    push(call, consumer, subscription, signal),
  );
});

/** The text is the one reported in github.com/awslabs/kinesis-hot-shard-advisor/issues/37. */
function requireActiveConsumer(consumer: Consumer, call: Call): void {
  if (consumer.status(call.now) === 'ACTIVE') return;
  const { accountId, name } = identifyArn(consumer.streamArn);
  throw resourceInUse(
    `Consumer ${consumer.name} with creation timestamp ${consumer.createdSecond} under stream: ` +
      `${name}, account ${accountId} is not in ACTIVE status.`,
  );
}

/** The text is the one reported in github.com/awslabs/amazon-kinesis-client/issues/391. */
function subscriptionExists(consumer: Consumer, stream: Stream, shard: Shard) {
  return resourceInUse(
    'Another active subscription exists for this consumer: ' +
      `${stream.accountId}:${stream.name}:${shard.id}:${consumer.name}`,
  );
}

/**
 * Yields events until the end of the shard, the end of the subscription or the client's disconnect.
 */
async function* push(
  call: Call,
  consumer: Consumer,
  subscription: Subscription,
  signal: AbortSignal,
) {
  const { now } = call.engine.options;
  let lastEventAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted && !subscription.isOver(now())) {
    if (subscription.endedBy !== undefined) throw subscription.endedBy;
    const stream = liveStream(call, consumer);
    const event = nextEvent(call, stream, subscription);
    if (event === undefined || (event.isHeartbeat && now() - lastEventAt < HEARTBEAT_MS)) {
      await subscription.shard.arrivals.wait(POLL_MS, signal);
      continue;
    }
    lastEventAt = now();
    yield event.view;
    if ('ChildShards' in event.view) return;
  }
}

/**
 * The stream, brought up to date.
 * @throws AwsError ResourceNotFoundException once the stream or the consumer is deleted
 */
function liveStream(call: Call, consumer: Consumer): Stream {
  const now = call.engine.options.now();
  const identity = identifyArn(consumer.streamArn);
  const stream = findStream({ ...call, now }, identity);
  if (stream === undefined || stream.status === 'DELETING') {
    throw streamNotFound(identity.name, identity.accountId);
  }
  const isRegistered = stream.consumers.get(consumer.name) === consumer;
  if (!isRegistered || consumer.status(now) === 'DELETING') {
    throw consumerNotFound(consumer.name, identity);
  }
  return stream;
}

/** The next event to push; undefined if the rate does not allow one yet. */
function nextEvent(call: Call, stream: Stream, subscription: Subscription) {
  const { now: clock, enforceThroughput } = call.engine.options;
  const now = clock();
  if (now < subscription.pausedUntil) return undefined;
  const { shard } = subscription;
  shard.log.trim(stream.trimHorizon(now));
  const start = Math.max(subscription.next, shard.log.first);
  const { records, bytes, next } = readRecords(shard, start, MAX_RECORDS, MAX_BYTES);
  authorizeReading(call, stream, records);
  subscription.next = next;
  if (enforceThroughput) subscription.pausedUntil = now + (bytes / SHARD_LIMITS.bytesOut) * 1000;

  const ended = shard.closedAt !== undefined && next >= shard.log.next;
  return {
    isHeartbeat: records.length === 0 && !ended,
    view: {
      Records: records,
      MillisBehindLatest: millisBehind(shard, next, now),
      ...(ended
        ? { ChildShards: shard.children.map(childView) }
        : { ContinuationSequenceNumber: shard.sequenceNumberBefore(next, now) }),
    },
  };
}
