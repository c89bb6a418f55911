import { authorizedStream, requireActive } from '../engine';
import { operation } from '../operation';
import { recordDistributionStrategy, streamArn } from '../shapes/members';
import { required, structure } from '../shapes/shape';
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
