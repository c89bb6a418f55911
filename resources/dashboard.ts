import { alarmConditions } from './alarms';
import { ofTheStage } from './client-errors';
import {
  either,
  type JoinPart,
  join,
  NO_VALUE,
  type Resources,
  resource,
  sub,
} from './cloudformation';
import type { ConditionName } from './conditions';
import { eventAlarmNames } from './events/refusals';
import { logicalIds } from './logical-ids';
import { ownMetric } from './own-metrics';
import { streamAlarmNames } from './streams/alarms';
import type { DeclaredStream } from './streams/declared';

/** A metric or an expression with how it is shown. */
type Line = readonly (string | Readonly<Record<string, unknown>>)[];

interface Graph {
  readonly title: string;
  readonly stat?: 'Sum' | 'Maximum' | 'Average';
  /** Seconds. */
  readonly period?: number;
  readonly unit?: string;
  readonly lines: readonly Line[];
  readonly condition?: ConditionName;
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const line = ({ Namespace, MetricName, Dimensions }: Metric, label: string, options = {}): Line => [
  Namespace,
  MetricName,
  ...Dimensions.flatMap(({ Name, Value }) => [Name, Value]),
  { label, ...options },
];

const ofApi = (MetricName: string, label: string, options = {}) =>
  line({ ...ofTheStage, MetricName }, label, options);

const ofStream = (MetricName: string, label: string) =>
  line(
    {
      Namespace: 'AWS/Kinesis',
      MetricName,
      Dimensions: [{ Name: 'StreamName', Value: '${param:streams}' }],
    },
    label,
  );

/** A line for each stream of account and region: a pattern of names cannot be searched for. */
const ofEachStream = (MetricName: string, id: string): Line => [
  {
    expression: `SEARCH('{AWS/Kinesis,StreamName} MetricName="${MetricName}"', 'Sum', 60)`,
    id,
    label: '',
  },
];

/** Kinesis's metrics of the stage's stream, or of all. */
function ofKinesis(title: string, metrics: Readonly<Record<string, string>>): Graph[] {
  const names = Object.entries(metrics);
  return [
    {
      title,
      lines: names.map(([name, label]) => ofStream(name, label)),
      condition: 'OneStream',
    },
    {
      title: `${title}, by stream of the region`,
      lines: names.map(([name], index) => ofEachStream(name, `e${index}`)),
      condition: 'ManyStreams',
    },
  ];
}

/** A line for each declared stream: one row of graphs, however many there are. */
function ofDeclared(declared: readonly DeclaredStream[]): Graph[] {
  if (declared.length === 0) return [];
  const lines = (MetricName: string) =>
    declared.map(({ name, streamName }) =>
      line(
        {
          Namespace: 'AWS/Kinesis',
          MetricName,
          Dimensions: [{ Name: 'StreamName', Value: streamName }],
        },
        name,
      ),
    );
  return [
    { title: 'Records written, by declared stream', lines: lines('IncomingRecords') },
    {
      title: 'Refused writes, by declared stream',
      lines: lines('WriteProvisionedThroughputExceeded'),
    },
    {
      title: 'How far behind readers are, by declared stream',
      stat: 'Maximum',
      unit: 'ms',
      lines: lines('GetRecords.IteratorAgeMilliseconds'),
    },
  ];
}

const GRAPHS: readonly Graph[] = [
  {
    title: 'Requests',
    lines: [ofApi('Count', 'Requests')],
    condition: 'OwnsApi',
  },
  {
    title: 'Errors',
    lines: [ofApi('4XXError', '4XX'), ofApi('5XXError', '5XX')],
    condition: 'OwnsApi',
  },
  {
    title: 'Latency',
    unit: 'ms',
    lines: [
      ofApi('Latency', 'p50', { stat: 'p50' }),
      ofApi('Latency', 'p99', { stat: 'p99' }),
      ofApi('IntegrationLatency', "Kinesis's p99", { stat: 'p99' }),
    ],
    condition: 'OwnsApi',
  },
  {
    title: 'Refused by a model',
    lines: [line(ownMetric('ModelRefusals'), 'Refused requests')],
    condition: 'LogsAccess',
  },
  {
    title: 'Throttled (429)',
    lines: [line(ownMetric('Throttled'), 'By the stage or by Kinesis')],
    condition: 'LogsAccess',
  },
  {
    title: 'Partly failed batches (207)',
    lines: [line(ownMetric('PartialBatches'), 'Batches')],
    condition: 'LogsAccess',
  },
  ...ofKinesis('Records that failed in batches', {
    'PutRecords.ThrottledRecords': 'Throttled',
    'PutRecords.FailedRecords': 'Failed',
  }),
  ...ofKinesis('Throttles of Kinesis', {
    WriteProvisionedThroughputExceeded: 'Writes',
    ReadProvisionedThroughputExceeded: 'Reads',
  }),
  ...ofKinesis('Records written', { IncomingRecords: 'Records' }),
  {
    title: 'Canary: checks',
    stat: 'Maximum',
    period: 300,
    lines: [line(ownMetric('Passed'), 'Passed'), line(ownMetric('Failed'), 'Failed')],
    condition: 'RunsCanary',
  },
  {
    title: 'Failed deployments',
    stat: 'Maximum',
    period: 300,
    lines: [line(ownMetric('FailedDeployments'), 'Failed (1) or passed (0)')],
  },
];

/** Three graphs side by side on CloudWatch's grid of 24 columns; it places what has no place. */
const GRAPH = { type: 'metric', width: 8, height: 6 } as const;
const ALARMS = { type: 'alarm', width: 24, height: 3 } as const;

function graphWidget({ title, stat = 'Sum', period = 60, unit, lines }: Graph) {
  return {
    ...GRAPH,
    properties: {
      title,
      view: 'timeSeries',
      region: '${AWS::Region}',
      stat,
      period,
      metrics: lines,
      yAxis: { left: { min: 0, ...(unit && { label: unit, showUnits: false }) } },
    },
  };
}

const when = (condition: ConditionName | undefined, part: JoinPart): JoinPart =>
  condition === undefined ? part : either(condition, part, NO_VALUE);

type Alarms = Readonly<Record<string, ConditionName | undefined>>;

/**
 * Alarms in one widget.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const MOST_ALARMS = 100;

/** The alarms' states in a row. Their ARNs are known only to CloudFormation. */
function alarmsWidgets(alarms: Alarms): JoinPart[] {
  const arns = Object.entries(alarms).map(([name, condition]) =>
    when(condition, sub(`"\${${logicalIds.alarm(name)}.Arn}"`)),
  );
  const [before = '', after = ''] = JSON.stringify({
    ...ALARMS,
    properties: { title: '${self:service}-${self:provider.stage}', alarms: ['…'] },
  }).split('"…"');
  return Array.from({ length: Math.ceil(arns.length / MOST_ALARMS) }, (_, index) =>
    join('', [
      before,
      join(',', arns.slice(index * MOST_ALARMS, (index + 1) * MOST_ALARMS)),
      after,
    ]),
  );
}

/** A dashboard belongs to the account, not to a region: its name says which one it shows. */
const NAME = '${self:service}-${self:provider.stage}-${AWS::Region}';

const dashboardOf = (declared: readonly DeclaredStream[], others: Alarms): Resources => ({
  [logicalIds.dashboard]: resource(
    'AWS::CloudWatch::Dashboard',
    {
      DashboardName: sub(NAME),
      DashboardBody: join('', [
        '{"widgets":[',
        join(',', [
          ...alarmsWidgets({ ...alarmConditions, ...alarmsOf(declared), ...others }),
          ...[...GRAPHS, ...ofDeclared(declared)].map((graph) =>
            when(graph.condition, sub(JSON.stringify(graphWidget(graph)))),
          ),
        ]),
        ']}',
      ]),
    },
    { Condition: 'HasDashboard' },
  ),
});

const alarmsOf = (declared: readonly DeclaredStream[]): Alarms => ({
  ...Object.fromEntries(streamAlarmNames(declared).map((name) => [name, undefined])),
  ...eventAlarmNames(declared),
});

export const dashboard = (declared: readonly DeclaredStream[]): Resources =>
  dashboardOf(declared, {});

/** The dashboard of a stage with a canary, whose alarm is not part of every stack. */
export const dashboardWithCanary = (declared: readonly DeclaredStream[]): Resources =>
  dashboardOf(declared, { Canary: undefined });
