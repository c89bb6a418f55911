import type { Scope } from '../core/caller';
import { type Measurement, oneValue } from '../core/metric';
import type { Call } from './operation';
import type { Stream } from './streams/stream';

/** Takes a measurement of an account's streams. */
export type Measure = (scope: Scope, measurement: Measurement) => void;

/**
 * The metrics of a stream that alarms watch, with their units: what clients cannot see of each other.
 * https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
const UNITS = {
  'GetRecords.IteratorAgeMilliseconds': 'Milliseconds',
  ReadProvisionedThroughputExceeded: 'Count',
  WriteProvisionedThroughputExceeded: 'Count',
} as const;

/** Publishes a value of a stream's metric, as each operation does. */
export function publish(
  { engine, now, caller }: Call,
  { name: streamName, accountId }: Stream,
  name: keyof typeof UNITS,
  value: number,
): void {
  // An endpoint serves its own region only.
  engine.measure?.(
    { accountId, region: caller.region },
    {
      namespace: 'AWS/Kinesis',
      name,
      dimensions: new Map([['StreamName', streamName]]),
      timestamp: now,
      unit: UNITS[name],
      values: oneValue(value),
    },
  );
}
