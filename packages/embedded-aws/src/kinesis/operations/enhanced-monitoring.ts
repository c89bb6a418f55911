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

/** What EnableEnhancedMonitoring and DisableEnhancedMonitoring take. */
export const monitoringInput = structure({
  ShardLevelMetrics: required(list(metricsName, { min: 1, max: 7 })),
  ...streamReference,
});

/** `ALL` stands for every metric there is. */
export function expandMetrics(names: readonly string[]): readonly string[] {
  return names.includes('ALL') ? METRICS : names;
}

/** What both actions answer: the metrics before, and as they are to be. */
export function monitoringView(stream: Stream, before: readonly string[]) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    CurrentShardLevelMetrics: before,
    DesiredShardLevelMetrics: [...stream.shardLevelMetrics],
  };
}
