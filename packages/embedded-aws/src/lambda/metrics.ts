import { type Measurement, oneValue } from '../core/metric';

/**
 * The age of a batch's last record when its function is called.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const iteratorAge = (functionName: string, milliseconds: number): Measurement => ({
  namespace: 'AWS/Lambda',
  name: 'IteratorAge',
  dimensions: new Map([['FunctionName', functionName]]),
  timestamp: Date.now(),
  unit: 'Milliseconds',
  values: oneValue(milliseconds),
});
