import { requireActive, streamForAll } from '../engine';
import { invalidArgument } from '../errors';
import { operation } from '../operation';
import { naturalInteger, streamArn, streamModeDetails } from '../shapes/members';
import { required, structure } from '../shapes/shape';
import { startUpdate } from './resharding';

const input = structure({
  StreamARN: required(streamArn),
  StreamModeDetails: required(streamModeDetails),
  WarmThroughputMiBps: naturalInteger,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html */
export const updateStreamMode = operation('UpdateStreamMode', input, (request, call) => {
  const stream = streamForAll(call, request);
  if (request.WarmThroughputMiBps !== undefined) {
    throw invalidArgument('The embedded AWS does not support WarmThroughputMiBps.');
  }
  requireActive(stream);
  startUpdate(call, stream, { kind: 'mode', mode: request.StreamModeDetails.StreamMode });
});
