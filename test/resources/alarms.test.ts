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

function clientErrors(values: Readonly<Record<string, string>>) {
  const { Properties } = compiledStack(values).Resources.ClientErrorsAlarm ?? {};
  return Properties as {
    readonly MetricName?: string;
    readonly Statistic?: string;
    readonly Period?: number;
    readonly Metrics?: readonly MetricOfMath[];
    readonly Threshold: number;
  };
}

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
