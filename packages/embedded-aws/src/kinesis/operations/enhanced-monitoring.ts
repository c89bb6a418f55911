import { list, required, structure } from '../../core/shapes/shape';
import { streamReference } from '../members';
import type { Stream } from '../streams/stream';

const METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
] as const;

const metricsName = { type: 'String', values: [...METRICS, 'ALL'] } as const;

/** The input of EnableEnhancedMonitoring and DisableEnhancedMonitoring. */
export const monitoringInput = structure({
  ShardLevelMetrics: required(list(metricsName, { min: 1, max: 7 })),
  ...streamReference,
});

/** `ALL` stands for all metrics. */
export function expandMetrics(names: readonly string[]): readonly string[] {
  return names.includes('ALL') ? METRICS : names;
}

/** The output of both actions: the metrics before the call, and the desired ones. */
export function monitoringView(stream: Stream, before: readonly string[]) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    CurrentShardLevelMetrics: before,
    DesiredShardLevelMetrics: [...stream.shardLevelMetrics],
  };
}
