import { structure } from '../../core/shapes/shape';
import { authorizedStream, ownAccount } from '../engine';
import { streamReference } from '../members';
import { operation } from '../operation';
import { streamView } from './stream-views';
import { warmThroughputView } from './warm-throughput';

const input = structure(streamReference);

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html */
export const describeStreamSummary = operation('DescribeStreamSummary', input, (request, call) => {
  const stream = authorizedStream(call, request);
  return {
    StreamDescriptionSummary: Object.assign(streamView(stream), {
      OpenShardCount: stream.isOpenForData ? stream.openShards.length : 0,
      ConsumerCount: stream.consumers.size,
      MaxRecordSizeInKiB: stream.maxRecordSizeInKiB,
      WarmThroughput: warmThroughputView(call, ownAccount(call), stream),
      RecordDistributionStrategy:
        stream.mode === 'ON_DEMAND' ? stream.recordDistribution : undefined,
    }),
  };
});
