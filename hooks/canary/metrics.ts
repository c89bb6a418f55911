import { NAMESPACE, OWN_METRICS, type OwnMetric } from '../../resources/own-metrics';
import { counts } from '../verify/reports/summary';
import type { Report } from '../verify/verify';
import type { Minute } from './traffic';

/** A run's metrics as a line of its log. */
export function metricsLine(report: Report): string {
  const { passed, failed } = counts(report);
  const ms = Math.round(report.ms);
  return embedded(report.target, report.startedAt.getTime() + ms, {
    Passed: passed,
    Failed: failed,
    Duration: ms,
    TeardownIncomplete: typeof report.teardown === 'string' ? 0 : 1,
  });
}

/** The requests of a minute of a run as a line of its log. */
export function trafficLine(target: Report['target'], minute: Minute): string {
  return embedded(target, minute.at, {
    Requests: minute.requests,
    ClientErrors: minute.clientErrors,
    CanaryModelRefusals: minute.modelRefusals,
  });
}

/**
 * Metrics as a line of JSON from which CloudWatch makes them: no call, and no permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param at when they were taken, in milliseconds since 1970
 */
function embedded(
  { service, stage }: Report['target'],
  at: number,
  values: Readonly<Partial<Record<OwnMetric, number>>>,
): string {
  const names = Object.keys(values) as OwnMetric[];
  const Metrics = names.map((Name) => ({ Name, Unit: OWN_METRICS[Name] }));
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [['Service', 'Stage']], Metrics }],
    },
    Service: service,
    Stage: stage,
    ...values,
  });
}
