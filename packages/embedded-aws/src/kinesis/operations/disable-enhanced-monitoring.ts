import { streamForAll } from '../engine';
import { operation } from '../operation';
import { expandMetrics, monitoringInput, monitoringView } from './enhanced-monitoring';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DisableEnhancedMonitoring.html */
export const disableEnhancedMonitoring = operation(
  'DisableEnhancedMonitoring',
  monitoringInput,
  (request, call) => {
    const stream = streamForAll(call, request);
    const before = [...stream.shardLevelMetrics];
    for (const name of expandMetrics(request.ShardLevelMetrics)) {
      stream.shardLevelMetrics.delete(name);
    }
    return monitoringView(stream, before);
  },
);
