import { type Measurement, oneValue } from '../core/metric';
import { objectOf } from '../core/properties';
import type { Message } from './message';

/**
 * The metrics that a line of a log has in the embedded metric format: CloudWatch takes them out of
 * every log, without a filter.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(message: Message): Measurement[] {
  // Nearly every line has none: looking for the word is cheaper than parsing.
  if (!message.text.includes('"CloudWatchMetrics"')) return [];
  const line = message.json ?? {};
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = objectOf(line._aws);
  if (typeof timestamp !== 'number') return [];
  return listOf(directives)
    .map(objectOf)
    .flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) =>
      listOf(sets).flatMap((set) =>
        listOf(metrics)
          .map(objectOf)
          .flatMap(({ Name: name, Unit: unit = 'None' }) => {
            const value = line[String(name)];
            if (typeof value !== 'number') return [];
            const dimensions = listOf(set).map(
              (key) => [String(key), String(line[String(key)])] as const,
            );
            return [
              {
                namespace: String(namespace),
                name: String(name),
                dimensions: new Map(dimensions),
                timestamp,
                unit: String(unit),
                values: oneValue(value),
              },
            ];
          }),
      ),
    );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
