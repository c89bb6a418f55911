import { stack } from '../../resources';
import { kinesisRestProxy, type Settings } from '../../resources/service';

const ARGV = ['node', 'serverless', 'deploy', '--stage', 'dev'];
const parts = (settings: Settings, ...options: string[]) =>
  kinesisRestProxy(settings, [...ARGV, ...options]);
const PARAMETER = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };

test('without settings the resources are the stack of the API', () => {
  const { resources, functions } = parts({});
  expect(Object.keys(resources.Resources)).toEqual(Object.keys(stack.Resources));
  expect(functions).toEqual({});
});

test("the service's own resources stand beside the API's", () => {
  const { resources } = parts({
    resources: { Resources: { Own: PARAMETER }, Outputs: { OwnName: { Value: 'x' } } },
  });
  expect(resources.Resources).toMatchObject({ ...stack.Resources, Own: PARAMETER });
  expect(resources.Outputs).toMatchObject({ ...stack.Outputs, OwnName: { Value: 'x' } });
});

test.each<[section: string, settings: Settings, name: string]>([
  ['Resources', { resources: { Resources: { RestApi: PARAMETER } } }, "resource 'RestApi'"],
  ['Outputs', { resources: { Outputs: { InvokeUrl: { Value: 'x' } } } }, "output 'InvokeUrl'"],
  [
    'Conditions',
    {
      resources: {
        Conditions: { [Object.keys(stack.Conditions)[0] ?? '']: { 'Fn::Equals': ['a', 'b'] } },
      },
    },
    "condition '",
  ],
  ['params.dev', { params: { dev: { streams: 'x' } } }, "parameter 'streams'"],
])('a name of the API in %s is refused', (section, settings, name) => {
  expect(() => parts(settings)).toThrow(name);
  expect(() => parts(settings)).toThrow(section);
  expect(() => parts(settings)).toThrow('has a name that the API needs');
});

test("parameters of the service keep the stage's row of the API", () => {
  const { params, custom } = parts({
    stages: { prod: { streams: 'orders-*' } },
    params: { prod: { bucket: 'sales' }, dev: { bucket: 'trial' } },
  });
  expect(params.prod).toMatchObject({
    streams: 'orders-*',
    manageStreams: 'false',
    bucket: 'sales',
  });
  expect(params.dev).toEqual({ bucket: 'trial' });
  expect(custom.kinesisRestProxy).toMatchObject({ ownParameters: ['bucket'] });
});

test('a stage with a canary has its function, its alarm and its plugins', () => {
  const settings: Settings = { stages: { dev: { canary: 'rate(5 minutes)' } } };
  const { functions, plugins, resources } = parts(settings);
  const plain = parts({});
  expect(Object.keys(functions)).toEqual(['canary']);
  expect(plugins.filter((name) => !plain.plugins.includes(name))).toEqual([
    'serverless-esbuild',
    './hooks/canary.ts',
  ]);
  // Whether and where a command runs is decided before the canary's plugin reads the stage.
  expect(plugins.indexOf('./hooks/destination.ts')).toBeLessThan(
    plugins.indexOf('./hooks/canary.ts'),
  );
  expect(Object.keys(resources.Resources).length).toBeGreaterThan(
    Object.keys(plain.resources.Resources).length,
  );
});

test('the default stage of the service decides on the canary where --stage is missing', () => {
  const rows = { production: { canary: 'rate(5 minutes)' } };
  const argv = ['node', 'serverless', 'deploy'];
  expect(kinesisRestProxy({ stages: rows, stage: 'production' }, argv).functions).toHaveProperty(
    'canary',
  );
  expect(kinesisRestProxy({ stages: rows }, argv).functions).toEqual({});
});

test('producers are in the stack, and handed to the hooks without a secret', () => {
  const { custom, resources, plugins } = parts({ producers: { acme: { keys: ['2026-06'] } } });
  const { producers } = custom.kinesisRestProxy as { producers: unknown };

  expect(producers).toEqual([{ name: 'acme', keys: ['2026-06'], endpoints: {} }]);
  expect(resources.Metadata).toMatchObject({ KinesisRestProxy: { producers } });
  expect(resources.Resources).toHaveProperty('ProduceracmeZk2026Z2d06Key');
  expect(plugins).toContain('./hooks/keys.ts');
});

test('a mistake in what another stage has of a producer is refused as well', () => {
  const producers = { acme: { stages: { prod: { rate: 5 } } } };
  expect(() => parts({ producers })).toThrow(
    "serverless.ts: producers.acme.stages.prod has 'rate' and no 'burst'. Give it both.",
  );
});
