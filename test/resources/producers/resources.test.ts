import { logicalIds } from '../../../resources/logical-ids';
import type { Producers } from '../../../resources/producers/declaration';
import { declaredProducers } from '../../../resources/producers/declared';
import type { Streams } from '../../../resources/streams/declaration';
import { compiledStack } from '../../support/compiled-stack';
import { declaredOnDev } from '../../support/in-process-stage';

const KEYS = { authorization: 'API_KEY' };

function compiled(
  producers: Producers,
  streams: Streams = {},
  values: Readonly<Record<string, string>> = KEYS,
) {
  const declared = declaredOnDev(streams);
  const own = declaredProducers(producers, { stage: 'dev', streams: declared });
  return compiledStack(values, 'dev', 'us-east-1', declared, own);
}

const both = { rate: 5, burst: 10 };

test('a producer has a plan with its limits, and each of its keys a place in it', () => {
  const { Resources } = compiled({
    acme: { keys: ['2026-06', '2026-12'], ...both, quotaPerDay: 1_000 },
  });

  expect(Resources.ProduceracmePlan).toMatchObject({
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      UsagePlanName: 'kinesis-rest-proxy-dev-acme',
      ApiStages: [{ ApiId: { Ref: 'RestApi' }, Stage: { Ref: 'Stage' } }],
      Throttle: { RateLimit: 5, BurstLimit: 10 },
      Quota: { Limit: 1_000, Period: 'DAY' },
      Tags: expect.arrayContaining([{ Key: 'service', Value: 'kinesis-rest-proxy' }]),
    },
  });
  expect(Resources.ProduceracmeZk2026Z2d06Key?.Properties).toMatchObject({
    Name: 'kinesis-rest-proxy-dev-acme-2026-06',
    Enabled: true,
  });
  expect(Resources.ProduceracmeZk2026Z2d06Access?.Properties).toEqual({
    KeyId: { Ref: 'ProduceracmeZk2026Z2d06Key' },
    KeyType: 'API_KEY',
    UsagePlanId: { Ref: 'ProduceracmePlan' },
  });
});

test('without limits of its own a plan has none', () => {
  const { Properties } = compiled({ acme: {} }).Resources.ProduceracmePlan ?? {};
  expect(Properties).not.toHaveProperty('Throttle');
  expect(Properties).not.toHaveProperty('Quota');
  expect(JSON.stringify(Properties)).not.toContain('Throttle');
});

test('API Gateway makes the values: no template has a value of a key', () => {
  const keys = Object.values(compiled({ acme: {}, zoo: {} }).Resources).filter(
    ({ Type }) => Type === 'AWS::ApiGateway::ApiKey',
  );
  expect(keys).toHaveLength(3);
  for (const { Properties } of keys) {
    expect(Properties).not.toHaveProperty('Value');
    expect(Properties).not.toHaveProperty('GenerateDistinctId');
  }
});

test('keys are put into plans one after the other, the stage’s own first', () => {
  const { Resources } = compiled({ acme: { keys: ['1', '2'] }, zoo: {} });
  const before = (id: string) => Resources[id]?.DependsOn;

  expect(before('ProduceracmeZk1Access')).toEqual(['UsagePlanKey']);
  expect(before('ProduceracmeZk2Access')).toEqual(['ProduceracmeZk1Access']);
  expect(before('ProducerzooZk1Access')).toEqual(['ProduceracmeZk2Access']);
});

test('a limit on a stream holds for each of its endpoints', () => {
  const producers = { acme: { ...both, endpoints: { clicks: { rate: 1, burst: 2 } } } };
  const streams: Streams = { clicks: { senders: ['json', 'pixel', 'ndjson'] }, orders: {} };
  const limits = { RateLimit: 1, BurstLimit: 2 };
  const throttles = (values = {}) => {
    const { Resources } = compiled(producers, streams, { ...KEYS, ...values });
    const { ApiStages = [] } = (Resources.ProduceracmePlan?.Properties ?? {}) as {
      ApiStages?: { Throttle?: object }[];
    };
    return ApiStages[0]?.Throttle;
  };

  expect(throttles()).toEqual({
    '/events/clicks/POST': limits,
    '/events/clicks/batch/POST': limits,
    '/events/clicks/pixel/GET': limits,
  });
  const shared = { restApiId: 'abc123', rootResourceId: 'r00t', rootPath: '/kinesis' };
  expect(Object.keys(throttles(shared) ?? {})).toContain('/kinesis/events/clicks/batch/POST');
});

test('the plan is for the stage of a shared API, whose name may be another', () => {
  const shared = { ...KEYS, restApiId: 'abc123', rootResourceId: 'r00t', restApiStage: 'live' };
  const { Resources } = compiled({ acme: {} }, {}, shared);
  expect(Resources.ProduceracmePlan?.Properties).toMatchObject({
    ApiStages: [{ ApiId: 'abc123', Stage: 'live' }],
  });
});

test('a stream that asks for keys is enough; where nothing asks for one there is none', () => {
  const ids = (streams: Streams, authorization: string) =>
    Object.keys(compiled({ acme: {} }, streams, { authorization }).Resources);
  const own = ['ProduceracmePlan', 'ProduceracmeZk1Key', 'ProduceracmeZk1Access'];

  expect(ids({ orders: { authorization: 'API_KEY' } }, 'AWS_IAM')).toEqual(
    expect.arrayContaining(own),
  );
  expect(ids({ orders: {} }, 'AWS_IAM').filter((id) => id.startsWith('Producer'))).toEqual([]);
});

test('no two keys and plans share a logical id, however they are named', () => {
  const names = ['a', 'A', 'Z', 'a-b', 'a_b', 'a.b', 'ab', 'aZ', 'aZk1', 'aZ2db', 'aPlan', 'aKey'];
  const keys = ['1', '1Plan', '1Access', '1Key', 'Zk1', '2026-06', '202606', '20260-6', 'k1Zk1'];
  const ids = names.flatMap((name) => [
    logicalIds.producerPlan(name),
    ...keys.flatMap((key) => [
      logicalIds.producerKey(name, key),
      logicalIds.producerAccess(name, key),
    ]),
  ]);

  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
  // Every character may become three.
  const longest = [`a${'-'.repeat(47)}`, `1${'.'.repeat(31)}`] as const;
  expect(logicalIds.producerAccess(...longest).length).toBeLessThanOrEqual(255);
});
