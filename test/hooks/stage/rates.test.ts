import { GetStageCommand, TestInvokeMethodCommand } from '@aws-sdk/client-api-gateway';
import { DescribeStreamSummaryCommand, GetRecordsCommand } from '@aws-sdk/client-kinesis';
import { isLoopback, Rates, SHARED, sharesOf } from '../../../hooks/stage/rates';
import type { Target } from '../../../hooks/stage/target';
import { endpointOf } from '../../../resources/endpoints';
import { KINESIS_QUOTAS } from '../../../resources/kinesis-quotas';

// Sped up, so that the tests take moments.
const FACTOR = 50;

const rates = (factor = FACTOR, signal = new AbortController().signal) =>
  new Rates({ shares: SHARED, factor, signal });

/** How many a second go, at the usual speed, when as many as one likes are wanted. */
async function perSecond(act: (own: Rates) => Promise<void>): Promise<number> {
  const own = rates();
  const count = 6;
  await act(own);
  const started = performance.now();
  for (let nth = 0; nth < count; nth += 1) await act(own);
  return count / ((performance.now() - started) / 1_000) / FACTOR;
}

test.each([
  ['ListStreams', 'GET', '/streams?limit=1'],
  ['CreateStream', 'POST', '/streams/orders'],
  ['DeleteStream', 'DELETE', '/streams/orders'],
  ['DescribeStream', 'GET', '/streams/orders'],
  ['GetShardIterator', 'GET', '/streams/orders/sharditerator?shard-id=x'],
  ['GetRecords', 'GET', '/streams/it%27s/records'],
] as const)('requests to %s take half of its limit at the most', async (id, method, path) => {
  const limit = endpointOf(id).throttle?.rate ?? 0;

  const taken = await perSecond((own) => own.request(method, path));

  // Timers are accurate to a millisecond, of ten or twenty here.
  expect(taken).toBeLessThanOrEqual((limit / 2) * 1.2);
  expect(taken).toBeGreaterThan(limit / 10);
});

test('commands take a fifth of the quota that they share', async () => {
  const command = new DescribeStreamSummaryCommand({ StreamName: 'x' });

  const taken = await perSecond((own) => own.command('kinesis', command));

  expect(taken).toBeLessThanOrEqual((KINESIS_QUOTAS.DescribeStreamSummary.rate / 5) * 1.3);
});

test('requests and tests of a method wait for one another, where the quota is one', async () => {
  const own = rates(1_000);
  const tested = new TestInvokeMethodCommand({
    restApiId: 'a',
    resourceId: 'b',
    httpMethod: 'GET',
    pathWithQueryString: '/below/a/root/streams',
  });
  const started = performance.now();

  for (let nth = 0; nth < 50; nth += 1) {
    await own.request('GET', '/streams');
    await own.command('apiGateway', tested);
  }

  expect(performance.now() - started).toBeGreaterThan(60);
});

test.each([
  ['writes', (own: Rates) => own.request('PUT', '/streams/orders/record')],
  ['paths without an endpoint', (own: Rates) => own.request('GET', '/nowhere')],
  [
    "reads of one's own shard",
    (own: Rates) => own.command('kinesis', new GetRecordsCommand({ ShardIterator: 'x' })),
  ],
  [
    'IAM',
    (own: Rates) => own.command('iam', new GetStageCommand({ restApiId: 'a', stageName: 'b' })),
  ],
])('%s do not wait', async (_, act) => {
  const own = rates(0.001);

  for (let nth = 0; nth < 5; nth += 1) await act(own);
});

test('those that wait at once go one after another', async () => {
  const own = rates();
  const wentAt: number[] = [];

  await Promise.all(
    Array.from({ length: 4 }, async () => {
      await own.request('GET', '/streams');
      wentAt.push(performance.now());
    }),
  );

  // Single gaps are those of a busy machine's timers; the first goes at once.
  const [first = 0] = wentAt;
  expect((wentAt.at(-1) ?? 0) - first).toBeGreaterThan(50);
});

test('an end of the run ends the waiting', async () => {
  const controller = new AbortController();
  const own = rates(0.001, controller.signal);
  await own.request('GET', '/streams');
  const waiting = own.request('GET', '/streams');

  controller.abort(new Error('over'));

  await expect(waiting).rejects.toThrow();
});

const stage = (invokeUrl: string, parameters: object, stack?: object) =>
  ({ invokeUrl, parameters: { restApiId: '', ...parameters }, stack }) as Target;
const AWS = 'https://a.execute-api.us-east-1.amazonaws.com/dev';
const LAPTOP = 'http://127.0.0.1:4566/_aws/execute-api/a/local';
const ALL = Number.POSITIVE_INFINITY;

test.each([
  [AWS, { endpointThrottles: 'true' }, 1 / 2, 1 / 5],
  [AWS, { endpointThrottles: 'false' }, 1 / 2, 1 / 5],
  [AWS, { endpointThrottles: 'true', restApiId: 'a' }, 1 / 2, 1 / 5],
  [LAPTOP, { endpointThrottles: 'true' }, 1 / 2, ALL],
  [LAPTOP, { endpointThrottles: 'false' }, ALL, ALL],
  // The stage of somebody else's API has no limits of this service's.
  [LAPTOP, { endpointThrottles: 'true', restApiId: 'a' }, ALL, ALL],
])(
  'a run on %s with %j takes %p of a limit and %p of a quota',
  (invokeUrl, parameters, ofThrottle, ofQuota) => {
    expect(sharesOf(stage(invokeUrl, parameters))).toEqual({ ofThrottle, ofQuota });
  },
);

test.each([
  [AWS, 1 / 5],
  [LAPTOP, ALL],
])('on a shadow stage, which no client knows, a run on %s takes all of a limit', (url, ofQuota) => {
  const shadow = stage(url, { endpointThrottles: 'true' }, { live: 'dev' });

  expect(sharesOf(shadow)).toEqual({ ofThrottle: 1, ofQuota });
});

test.each([
  ['http://localhost:4566', true],
  ['http://a.execute-api.localhost:4566/dev', true],
  ['http://[::1]:1', true],
  ['http://127.0.0.2', true],
  ['https://127.0.0.1.example.com', false],
  ['https://localhost.example.com', false],
  ['', false],
])('%s is on this machine: %p', (url, expected) => {
  expect(isLoopback(url)).toBe(expected);
});
