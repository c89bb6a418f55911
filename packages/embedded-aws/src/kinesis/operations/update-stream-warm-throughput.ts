import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, ownAccount, requireActive } from '../engine';
import { naturalInteger, streamReference } from '../members';
import { operation } from '../operation';
import { shardsFor } from '../streams/capacity';
import { startUpdate } from './resharding';
import { requireWarmThroughput, warmThroughputView } from './warm-throughput';

const input = structure({ ...streamReference, WarmThroughputMiBps: required(naturalInteger) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamWarmThroughput.html */
export const updateStreamWarmThroughput = operation(
  'UpdateStreamWarmThroughput',
  input,
  (request, call) => {
    const stream = authorizedStream(call, request);
    const account = ownAccount(call);
    const target = request.WarmThroughputMiBps;
    requireWarmThroughput(call, account, stream.mode, target);
    requireActive(stream);
    stream.warmThroughputMiBps = target;
    startUpdate(call, stream, { kind: 'scale', count: shardsFor(target) });
    return {
      StreamARN: stream.arn,
      StreamName: stream.name,
      WarmThroughput: warmThroughputView(call, account, stream),
    };
  },
);
