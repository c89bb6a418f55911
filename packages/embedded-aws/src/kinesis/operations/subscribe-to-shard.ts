import { required, structure } from '../../core/shapes/shape';
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

/** As many as GetRecords gives. */
const MAX_RECORDS = 10_000;
/** A second's share of a subscription. */
const MAX_BYTES = SHARD_LIMITS.bytesOut;
/** How long nothing is said when there is nothing to say. */
const SILENCE_MS = 5_000;
/** How often it is looked whether something else than a record came about. */
const LOOK_MS = 100;

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
  const before = consumer.subscriptions.get(shard.index);
  const taken = subscriptionExists(consumer, stream, shard);
  if (before?.isProtected(call.now)) throw taken;
  requireNoDryRun(request);

  before?.end(taken);
  const subscription = new Subscription(shard, start, call.now);
  consumer.subscriptions.set(shard.index, subscription);
  return new EventStream('SubscribeToShardEvent', (signal) =>
    push(call, consumer, subscription, signal),
  );
});

/** As github.com/awslabs/kinesis-hot-shard-advisor/issues/37 was told. */
function requireActiveConsumer(consumer: Consumer, call: Call): void {
  if (consumer.status(call.now) === 'ACTIVE') return;
  const { accountId, name } = identifyArn(consumer.streamArn);
  throw resourceInUse(
    `Consumer ${consumer.name} with creation timestamp ${consumer.createdSecond} under stream: ` +
      `${name}, account ${accountId} is not in ACTIVE status.`,
  );
}

/** As github.com/awslabs/amazon-kinesis-client/issues/391 was told. */
function subscriptionExists(consumer: Consumer, stream: Stream, shard: Shard) {
  return resourceInUse(
    'Another active subscription exists for this consumer: ' +
      `${stream.accountId}:${stream.name}:${shard.id}:${consumer.name}`,
  );
}

/** Events until the shard is read to its end, the time is up or nobody listens. */
async function* push(
  call: Call,
  consumer: Consumer,
  subscription: Subscription,
  signal: AbortSignal,
) {
  const { now } = call.engine.options;
  let spokeAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted && !subscription.isOver(now())) {
    if (subscription.endedBy !== undefined) throw subscription.endedBy;
    const stream = liveStream(call, consumer);
    const event = nextEvent(call, stream, subscription);
    if (event === undefined || (event.isSilence && now() - spokeAt < SILENCE_MS)) {
      await subscription.shard.arrivals.wait(LOOK_MS, signal);
      continue;
    }
    spokeAt = now();
    yield event.view;
    if ('ChildShards' in event.view) return;
  }
}

/**
 * The stream as it is now, as long as stream and consumer are there.
 * @throws AwsError ResourceNotFoundException once one of them is deleted
 */
function liveStream(call: Call, consumer: Consumer): Stream {
  const now = call.engine.options.now();
  const identity = identifyArn(consumer.streamArn);
  const stream = findStream({ ...call, now }, identity);
  if (stream === undefined || stream.status === 'DELETING') {
    throw streamNotFound(identity.name, identity.accountId);
  }
  const isThere = stream.consumers.get(consumer.name) === consumer;
  if (!isThere || consumer.status(now) === 'DELETING') {
    throw consumerNotFound(consumer.name, identity);
  }
  return stream;
}

/** What is to be pushed now; undefined when the rate does not allow any. */
function nextEvent(call: Call, stream: Stream, subscription: Subscription) {
  const { now: clock, enforceThroughput } = call.engine.options;
  const now = clock();
  if (now < subscription.pausedUntil) return undefined;
  const { shard } = subscription;
  shard.log.trim(stream.trimHorizon(now));
  const start = Math.max(subscription.next, shard.log.first);
  const { records, bytes, next } = readRecords(shard, start, MAX_RECORDS, MAX_BYTES);
  subscription.next = next;
  if (enforceThroughput) subscription.pausedUntil = now + (bytes / SHARD_LIMITS.bytesOut) * 1000;

  const ended = shard.closedAt !== undefined && next >= shard.log.next;
  return {
    isSilence: records.length === 0 && !ended,
    view: {
      Records: records,
      MillisBehindLatest: millisBehind(shard, next, now),
      ...(ended
        ? { ChildShards: shard.children.map(childView) }
        : { ContinuationSequenceNumber: continuation(shard, next, now) }),
    },
  };
}

/** The number of the last record before a place, so that reading goes on AFTER_SEQUENCE_NUMBER. */
function continuation(shard: Shard, next: number, now: number): string {
  const last = next - 1;
  if (last < 1) return shard.startingSequenceNumber;
  return shard.sequenceNumberAt(last, shard.log.at(last)?.arrivedAt ?? now);
}
