import { partitionOf, type Scope } from '../core/caller';
import type { Measurement, Meter, MetricName } from '../core/metric';
import { memberViolations, violationsOf } from '../core/shapes/constraints';
import type { ValueOf } from '../core/shapes/shape';
import { constraintError } from '../core/validation';
import { invalid, invalidInput, invalidValue, notFound, VALIDATION } from './errors';
import { type AlarmState, evaluate, initialState, watchedMetric } from './evaluation';
import { alarmName, alarmSettings } from './members';
import { keyOf, type MetricStore } from './metrics';

export type AlarmSettings = ValueOf<typeof alarmSettings>;

/** A metric alarm. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  /** Members as DescribeAlarms answers them. */
  readonly settings: AlarmSettings;
  readonly configured: Date;
  readonly created: Date;
  readonly tags: Map<string, string>;
  /** Absent in what was written before alarms were evaluated. */
  state?: AlarmState;
}

export interface Dashboard {
  readonly name: string;
  readonly arn: string;
  readonly body: string;
  readonly lastModified: Date;
  readonly tags: ReadonlyMap<string, string>;
}

/** Periods below a minute, in seconds. */
const SHORT_PERIODS = [10, 20, 30];

const EMPTY_LISTS = {
  AlarmActions: [],
  Dimensions: [],
  InsufficientDataActions: [],
  OKActions: [],
} as const;

/** The alarms of one account in one region. */
export class AlarmStore {
  readonly alarms = new Map<string, Alarm>();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  alarmArn(name: string): string {
    const { accountId, region } = this.#scope;
    return `arn:${partitionOf(region)}:cloudwatch:${region}:${accountId}:alarm:${name}`;
  }

  /**
   * Creates an alarm, or replaces the settings of the one that has the name.
   * @throws AwsError ValidationError
   */
  put(name: string, given: AlarmSettings, tags?: ReadonlyMap<string, string>): Alarm {
    checkAlarm(name, given);
    // Absent lists are empty, and actions are enabled unless they are switched off.
    const settings: AlarmSettings = { ...EMPTY_LISTS, ActionsEnabled: true, ...given };
    const known = this.alarms.get(name);
    const alarm: Alarm = {
      name,
      arn: this.alarmArn(name),
      settings,
      configured: new Date(),
      created: known?.created ?? new Date(),
      state: known?.state ?? initialState(),
      tags: new Map(known?.tags ?? tags),
    };
    this.alarms.set(name, alarm);
    return alarm;
  }

  /** An alarm's state now. */
  stateOf(alarm: Alarm, metrics: MetricStore): AlarmState {
    alarm.state = evaluate(alarm.settings, alarm.state ?? initialState(), metrics, Date.now());
    return alarm.state;
  }
}

/** @throws AwsError ValidationError */
function checkAlarm(name: string, settings: AlarmSettings): void {
  const violations = [
    ...memberViolations('AlarmName', alarmName, name),
    ...violationsOf(alarmSettings, settings),
  ];
  if (violations.length > 0) throw constraintError(VALIDATION, violations);
  checkOptions(settings);
  const { MetricName, Metrics = [], Period: period, Statistic, ExtendedStatistic } = settings;
  const hasMetrics = Metrics.length > 0;
  if (hasMetrics === (MetricName !== undefined)) {
    throw invalid('An alarm must have either MetricName or Metrics.');
  }
  if (hasMetrics) return;
  if (period === undefined || !isPeriod(period)) {
    throw invalid('Period must be 10, 20, 30 or a multiple of 60.');
  }
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
    throw invalid('An alarm must have either Statistic or ExtendedStatistic.');
  }
}

/** The options of members whose type is text in AWS's model, as its refusals list them. */
const OPTIONS = {
  EvaluateLowSampleCountPercentile: ['evaluate', 'ignore'],
  TreatMissingData: ['breaching', 'notBreaching', 'ignore', 'missing'],
} as const;

const EXTENDED_STATISTIC =
  /^(?:(?:p|tm|wm|tc|ts)\d{1,2}(?:\.\d+)?|p100|IQM|(?:PR|TC|TM|TS|WM)\(.*\))$/i;

/**
 * The texts are those that moto's tests have of AWS (test_cloudwatch.py, test_put_metric_alarm_error_*).
 * @throws AwsError ValidationError, InvalidParameterValue
 */
function checkOptions(settings: AlarmSettings): void {
  const { ExtendedStatistic: statistic } = settings;
  if (statistic !== undefined && !EXTENDED_STATISTIC.test(statistic)) {
    throw invalidValue(`The value ${statistic} for parameter ExtendedStatistic is not supported.`);
  }
  for (const [name, options] of Object.entries(OPTIONS)) {
    const value = settings[name as keyof typeof OPTIONS];
    if (value === undefined || (options as readonly string[]).includes(value)) continue;
    const others = options.slice(0, -1).join(', ');
    throw invalid(
      `Option ${value} is not supported. Supported options for parameter ${name} are ${others} and ${options.at(-1)}.`,
    );
  }
}

const isPeriod = (seconds: number): boolean =>
  SHORT_PERIODS.includes(seconds) || (seconds > 0 && seconds % 60 === 0);

/** The dashboards of one account. */
export class DashboardStore {
  readonly dashboards = new Map<string, Dashboard>();
  readonly #prefix: string;

  constructor(accountId: string, partition: string) {
    this.#prefix = `arn:${partition}:cloudwatch::${accountId}:dashboard/`;
  }

  /** The ARN of a dashboard, even of one that does not exist. */
  arnOf(name: string): string {
    return this.#prefix + name;
  }

  /** @throws AwsError ResourceNotFound */
  get(name: string): Dashboard {
    const dashboard = this.dashboards.get(name);
    if (dashboard === undefined) throw notFound(`Dashboard ${name} does not exist`);
    return dashboard;
  }

  /**
   * @param tags the dashboard keeps those it has when absent
   * @throws AwsError InvalidParameterInput
   */
  put(name: string, body: string, tags?: ReadonlyMap<string, string>): Dashboard {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
      throw invalidInput(
        'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).',
      );
    }
    if (!isJsonObject(body)) {
      throw invalidInput('The field DashboardBody must be a valid JSON object');
    }
    const dashboard = {
      name,
      arn: this.#prefix + name,
      body,
      lastModified: new Date(),
      tags: tags ?? this.dashboards.get(name)?.tags ?? new Map<string, string>(),
    };
    this.dashboards.set(name, dashboard);
    return dashboard;
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** CloudWatch's stores of one account: alarms and metrics are regional, dashboards are not. */
export class CloudWatchStores {
  readonly alarms: AlarmStore;
  readonly metrics: MetricStore;
  readonly dashboards: DashboardStore;

  constructor(alarms: AlarmStore, metrics: MetricStore, dashboards: DashboardStore) {
    this.alarms = alarms;
    this.metrics = metrics;
    this.dashboards = dashboards;
  }

  /** Takes one measurement. Where the same metric is measured often, a {@link meter} costs less. */
  measure(measurement: Measurement): void {
    this.meter(measurement, measurement.unit)(measurement.timestamp, measurement.values);
  }

  /**
   * Takes the measurements of one metric. Alarms on it are evaluated at each: one that keeps its
   * state without data may be looked at only much later.
   */
  meter(metric: MetricName, unit: string): Meter {
    const key = keyOf(metric);
    const series = this.metrics.series(metric, key);
    return (timestamp, values) => {
      series.add(timestamp, unit, values);
      for (const alarm of this.alarms.alarms.values()) {
        if (watchedKey(alarm) === key) this.alarms.stateOf(alarm, this.metrics);
      }
    };
  }
}

const watchedKeys = new WeakMap<Alarm, string>();

/** The key of the metric that an alarm watches; empty if it watches none. An alarm never changes. */
function watchedKey(alarm: Alarm): string {
  let key = watchedKeys.get(alarm);
  if (key === undefined) {
    const metric = watchedMetric(alarm.settings);
    key = metric === undefined ? '' : keyOf(metric);
    watchedKeys.set(alarm, key);
  }
  return key;
}
