import { CANARY_NAMESPACE } from '../../resources/canary-environment';
import { counts } from '../verify/reports/summary';
import type { Report } from '../verify/verify';
import type { Minute } from './traffic';

/** The metrics of a run; the alarm in resources/canary.ts watches `Failed`. */
const OF_A_RUN = {
  Passed: 'Count',
  Failed: 'Count',
  Duration: 'Milliseconds',
  TeardownIncomplete: 'Count',
} as const;

/** The metrics of a minute of a run, which the alarm on client errors takes off the stage's. */
const OF_A_MINUTE = { Requests: 'Count', ClientErrors: 'Count' } as const;

type Units = Readonly<Record<string, string>>;

/** A run's metrics as a line of its log. */
export function metricsLine(report: Report): string {
  const { passed, failed } = counts(report);
  const ms = Math.round(report.ms);
  return embedded(report.target, report.startedAt.getTime() + ms, OF_A_RUN, {
    Passed: passed,
    Failed: failed,
    Duration: ms,
    TeardownIncomplete: typeof report.teardown === 'string' ? 0 : 1,
  });
}

/** The requests of a minute of a run as a line of its log. */
export function trafficLine(target: Report['target'], minute: Minute): string {
  return embedded(target, minute.at, OF_A_MINUTE, {
    Requests: minute.requests,
    ClientErrors: minute.clientErrors,
  });
}

/**
 * Metrics as a line of JSON from which CloudWatch makes them: no call, and no permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param at when they were taken, in milliseconds since 1970
 */
function embedded<T extends Units>(
  { service, stage }: Report['target'],
  at: number,
  units: T,
  values: Readonly<Record<keyof T, number>>,
): string {
  const Metrics = Object.entries(units).map(([Name, Unit]) => ({ Name, Unit }));
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        { Namespace: CANARY_NAMESPACE, Dimensions: [['Service', 'Stage']], Metrics },
      ],
    },
    Service: service,
    Stage: stage,
    ...values,
  });
}
