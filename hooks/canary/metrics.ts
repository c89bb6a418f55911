import { counts } from '../verify/reports/summary';
import type { Report } from '../verify/verify';

/** What the alarm in resources/canary.ts watches is in here. */
const METRICS = [
  { Name: 'Passed', Unit: 'Count' },
  { Name: 'Failed', Unit: 'Count' },
  { Name: 'Duration', Unit: 'Milliseconds' },
  { Name: 'TeardownIncomplete', Unit: 'Count' },
] as const;

type Values = Readonly<Record<(typeof METRICS)[number]['Name'], number>>;

/**
 * A run's metrics as a line of JSON from which CloudWatch makes them: no call, and no permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsLine(report: Report, namespace: string, service: string): string {
  const { passed, failed } = counts(report);
  const values: Values = {
    Passed: passed,
    Failed: failed,
    Duration: Math.round(report.ms),
    TeardownIncomplete: typeof report.teardown === 'string' ? 0 : 1,
  };
  return JSON.stringify({
    _aws: {
      Timestamp: report.startedAt.getTime() + Math.round(report.ms),
      CloudWatchMetrics: [
        { Namespace: namespace, Dimensions: [['Service', 'Stage']], Metrics: METRICS },
      ],
    },
    Service: service,
    Stage: report.target.stage,
    ...values,
  });
}
