import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, requireActive } from '../engine';
import { maxRecordSizeInKiB, streamArn } from '../members';
import { operation } from '../operation';
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
