import type { Options, Serverless } from '../../../../hooks/framework';
import { isAboutDoor, listedChecks, nameFor, planDoor } from '../../../../hooks/verify/doors/start';

const RECORD = {
  endpoint: 'PutRecord',
  method: 'PUT',
  path: '/{stream}',
  takes: { StreamName: 'path.stream', Data: 'body.data' },
};
const FIXED = { ...RECORD, path: '/', takes: { StreamName: 'fixed', Data: 'body' } };

const service = (content: object, stage = 'dev') =>
  ({
    service: { service: 'shop' },
    utils: { readFileSync: () => content },
    getProvider: () => ({ getStage: () => stage, getRegion: () => 'eu-west-1' }),
  }) as unknown as Serverless;
const kinesis = {
  config: { credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 's' }) },
} as never;

const URL_AND_ROUTES = { url: 'https://door.example/prod/', routes: 'door.json' };

const plan = (content: object, options: Options = {}) =>
  planDoor({ ...URL_AND_ROUTES, ...options }, service(content), kinesis);

test.each([
  [{}, false],
  [{ url: 'https://a.example' }, true],
  [{ routes: 'a.yml' }, true],
  [{ stream: 's' }, true],
])('%j is about a door: %s', (options, expected) => {
  expect(isAboutDoor(options)).toBe(expected);
});

test.each([
  [{ routes: undefined }, '--url needs --routes FILE'],
  [{ url: undefined }, '--routes needs --url URL'],
  [{ url: undefined, routes: undefined, stream: 's' }, '--stream needs --url URL'],
  [{ url: 'door.example' }, '--url door.example: it takes the URL'],
  [{ url: 'ftp://door.example' }, 'it takes the URL'],
  [{ url: 'https://door.example/?a=b' }, 'it takes the URL'],
] as const)('%j is refused', async (options, says) => {
  await expect(plan({ routes: [RECORD] }, options as never)).rejects.toThrow(says);
});

test('stage local has no streams but those of this machine', async () => {
  const local = service({ routes: [RECORD] }, 'local');
  const near = { ...URL_AND_ROUTES, url: 'http://127.0.0.1:4566/x' };

  await expect(planDoor(URL_AND_ROUTES, local, kinesis)).rejects.toThrow('--stage dev');
  await expect(planDoor(near, local, kinesis)).resolves.toMatchObject({ isNamed: false });
});

test('a throw-away stream, where the routes can be told one', async () => {
  const { stream, isNamed, target } = await plan({ streams: 'orders-*', routes: [RECORD] });

  expect(stream).toMatch(/^orders-verify-shop-dev-/);
  expect(isNamed).toBe(false);
  expect(target).toMatchObject({ invokeUrl: 'https://door.example/prod', region: 'eu-west-1' });
});

test.each([
  ['of one stream', { routes: [FIXED] }],
  ['that reach one stream', { streams: 'orders', routes: [RECORD] }],
])('routes %s write to it only by its name', async (_, content) => {
  await expect(plan(content)).rejects.toThrow(/Pass --stream|pass --stream/);
  await expect(plan(content, { 'read-only': true })).resolves.toMatchObject({ isNamed: false });
  const named = await plan(content, { stream: 'orders' });
  expect(named).toMatchObject({ stream: 'orders', isNamed: true });
  expect(named.checks.DeleteStream?.skipReason?.(named.target)).toContain('stays');
});

test('with --read-only no check writes', () => {
  const options = { ...URL_AND_ROUTES, 'read-only': true };
  const checks = listedChecks(options, service({ routes: [RECORD] }));

  expect(Object.values(checks).filter(({ writes }) => writes)).toEqual([]);
  expect(Object.keys(checks)).toContain('UnknownRoute');
});

test('titles name the routes of the door', () => {
  const { PutRecordEmpty, ListShards } = listedChecks(
    URL_AND_ROUTES,
    service({ routes: [RECORD] }),
  );

  expect(PutRecordEmpty?.title).toBe('PUT /{stream}: stores empty text');
  expect(ListShards?.title).toBe('ListShards');
  expect(ListShards?.skipReason?.({} as never)).toBe('not described: ListShards');
});

test('every wildcard of the streams is filled', () => {
  expect(nameFor('a-?-*-b*', { service: 's', stage: 'dev' })).toMatch(/^a-x-verify-s-dev-.*-b$/);
});
