import { required, structure } from '../../core/shapes/shape';
import { requireActive, streamForAll } from '../engine';
import { limitExceeded } from '../errors';
import { shardCount, streamReference } from '../members';
import { operation } from '../operation';
import { requireShards } from './create-stream';
import { requireScalingQuota } from './quotas';
import { requireProvisioned, startUpdate } from './resharding';

const input = structure({
  TargetShardCount: required(shardCount),
  ScalingType: required({ type: 'String', values: ['UNIFORM_SCALING'] } as const),
  ...streamReference,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
export const updateShardCount = operation('UpdateShardCount', input, (request, call) => {
  const stream = streamForAll(call, request);
  requireProvisioned(stream);
  requireActive(stream);
  const current = stream.openShards.length;
  const target = request.TargetShardCount;
  requireStep(current, target);
  requireScalingQuota(call, stream);
  requireShards(call, Math.max(0, target - current), call.engine.options.shardLimit);

  startUpdate(call, stream, { kind: 'scale', count: target });
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    CurrentShardCount: current,
    TargetShardCount: target,
  };
});

/** One call can at most double or halve the number of shards. */
function requireStep(current: number, target: number): void {
  const counts = `Current open shard count: ${current}, Target shard count: ${target}`;
  if (target > current * 2) {
    throw limitExceeded(
      `UpdateShardCount cannot scale up over double your current open shard count. ${counts}`,
    );
  }
  if (target < current / 2) {
    throw limitExceeded(
      `UpdateShardCount cannot scale down below half your current open shard count. ${counts}`,
    );
  }
}
