/** A measurement, as services hand it to CloudWatch. */
export interface Measurement {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
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
