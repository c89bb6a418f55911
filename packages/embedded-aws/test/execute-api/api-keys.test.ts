import type { Properties } from '../../src/core/resource-handler';
import { apiUnderTest, mockIntegration } from './api-under-test';

const VALUE = 'a-key-of-twenty-characters';
const FORBIDDEN = { status: 403, text: '{"message":"Forbidden"}' };

async function apiWithPlan(plan: Properties = {}, key: Properties = {}) {
  let time = Date.UTC(2026, 10, 22, 12);
  const api = await apiUnderTest({ options: { now: () => time } });
  await api.route({ properties: { ApiKeyRequired: true }, integration: mockIntegration() });
  await api.deploy();
  const { physicalId: KeyId } = await api.stack.create('ApiKey', {
    Enabled: true,
    Value: VALUE,
    ...key,
  });
  const { physicalId: UsagePlanId } = await api.stack.create('UsagePlan', {
    ApiStages: [{ ApiId: api.restApiId, Stage: 'dev' }],
    ...plan,
  });
  await api.stack.create('UsagePlanKey', { KeyId, KeyType: 'API_KEY', UsagePlanId });
  return {
    ...api,
    KeyId,
    UsagePlanId,
    get: (value: string | undefined = VALUE) =>
      api.call({ path: '/', headers: value === '' ? {} : { 'x-api-key': value } }),
    later(milliseconds: number) {
      time += milliseconds;
    },
  };
}

describe('API keys', () => {
  test('open the stages of their plan', async () => {
    const api = await apiWithPlan();

    expect((await api.get()).status).toBe(200);
    expect(await api.get('')).toMatchObject(FORBIDDEN);
    expect(await api.get('another-key-of-twenty-chars')).toMatchObject(FORBIDDEN);
  });

  test('that are disabled, or of no plan, open nothing', async () => {
    const disabled = await apiWithPlan({}, { Enabled: false });
    const removed = await apiWithPlan();
    await removed.stack.delete('UsagePlanKey', `${removed.KeyId}:${removed.UsagePlanId}`, {});

    expect(await disabled.get()).toMatchObject(FORBIDDEN);
    expect(await removed.get()).toMatchObject(FORBIDDEN);
  });

  test('are throttled by their plan and filled up at its rate', async () => {
    const api = await apiWithPlan({ Throttle: { BurstLimit: 2, RateLimit: 1 } });

    const statuses = [await api.get(), await api.get(), await api.get()].map((r) => r.status);
    const refused = await api.get();
    api.later(1000);
    const again = await api.get();

    expect(statuses).toEqual([200, 200, 429]);
    expect(refused).toMatchObject({ status: 429, text: '{"message":"Too Many Requests"}' });
    expect(refused.headers['x-amzn-ErrorType']).toBe('TooManyRequestsException');
    expect(again.status).toBe(200);
  });

  test('are cut off at the quota of the period, and back in the next', async () => {
    const api = await apiWithPlan({ Quota: { Limit: 2, Period: 'DAY', Offset: 0 } });

    await api.get();
    await api.get();
    const over = await api.get();
    api.later(24 * 60 * 60 * 1000);
    const next = await api.get();

    expect(over).toMatchObject({ status: 429, text: '{"message":"Limit Exceeded"}' });
    expect(over.headers['x-amzn-ErrorType']).toBe('LimitExceededException');
    expect(next.status).toBe(200);
  });
});

describe('two keys of one plan', () => {
  const OTHER = 'another-of-twenty-characters';

  async function withTwoKeys(plan: Properties) {
    const api = await apiWithPlan(plan);
    const { physicalId: KeyId } = await api.stack.create('ApiKey', { Enabled: true, Value: OTHER });
    const { UsagePlanId } = api;
    await api.stack.create('UsagePlanKey', { KeyId, KeyType: 'API_KEY', UsagePlanId });
    return api;
  }

  test.each([
    ['quota', { Quota: { Limit: 1, Period: 'DAY' } }],
    ['rate', { Throttle: { RateLimit: 1, BurstLimit: 1 } }],
  ])('each have the whole %s', async (_, plan) => {
    const api = await withTwoKeys(plan);
    const statuses = [];
    for (const value of [VALUE, VALUE, OTHER, OTHER]) statuses.push((await api.get(value)).status);

    expect(statuses).toEqual([200, 429, 200, 429]);
  });
});

test('a method’s own limit in a plan holds beside the plan’s, and nowhere else', async () => {
  const api = await apiUnderTest({ options: { now: () => 0 } });
  for (const path of ['/a', '/b']) {
    await api.route({ path, properties: { ApiKeyRequired: true }, integration: mockIntegration() });
  }
  await api.deploy();
  const { physicalId: KeyId } = await api.stack.create('ApiKey', { Enabled: true, Value: VALUE });
  const { physicalId: UsagePlanId } = await api.stack.create('UsagePlan', {
    ApiStages: [
      {
        ApiId: api.restApiId,
        Stage: 'dev',
        Throttle: { '/a/GET': { RateLimit: 1, BurstLimit: 1 } },
      },
    ],
    Throttle: { RateLimit: 1, BurstLimit: 3 },
  });
  await api.stack.create('UsagePlanKey', { KeyId, KeyType: 'API_KEY', UsagePlanId });
  const statuses: number[] = [];
  for (const path of ['/a', '/a', '/b', '/b', '/b']) {
    statuses.push((await api.call({ path, headers: { 'x-api-key': VALUE } })).status);
  }

  expect(statuses).toEqual([200, 429, 200, 200, 429]);
});

describe('throttling of a stage', () => {
  const setting = (ResourcePath: string, HttpMethod: string, burst: number) => ({
    ResourcePath,
    HttpMethod,
    ThrottlingBurstLimit: burst,
    ThrottlingRateLimit: 1,
  });

  test('holds for each method by itself, a method’s own settings first', async () => {
    const api = await apiUnderTest({ options: { now: () => 0 } });
    await api.route({ path: '/a', integration: mockIntegration() });
    await api.route({ path: '/b/{c}', integration: mockIntegration() });
    await api.deploy({
      MethodSettings: [setting('/*', '*', 1), setting('/~1b~1{c}', 'GET', 2)],
    });
    const statuses = async (path: string) => [
      (await api.call({ path })).status,
      (await api.call({ path })).status,
      (await api.call({ path })).status,
    ];

    expect(await statuses('/a')).toEqual([200, 429, 429]);
    expect(await statuses('/b/x')).toEqual([200, 200, 429]);
  });

  test('of nothing lets nothing through', async () => {
    const api = await apiUnderTest();
    await api.route({ integration: mockIntegration() });
    await api.deploy({ MethodSettings: [setting('/*', '*', 0)] });

    expect((await api.call({ path: '/' })).status).toBe(429);
  });
});
