import { ownAccount, requireActive, streamForAll } from '../engine';
import { operation } from '../operation';
import { naturalInteger, streamArn, streamModeDetails } from '../shapes/members';
import { required, structure } from '../shapes/shape';
import { shardsFor } from '../streams/capacity';
import { scaleUniformly } from '../streams/resharding';
import { requireSwitch } from './quotas';
import { requireWarmThroughput } from './warm-throughput';

const input = structure({
  StreamARN: required(streamArn),
  StreamModeDetails: required(streamModeDetails),
  WarmThroughputMiBps: naturalInteger,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html */
export const updateStreamMode = operation('UpdateStreamMode', input, (request, call) => {
  const stream = streamForAll(call, request);
  const mode = request.StreamModeDetails.StreamMode;
  const warm = request.WarmThroughputMiBps;
  if (warm !== undefined) requireWarmThroughput(call, ownAccount(call), mode, warm);
  requireActive(stream);
  requireSwitch(call, stream);
  stream.update(call.now + call.engine.options.updateMs, (at) => {
    stream.mode = mode;
    // Provisioned streams have neither: keys decide again, and capacity is what their shards are.
    stream.warmThroughputMiBps = warm;
    if (mode === 'PROVISIONED') stream.recordDistribution = 'USER_PARTITION_KEY';
    if (warm !== undefined) {
      scaleUniformly(stream, Math.max(shardsFor(warm), stream.openShards.length), at);
    }
  });
});
