import { type Measurement, oneValue } from '../core/metric';
import { invalidParameter } from './errors';
import { compileFilter } from './filter-pattern';
import { type Message, type MessageFilter, selectorOf } from './message';

/** How matching events become a metric (botocore, logs/2014-03-28: MetricTransformation). */
export interface MetricTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  /** A number, or the selector of the property that has it: `$.latency`. */
  readonly metricValue: string;
  /** Selectors by the dimensions' names. */
  readonly dimensions?: ReadonlyMap<string, string>;
  readonly unit?: string;
}

/** A metric filter as it is written down. */
export interface WrittenMetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly transformation: MetricTransformation;
  /** Milliseconds since 1970. */
  readonly created: number;
}

type Path = readonly (string | number)[];

/**
 * Makes measurements of the events that match a pattern. The value `DefaultValue` is not implemented.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export class MetricFilter {
  readonly written: WrittenMetricFilter;
  readonly #fits: MessageFilter;
  readonly #value: number | Path;
  readonly #dimensions: readonly (readonly [string, Path])[];

  /** @throws AwsError InvalidParameterException */
  constructor(written: WrittenMetricFilter) {
    const { metricValue, dimensions = new Map<string, string>() } = written.transformation;
    this.written = written;
    this.#fits = compileFilter(written.pattern);
    this.#value = valueToPublish(metricValue);
    this.#dimensions = [...dimensions].map(([name, text]) => [name, dimensionOf(text)]);
  }

  /**
   * @param timestamp the event's, in milliseconds since 1970
   * @returns undefined for an event that does not match, or whose value is no number
   */
  measure(message: Message, timestamp: number): Measurement | undefined {
    if (!this.#fits(message)) return undefined;
    const value = typeof this.#value === 'number' ? this.#value : message.select(this.#value);
    if (typeof value !== 'number') return undefined;
    const { metricNamespace, metricName, unit = 'None' } = this.written.transformation;
    return {
      namespace: metricNamespace,
      name: metricName,
      dimensions: this.#dimensionsOf(message),
      timestamp,
      unit,
      values: oneValue(value),
    };
  }

  /** A dimension is published only if the event has its value. */
  #dimensionsOf(message: Message): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const [name, path] of this.#dimensions) {
      const value = message.select(path);
      if (value !== undefined && value !== null) found.set(name, String(value));
    }
    return found;
  }
}

function valueToPublish(text: string): number | Path {
  const path = selectorOf(text);
  if (path !== undefined) return path;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw invalidParameter(`Invalid metric transformation: metricValue '${text}'`);
}

function dimensionOf(text: string): Path {
  const path = selectorOf(text);
  if (path !== undefined) return path;
  throw invalidParameter(`Invalid metric transformation: dimension '${text}'`);
}
