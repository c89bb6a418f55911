import { compiledStack } from '../support/compiled-stack';

interface MetricOfMath {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string; readonly MetricName: string };
    readonly Stat: string;
  };
  readonly ReturnData: boolean;
}

function clientErrors(values: Readonly<Record<string, string>>, id = 'ClientErrorsAlarm') {
  const { Properties } = compiledStack(values).Resources[id] ?? {};
  return Properties as {
    readonly MetricName?: string;
    readonly Statistic?: string;
    readonly Period?: number;
    readonly Metrics?: readonly MetricOfMath[];
    readonly Threshold: number;
  };
}

const alarmsOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(compiledStack(values).Resources)
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([id]) => id.replace(/Alarm$/, ''))
    .sort();

const OF_THE_API = ['ClientErrors', 'FailedDeployment', 'Latency', 'ServerErrors'];
const OF_THE_LOG = ['ModelRefusals', 'PartialBatches'];

test.each<[string, Record<string, string>, string[]]>([
  ['all streams', {}, [...OF_THE_API, ...OF_THE_LOG, 'ThrottledWritesAnywhere']],
  ['one stream', { streams: 'orders' }, [...OF_THE_API, ...OF_THE_LOG, 'ThrottledWrites']],
  [
    'all streams, without an access log',
    { accessLogs: 'false' },
    [...OF_THE_API, 'FailedRecordsAnywhere', 'ThrottledWritesAnywhere'],
  ],
  [
    'one stream, without an access log',
    { accessLogs: 'false', streams: 'orders' },
    [...OF_THE_API, 'FailedRecords', 'ThrottledWrites'],
  ],
  [
    "all streams, under somebody else's API",
    { restApiId: 'a1b2c3d4e5', rootResourceId: 'f6g7h8' },
    ['FailedDeployment', 'FailedRecordsAnywhere', 'ThrottledWritesAnywhere'],
  ],
])('a stage for %s has the alarms that it has data for', (_what, values, expected) => {
  expect(alarmsOf(values)).toEqual([...expected].sort());
});

test('an alarm on a failed deployment stays until a deployment passes; all others clear', () => {
  const alarms = Object.entries(compiledStack().Resources).filter(
    ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm',
  );
  const missing = alarms.map(([id, { Properties }]) => [
    id,
    (Properties as { TreatMissingData?: string }).TreatMissingData,
  ]);
  expect(missing).toEqual(
    alarms.map(([id]) => [id, id === 'FailedDeploymentAlarm' ? 'ignore' : 'notBreaching']),
  );
});

test('without a canary the alarm on client errors watches the rate of the stage', () => {
  const alarm = clientErrors({});

  expect(alarm).toMatchObject({ MetricName: '4XXError', Statistic: 'Average', Period: 300 });
  expect(alarm).not.toHaveProperty('Metrics');
});

/** Evaluates CloudWatch's metric math; `undefined` if a metric has no value. */
function evaluate(metrics: readonly MetricOfMath[], sums: Readonly<Record<string, number>>) {
  const values: Record<string, number | undefined> = {};
  let result: number | undefined;
  for (const { Id, Expression, MetricStat, ReturnData } of metrics) {
    if (MetricStat !== undefined) {
      const { Namespace, MetricName } = MetricStat.Metric;
      values[Id] = sums[`${Namespace} ${MetricName}`];
    } else {
      const names = Object.keys(values);
      const math = new Function(...names, 'FILL', 'IF', `return ${Expression}`);
      const fill = (value: number | undefined, replacement: number) => value ?? replacement;
      const choose = (condition: boolean, yes: number, no: number) => (condition ? yes : no);
      values[Id] = math(...names.map((name) => values[name]), fill, choose);
    }
    if (ReturnData) result = values[Id];
  }
  return result;
}

test.each([
  ['the canary alone', { requests: 120, refused: 77, own: 120, ownRefused: 77 }, false],
  [
    'the canary and sound clients',
    { requests: 1120, refused: 78, own: 120, ownRefused: 77 },
    false,
  ],
  [
    'the canary and refused clients',
    { requests: 320, refused: 177, own: 120, ownRefused: 77 },
    true,
  ],
  ['refused clients between two runs', { requests: 100, refused: 20 }, true],
  ['sound clients between two runs', { requests: 100, refused: 5 }, false],
  // A request that API Gateway counts in the period before.
  ['one request off', { requests: 119, refused: 76, own: 120, ownRefused: 77 }, false],
])('with a canary: %s', (_, { requests, refused, ...canary }, goesOff) => {
  const {
    Metrics = [],
    MetricName,
    Period,
    Threshold,
  } = clientErrors({
    canary: 'rate(5 minutes)',
  });
  const { own, ownRefused }: { own?: number; ownRefused?: number } = canary;

  const share = evaluate(Metrics, {
    'AWS/ApiGateway Count': requests,
    'AWS/ApiGateway 4XXError': refused,
    ...(own !== undefined && { 'KinesisRestProxy Requests': own }),
    ...(ownRefused !== undefined && { 'KinesisRestProxy ClientErrors': ownRefused }),
  });

  expect(Number(share) > Threshold).toBe(goesOff);
  expect({ MetricName, Period }).toEqual({ MetricName: undefined, Period: undefined });
  expect(Metrics.filter(({ ReturnData }) => ReturnData)).toHaveLength(1);
});

test.each([
  ['the canary alone', { requests: 120, refused: 40, own: 120, ownRefused: 40 }, false],
  [
    'the canary and refused clients',
    { requests: 320, refused: 50, own: 120, ownRefused: 40 },
    true,
  ],
  ['sound clients between two runs', { requests: 1000, refused: 5 }, false],
])('with a canary, refusals by model: %s', (_, { requests, refused, ...canary }, goesOff) => {
  const { own, ownRefused }: { own?: number; ownRefused?: number } = canary;
  const alarm = clientErrors({ canary: 'rate(5 minutes)' }, 'ModelRefusalsAlarm');

  const share = evaluate(alarm.Metrics ?? [], {
    'AWS/ApiGateway Count': requests,
    'KinesisRestProxy ModelRefusals': refused,
    ...(own !== undefined && { 'KinesisRestProxy Requests': own }),
    ...(ownRefused !== undefined && { 'KinesisRestProxy CanaryModelRefusals': ownRefused }),
  });

  expect(Number(share) > alarm.Threshold).toBe(goesOff);
});
