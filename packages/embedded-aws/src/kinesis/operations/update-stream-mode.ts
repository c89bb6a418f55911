import { required, structure } from '../../core/shapes/shape';
import { ownAccount, requireActive, streamForAll } from '../engine';
import { naturalInteger, streamArn, streamModeDetails } from '../members';
import { operation } from '../operation';
import { requireModeChangeQuota } from './quotas';
import { startUpdate } from './resharding';
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
  requireModeChangeQuota(call, stream);
  startUpdate(call, stream, { kind: 'mode', mode, ...(warm !== undefined && { warm }) });
});
