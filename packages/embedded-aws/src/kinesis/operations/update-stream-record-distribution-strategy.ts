import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, requireActive } from '../engine';
import { recordDistributionStrategy, streamArn } from '../members';
import { operation } from '../operation';
import { requireDistribution } from './record-distribution';

const input = structure({
  StreamARN: required(streamArn),
  RecordDistributionStrategy: required(recordDistributionStrategy),
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamRecordDistributionStrategy.html */
export const updateStreamRecordDistributionStrategy = operation(
  'UpdateStreamRecordDistributionStrategy',
  input,
  (request, call) => {
    const stream = authorizedStream(call, request);
    const strategy = request.RecordDistributionStrategy;
    requireDistribution(stream.mode, strategy);
    requireActive(stream);
    stream.recordDistribution = strategy;
  },
);
