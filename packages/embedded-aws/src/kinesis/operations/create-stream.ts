import { required, structure } from '../../core/shapes/shape';
import { authorize, ownAccount } from '../engine';
import { limitExceeded, streamExists, validationError } from '../errors';
import {
  maxRecordSizeInKiB,
  naturalInteger,
  recordDistributionStrategy,
  type StreamMode,
  shardCount,
  streamModeDetails,
  streamName,
  tags,
} from '../members';
import { type Call, operation } from '../operation';
import { ON_DEMAND_SHARDS, shardsFor } from '../streams/capacity';
import { uniformRanges } from '../streams/hash-key';
import { Stream, streamArnOf } from '../streams/stream';
import { checkTags } from '../tags';
import { requireCreationQuota } from './quotas';
import { requireDistribution } from './record-distribution';
import { requireWarmThroughput } from './warm-throughput';

const input = structure({
  ShardCount: shardCount,
  StreamName: required(streamName),
  StreamModeDetails: streamModeDetails,
  Tags: tags,
  MaxRecordSizeInKiB: maxRecordSizeInKiB,
  WarmThroughputMiBps: naturalInteger,
  RecordDistributionStrategy: recordDistributionStrategy,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
export const createStream = operation('CreateStream', input, (request, call) => {
  const { caller, engine, now } = call;
  const name = request.StreamName;
  const arn = streamArnOf(caller, name);
  authorize(call, caller.accountId, arn);
  if (request.Tags !== undefined) call.caller.authorize('kinesis:AddTagsToStream', arn);
  const { WarmThroughputMiBps: warm, RecordDistributionStrategy: distribution } = request;
  const { mode, count } = capacity(request.StreamModeDetails?.StreamMode, request.ShardCount);
  if (request.Tags !== undefined) checkTags(request.Tags, new Map(), `stream ${name}`, caller);

  const account = ownAccount(call);
  if (warm !== undefined) requireWarmThroughput(call, account, mode, warm);
  if (distribution !== undefined) requireDistribution(mode, distribution);
  if (account.find(name, now) !== undefined) throw streamExists(name, caller.accountId);
  requireCreationQuota(call);
  requireQuota(call, mode, count);
  const records = engine.durability?.records;
  account.add(
    new Stream({
      name,
      scope: account.scope,
      mode,
      maxRecordSizeInKiB: request.MaxRecordSizeInKiB ?? 1024,
      ranges: uniformRanges(warm === undefined ? count : shardsFor(warm)),
      tags: request.Tags ?? new Map(),
      createdAt: now,
      activeAt: now + engine.options.createMs,
      warmThroughputMiBps: warm,
      recordDistribution: distribution,
      ...(records !== undefined && { sink: (stream) => records.create(name, stream) }),
    }),
  );
});

/**
 * Without a mode, a request without a shard count creates an on-demand stream (recorded from the
 * service: four shards), and one with a shard count creates a provisioned stream.
 */
function capacity(
  requested: StreamMode | undefined,
  count: number | undefined,
): { mode: StreamMode; count: number } {
  const mode = requested ?? (count === undefined ? 'ON_DEMAND' : 'PROVISIONED');
  if (mode === 'PROVISIONED') {
    if (count !== undefined) return { mode, count };
    throw validationError('ShardCount must be set when StreamMode=PROVISIONED');
  }
  if (count !== undefined) {
    throw validationError('ShardCount is not expected when StreamMode=ON_DEMAND');
  }
  return { mode, count: ON_DEMAND_SHARDS };
}

function requireQuota(call: Call, mode: StreamMode, count: number): void {
  const { shardLimit, onDemandStreamLimit } = call.engine.options;
  const account = ownAccount(call);
  if (mode === 'PROVISIONED') {
    requireShards(call, count, shardLimit);
    return;
  }
  const onDemand = account.list(call.now).filter((stream) => stream.mode === 'ON_DEMAND').length;
  if (onDemand + 1 > onDemandStreamLimit) {
    throw limitExceeded(
      `This request would exceed the on-demand stream limit for the account ` +
        `${call.caller.accountId} in ${call.caller.region}. Current on-demand stream count for ` +
        `the account: ${onDemand}. Limit: ${onDemandStreamLimit}.`,
    );
  }
}

/** @throws AwsError LimitExceededException if the account would exceed its shard limit */
export function requireShards(call: Call, additional: number, limit: number): void {
  const current = ownAccount(call).openShardCount(call.now);
  if (current + additional <= limit) return;
  throw limitExceeded(
    `This request would exceed the shard limit for the account ${call.caller.accountId} in ` +
      `${call.caller.region}. Current shard count for the account: ${current}. Limit: ${limit}. ` +
      `Number of additional shards that would have resulted from this request: ${additional}. ` +
      'Refer to the AWS Service Limits page ' +
      '(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) ' +
      'for current limits and how to request higher limits.',
  );
}
