/** The identity of a metric: those that differ in a dimension are different metrics. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

/** Takes values of one metric. @param timestamp milliseconds since 1970 */
export type Meter = (timestamp: number, values: MeasuredValues) => void;

/** A measurement, as services hand it to CloudWatch. */
export interface Measurement extends MetricName {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly unit: string;
  readonly values: MeasuredValues;
}

/** One value or a summary of several. */
export interface MeasuredValues {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export const oneValue = (value: number): MeasuredValues => ({
  count: 1,
  sum: value,
  minimum: value,
  maximum: value,
});
