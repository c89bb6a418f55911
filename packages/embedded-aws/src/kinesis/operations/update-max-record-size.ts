import { authorizedStream, requireActive } from '../engine';
import { operation } from '../operation';
import { maxRecordSizeInKiB, streamArn } from '../shapes/members';
import { required, structure } from '../shapes/shape';
import { startUpdate } from './resharding';

const input = structure({
  StreamARN: streamArn,
  MaxRecordSizeInKiB: required(maxRecordSizeInKiB),
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html */
export const updateMaxRecordSize = operation('UpdateMaxRecordSize', input, (request, call) => {
  const stream = authorizedStream(call, request);
  requireActive(stream);
  startUpdate(call, stream, { kind: 'maxRecordSize', sizeInKiB: request.MaxRecordSizeInKiB });
});
