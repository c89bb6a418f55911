import { required, structure } from '../../core/shapes/shape';
import { authorize, ownAccount } from '../engine';
import { limitExceeded, streamExists, validationError } from '../errors';
import {
  maxRecordSizeInKiB,
  naturalInteger,
  positiveInteger,
  recordDistributionStrategy,
  type StreamMode,
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
  ShardCount: positiveInteger,
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
  const { mode, shardCount } = capacity(request.StreamModeDetails?.StreamMode, request.ShardCount);
  if (request.Tags !== undefined) checkTags(request.Tags, new Map(), `stream ${name}`, caller);

  const account = ownAccount(call);
  if (warm !== undefined) requireWarmThroughput(call, account, mode, warm);
  if (distribution !== undefined) requireDistribution(mode, distribution);
  if (account.find(name, now) !== undefined) throw streamExists(name, caller.accountId);
  requireCreationQuota(call);
  requireQuota(call, mode, shardCount);
  const records = engine.durability?.records;
  account.add(
    new Stream({
      name,
      scope: account.scope,
      mode,
      maxRecordSizeInKiB: request.MaxRecordSizeInKiB ?? 1024,
      ranges: uniformRanges(warm === undefined ? shardCount : shardsFor(warm)),
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
  shardCount: number | undefined,
): { mode: StreamMode; shardCount: number } {
  const mode = requested ?? (shardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
  if (mode === 'PROVISIONED') {
    if (shardCount !== undefined) return { mode, shardCount };
    throw validationError('ShardCount must be set when StreamMode=PROVISIONED');
  }
  if (shardCount !== undefined) {
    throw validationError('ShardCount is not expected when StreamMode=ON_DEMAND');
  }
  return { mode, shardCount: ON_DEMAND_SHARDS };
}

function requireQuota(call: Call, mode: StreamMode, shardCount: number): void {
  const { shardLimit, onDemandStreamLimit } = call.engine.options;
  const account = ownAccount(call);
  if (mode === 'PROVISIONED') {
    requireShards(call, shardCount, shardLimit);
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
