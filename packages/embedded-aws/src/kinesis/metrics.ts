import type { Scope } from '../core/caller';
import { type Meter, type MetricName, oneValue } from '../core/metric';
import type { Call } from './operation';
import type { Stream } from './streams/stream';

/** Makes the meter of a metric in an account and a region. */
export type MeterOf = (scope: Scope, metric: MetricName, unit: string) => Meter;

/**
 * The metrics of a stream that alarms watch, with their units: what clients cannot see of each other.
 * https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
const UNITS = {
  'GetRecords.IteratorAgeMilliseconds': 'Milliseconds',
  ReadProvisionedThroughputExceeded: 'Count',
  WriteProvisionedThroughputExceeded: 'Count',
} as const;

type Name = keyof typeof UNITS;

/** The meters of all streams, each made when its metric is first published. */
export class StreamMeters {
  readonly #meterOf: MeterOf;
  readonly #known = new WeakMap<Stream, Map<Name, Meter>>();

  constructor(meterOf: MeterOf) {
    this.#meterOf = meterOf;
  }

  of(stream: Stream, region: string, name: Name): Meter {
    let meters = this.#known.get(stream);
    if (meters === undefined) {
      meters = new Map();
      this.#known.set(stream, meters);
    }
    let meter = meters.get(name);
    if (meter === undefined) {
      const dimensions = new Map([['StreamName', stream.name]]);
      const metric = { namespace: 'AWS/Kinesis', name, dimensions };
      meter = this.#meterOf({ accountId: stream.accountId, region }, metric, UNITS[name]);
      meters.set(name, meter);
    }
    return meter;
  }
}

/** Publishes a value of a stream's metric, as each operation does. */
export function publish({ engine, now, caller }: Call, stream: Stream, name: Name, value: number) {
  // An endpoint serves its own region only.
  engine.meters?.of(stream, caller.region, name)(now, oneValue(value));
}
