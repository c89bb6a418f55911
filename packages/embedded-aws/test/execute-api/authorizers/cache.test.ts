import { rootCaller } from '../../../src/core/caller';
import { authorizedApi, failing, policy, statement, TOKEN } from './authorized-api';

const orders = { path: '/streams/orders', headers: TOKEN };
const other = { path: '/other', headers: TOKEN };

/** An API with a clock of its own. */
async function timedApi(options: Parameters<typeof authorizedApi>[0] = {}) {
  const clock = { now: Date.UTC(2026, 10, 22) };
  const api = await authorizedApi({
    ...options,
    options: { now: () => clock.now, ...options.options },
  });
  return { ...api, clock };
}

describe('the answer of a function', () => {
  test.each([
    ['five minutes by default', undefined, 300],
    ['as long as the authorizer says', 60, 60],
  ])('is kept %s', async (_, authorizerResultTtlInSeconds, seconds) => {
    const { clock, events, call } = await timedApi({
      authorizer: { authorizerResultTtlInSeconds },
    });

    await call(orders);
    clock.now += seconds * 1000 - 1;
    await call(orders);
    expect(events).toHaveLength(1);

    clock.now += 1;
    await call(orders);
    expect(events).toHaveLength(2);
  });

  test('is not kept with 0 seconds', async () => {
    const { events, call } = await timedApi({ authorizer: { authorizerResultTtlInSeconds: 0 } });

    await call(orders);
    await call(orders);

    expect(events).toHaveLength(2);
  });

  test('is judged anew for each method and path', async () => {
    const { events, call } = await timedApi({
      answers: ({ methodArn }) => ({ policyDocument: policy(statement('Allow', methodArn)) }),
    });

    expect((await call(orders)).status).toBe(200);
    expect((await call(other)).status).toBe(403);
    expect((await call(orders)).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  test('is kept for the values of the identity sources', async () => {
    const { events, call } = await timedApi({
      authorizer: {
        type: 'REQUEST',
        identitySource: 'method.request.header.Authorization,method.request.querystring.tenant',
      },
    });

    for (const [tenant, token] of [
      ['a', 'x'],
      ['a', 'x'],
      ['b', 'x'],
      ['a', 'y'],
    ]) {
      await call({ ...orders, query: `tenant=${tenant}`, headers: { authorization: `${token}` } });
    }

    expect(events).toHaveLength(3);
  });

  test('is kept if it refuses, and not if it is an error', async () => {
    const refusing = await timedApi({ answers: () => ({ policyDocument: policy() }) });
    expect((await refusing.call(orders)).status).toBe(403);
    expect((await refusing.call(orders)).status).toBe(403);
    expect(refusing.events).toHaveLength(1);

    for (const message of ['Unauthorized', 'no database']) {
      const broken = await timedApi({ answers: () => failing(message) });
      await broken.call(orders);
      await broken.call(orders);
      expect(broken.events).toHaveLength(2);
    }
  });

  test('is forgotten when the stage is flushed, or gets another deployment', async () => {
    const { apiGateway, restApiId, events, call, deploy } = await timedApi();
    await call(orders);

    await deploy();
    await call(orders);
    expect(events).toHaveLength(2);

    const flushed = await apiGateway.handle(asOwner(flush(restApiId)));
    expect(flushed.status).toBe(202);
    await call(orders);
    expect(events).toHaveLength(3);
  });

  test.each<[string, (api: Awaited<ReturnType<typeof timedApi>>) => Promise<unknown>]>([
    ['flushed', async ({ apiGateway, restApiId }) => apiGateway.handle(asOwner(flush(restApiId)))],
    ['deployed', ({ deploy }) => deploy()],
  ])('is not kept if the stage was %s while the function ran', async (_, change) => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    let go = () => {};
    const changed = new Promise<void>((resolve) => {
      go = resolve;
    });
    const api = await timedApi({
      answers: async () => {
        isAsked();
        await changed;
        return { policyDocument: policy(statement('Allow')) };
      },
    });

    const first = api.call(orders);
    await asked;
    await change(api);
    go();
    expect((await first).status).toBe(200);
    await api.call(orders);
    expect(api.events).toHaveLength(2);
  });

  test('is kept as the authorizer was deployed', async () => {
    const { apiGateway, restApiId, events, call } = await timedApi();
    const deployed = apiGateway.store.find(restApiId)?.api.authorizers.get('auth01');
    if (deployed !== undefined) deployed.authorizerResultTtlInSeconds = 0;

    await call(orders);
    await call(orders);

    expect(events).toHaveLength(1);
  });
});

const flush = (restApiId: string) => ({
  method: 'DELETE',
  path: `/restapis/${restApiId}/stages/dev/cache/authorizers`,
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
});

const asOwner = (request: ReturnType<typeof flush>) => ({
  ...request,
  caller: rootCaller({ accountId: '000000000000', region: 'us-east-1' }),
  requestId: '1',
});
