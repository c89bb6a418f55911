import { resolve } from '../../hooks/drift/resolve';
import type { Target } from '../../hooks/stage/target';
import { kinesisRestProxy } from '../../resources/service';
import { compiledStack } from '../support/compiled-stack';

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly properties: {
    readonly title: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly (string | object)[])[];
  };
}

function widgetsOf(values: Readonly<Record<string, string>>): readonly Widget[] {
  const template = compiledStack(values);
  const stack = { template, physicalIds: {}, partition: 'aws', accountId: '123456789012' };
  const body = resolve(
    (template.Resources.Dashboard?.Properties as { DashboardBody?: unknown } | undefined)
      ?.DashboardBody,
    { region: 'eu-central-1' } as Target,
    stack as never,
  );
  return JSON.parse(String(body)).widgets;
}

const titles = (values: Readonly<Record<string, string>>) =>
  widgetsOf(values).map(({ properties }) => properties.title);

test('a stage has its traffic, what was refused and what Kinesis did', () => {
  expect(titles({ streams: 'orders' })).toEqual([
    'kinesis-rest-proxy-dev',
    'Requests',
    'Errors',
    'Latency',
    'Refused by a model',
    'Throttled (429)',
    'Partly failed batches (207)',
    'Records that failed in batches',
    'Throttles of Kinesis',
    'Records written',
    'Failed deployments',
  ]);
});

test.each<[string, Record<string, string>, string, boolean]>([
  ['with a canary', { canary: 'rate(5 minutes)' }, 'Canary: checks', true],
  ['without one', {}, 'Canary: checks', false],
  ['without an access log', { accessLogs: 'false' }, 'Refused by a model', false],
  [
    "under somebody else's API",
    { restApiId: 'a1b2c3d4e5', rootResourceId: 'f6g7h8' },
    'Requests',
    false,
  ],
  ['with many streams', {}, 'Throttles of Kinesis, by stream of the region', true],
])('%s (%j), "%s" is there: %s', (_what, values, title, isThere) => {
  expect(titles(values).includes(title)).toBe(isThere);
});

test('every alarm of the stage is in its row', () => {
  const template = compiledStack();
  const alarms = Object.entries(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm',
  );

  expect(widgetsOf({})[0]?.properties.alarms).toEqual(
    alarms.map(([id]) => `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${id}`),
  );
});

test("the canary's alarm is in the row of a stage with a canary", () => {
  const { resources } = kinesisRestProxy({}, ['--stage', 'dev', '--param', 'canary=rate(1 hour)']);

  expect(JSON.stringify(resources.Resources)).toContain('${CanaryAlarm.Arn}');
});

test('a metric has a name and a value for each dimension, then how it is shown', () => {
  for (const { properties } of widgetsOf({ streams: 'orders', canary: 'rate(5 minutes)' })) {
    for (const metric of properties.metrics ?? []) {
      expect(typeof metric.at(-1)).toBe('object');
      expect(metric.slice(0, -1).every((part) => typeof part === 'string')).toBe(true);
      expect(metric.length % 2).toBe(1);
    }
  }
});

test('there is none where it is switched off', () => {
  expect(compiledStack({ dashboard: 'false' }).Resources).not.toHaveProperty('Dashboard');
});
