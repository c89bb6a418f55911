import { partitionOf, type Scope } from '../core/caller';
import { AwsError } from '../core/errors';
import { listProperty, numberProperty, textProperty } from '../core/properties';

type Members = Readonly<Record<string, unknown>>;

/** An alarm: what PutMetricAlarm was given, and its state. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  /** Members as DescribeAlarms answers them. */
  readonly settings: Members;
  readonly configured: Date;
  readonly created: Date;
  readonly tags: Map<string, string>;
}

export interface Dashboard {
  readonly name: string;
  readonly arn: string;
  readonly body: string;
  readonly lastModified: Date;
  readonly tags: ReadonlyMap<string, string>;
}

const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
];
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const MISSING_DATA = ['breaching', 'notBreaching', 'ignore', 'missing'];
const SHORT_PERIODS = [10, 20, 30];

/** Numbers among an alarm's settings: the query protocol brings them as text. */
const NUMBERS = ['DatapointsToAlarm', 'EvaluationPeriods', 'Period', 'Threshold'] as const;
const TEXTS = [
  'AlarmDescription',
  'ComparisonOperator',
  'EvaluateLowSampleCountPercentile',
  'ExtendedStatistic',
  'MetricName',
  'Namespace',
  'Statistic',
  'ThresholdMetricId',
  'TreatMissingData',
  'Unit',
] as const;
const LISTS = [
  'AlarmActions',
  'Dimensions',
  'InsufficientDataActions',
  'Metrics',
  'OKActions',
] as const;

/** The members that an alarm is made of. */
export const ALARM_MEMBERS = ['ActionsEnabled', ...NUMBERS, ...TEXTS, ...LISTS] as const;

export const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

/** The alarms and dashboards of one account; alarms are regional, dashboards are not. */
export class CloudWatchStore {
  readonly alarms = new Map<string, Alarm>();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  alarmArn(name: string): string {
    const { accountId, region } = this.#scope;
    return `arn:${partitionOf(region)}:cloudwatch:${region}:${accountId}:alarm:${name}`;
  }

  /** Makes an alarm, or replaces the settings of the one that has the name. @throws AwsError ValidationError */
  putAlarm(name: string, members: Members, tags?: ReadonlyMap<string, string>): Alarm {
    if (name === '' || name.length > 255) throw invalid('AlarmName must have 1 to 255 characters.');
    const settings = settingsOf(members);
    checkSettings(settings);
    const known = this.alarms.get(name);
    const alarm: Alarm = {
      name,
      arn: this.alarmArn(name),
      settings,
      configured: new Date(),
      created: known?.created ?? new Date(),
      tags: new Map(known?.tags ?? tags),
    };
    this.alarms.set(name, alarm);
    return alarm;
  }
}

function settingsOf(members: Members): Members {
  const texts = TEXTS.map((name) => [name, textProperty(members, name)] as const);
  const numbers = NUMBERS.map((name) => [name, numberProperty(members, name)] as const);
  const lists = LISTS.map((name) => [name, listProperty(members, name)] as const);
  const given = [...texts, ...numbers, ...lists].filter(([, value]) => value !== undefined);
  return {
    ActionsEnabled: textProperty(members, 'ActionsEnabled') !== 'false',
    ...Object.fromEntries(given),
  };
}

function checkSettings(settings: Members): void {
  requireOneOf(settings, 'ComparisonOperator', COMPARISONS);
  if (settings.Statistic !== undefined) requireOneOf(settings, 'Statistic', STATISTICS);
  if (settings.TreatMissingData !== undefined)
    requireOneOf(settings, 'TreatMissingData', MISSING_DATA);
  const { EvaluationPeriods: periods, Period: period, MetricName } = settings;
  if (typeof periods !== 'number' || periods < 1 || !Number.isInteger(periods)) {
    throw invalid('The parameter EvaluationPeriods must be greater than or equal to 1.');
  }
  const hasMetrics = listProperty(settings, 'Metrics').length > 0;
  if (hasMetrics === (MetricName !== undefined)) {
    throw invalid('An alarm must have either MetricName or Metrics.');
  }
  if (hasMetrics) return;
  if (
    typeof period !== 'number' ||
    !(SHORT_PERIODS.includes(period) || (period > 0 && period % 60 === 0))
  ) {
    throw invalid('Period must be 10, 20, 30 or a multiple of 60.');
  }
  if ((settings.Statistic === undefined) === (settings.ExtendedStatistic === undefined)) {
    throw invalid('An alarm must have either Statistic or ExtendedStatistic.');
  }
}

function requireOneOf(settings: Members, name: string, values: readonly string[]): void {
  const value = settings[name];
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  if (value === undefined) {
    throw invalid(
      `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  }
  if (values.includes(String(value))) return;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  );
}

/** The dashboards of one account. */
export class DashboardStore {
  readonly dashboards = new Map<string, Dashboard>();
  readonly #prefix: string;

  constructor(accountId: string, partition: string) {
    this.#prefix = `arn:${partition}:cloudwatch::${accountId}:dashboard/`;
  }

  /**
   * @param tags those that the dashboard has are kept when absent
   * @throws AwsError InvalidParameterInput
   */
  put(name: string, body: string, tags?: ReadonlyMap<string, string>): Dashboard {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
      throw new AwsError(
        'InvalidParameterInput',
        'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).',
      );
    }
    if (!isJsonObject(body)) {
      throw new AwsError(
        'InvalidParameterInput',
        'The field DashboardBody must be a valid JSON object',
      );
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
