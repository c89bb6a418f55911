import { createApiClient } from '../../../hooks/verify/api-client';

const DEPLOYMENT = 'abc123';
const unsigned = async (request: Request) => request;

function answer(
  status: number,
  body = '{}',
  deploymentId: string | undefined = DEPLOYMENT,
): Response {
  const headers: Record<string, string> = { 'x-amzn-requestid': 'request-1' };
  if (deploymentId !== undefined) headers['x-deployment-id'] = deploymentId;
  return new Response(body, { status, headers });
}

interface Given {
  readonly answers: (Response | Error)[];
  readonly signal?: AbortSignal;
  readonly sharesApi?: boolean;
  /** Milliseconds from now. */
  readonly retryMs?: number;
}

function clientOf({
  answers,
  signal = new AbortController().signal,
  sharesApi = false,
  retryMs = 60_000,
}: Given) {
  const requests: Request[] = [];
  const transport: typeof fetch = async (request) => {
    requests.push(request as Request);
    const next = answers.shift();
    if (next === undefined) throw new Error('asked once too often');
    if (next instanceof Error) throw next;
    return next;
  };
  const api = createApiClient({
    invokeUrl: 'https://api.example/dev',
    sign: async (request) => {
      request.headers.set('authorization', 'signed');
      return request;
    },
    deploymentId: DEPLOYMENT,
    sharesApi,
    signal,
    transport,
    retryUntil: Date.now() + retryMs,
    requestMs: 60_000,
    pauseMs: 0,
  });
  return { api, requests };
}

test('JSON goes to the path below the stage, signed', async () => {
  const { api, requests } = clientOf({ answers: [answer(200, '{"ok":1}')] });

  const exchange = await api.send({
    method: 'PUT',
    path: '/streams/s/record',
    body: { Data: 'x' },
  });

  expect(exchange).toMatchObject({
    method: 'PUT',
    url: 'https://api.example/dev/streams/s/record',
    requestBody: '{"Data":"x"}',
    status: 200,
    body: '{"ok":1}',
    requestId: 'request-1',
    attempts: 1,
  });
  expect(requests[0]?.headers.get('content-type')).toBe('application/json');
  expect(requests[0]?.headers.get('authorization')).toBe('signed');
  expect(await requests[0]?.text()).toBe('{"Data":"x"}');
});

test('what is reported of a request has no signature', async () => {
  const { api } = clientOf({ answers: [answer(200)] });
  const exchange = await api.send({ method: 'GET', path: '/streams', headers: { origin: 'x' } });
  expect(exchange.requestHeaders).toEqual({ origin: 'x' });
});

test('an anonymous request is sent without signature', async () => {
  const { api, requests } = clientOf({ answers: [answer(403)] });
  await api.send({ method: 'GET', path: '/streams', anonymous: true });
  expect(requests[0]?.headers.has('authorization')).toBe(false);
});

test('text is sent as it is, with its content type', async () => {
  const { api, requests } = clientOf({ answers: [answer(415)] });
  await api.send({ method: 'PUT', path: '/x', body: 'a=b', contentType: 'text/plain' });
  expect(requests[0]?.headers.get('content-type')).toBe('text/plain');
  expect(await requests[0]?.text()).toBe('a=b');
});

test.each([
  ['a server fault', answer(500)],
  ['throttling', answer(429)],
  ['a network fault', new TypeError('fetch failed')],
  ['an answer of the deployment before', answer(200, '{}', 'older')],
  ['a route not yet live, which no deployment signs', answer(403, '{}', '')],
])('%s is asked again', async (_, first) => {
  const { api } = clientOf({ answers: [first, answer(200, 'fine')] });

  await expect(api.send({ method: 'GET', path: '/streams' })).resolves.toMatchObject({
    body: 'fine',
    attempts: 2,
    retried: [expect.any(String)],
  });
});

test.each([400, 401, 403, 404, 409, 415])(
  'a wrong answer, %d, is not asked again',
  async (status) => {
    const { api, requests } = clientOf({ answers: [answer(status)] });

    await expect(api.send({ method: 'GET', path: '/streams' })).resolves.toMatchObject({
      status,
      attempts: 1,
    });
    expect(requests).toHaveLength(1);
  },
);

test('past the deadline a fault is the answer', async () => {
  const { api } = clientOf({ answers: [answer(503)], retryMs: -60_000 });
  await expect(api.send({ method: 'GET', path: '/streams' })).resolves.toMatchObject({
    status: 503,
  });

  const dead = clientOf({ answers: [new TypeError('fetch failed')], retryMs: -60_000 });
  await expect(dead.api.send({ method: 'GET', path: '/streams' })).rejects.toThrow('fetch failed');
});

test('faults of the moment are counted, and other deployments are none', async () => {
  const { api } = clientOf({
    answers: [answer(500), answer(200, '{}', 'older'), new TypeError('reset'), answer(200)],
  });
  await api.send({ method: 'GET', path: '/streams' });
  expect(api.tally).toEqual({ sent: 4, faulty: 2 });
});

test('an interrupted run asks no more', async () => {
  const interruption = new AbortController();
  interruption.abort(new Error('interrupted'));
  const { api, requests } = clientOf({
    answers: [new TypeError('fetch failed')],
    signal: interruption.signal,
  });

  await expect(api.send({ method: 'GET', path: '/streams' })).rejects.toThrow('interrupted');
  expect(requests.length).toBeLessThanOrEqual(1);
});

test('a request that takes too long is a fault', async () => {
  // As fetch does: a request that nobody holds is garbage, and its signal with it.
  const held: unknown[] = [];
  const api = createApiClient({
    invokeUrl: 'https://api.example/dev',
    sign: unsigned,
    deploymentId: DEPLOYMENT,
    signal: new AbortController().signal,
    transport: (request) =>
      new Promise((_, reject) => {
        held.push(request);
        const { signal } = request as Request;
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    retryUntil: 0,
    requestMs: 1,
  });
  await expect(api.send({ method: 'GET', path: '/streams' })).rejects.toThrow(/timeout/i);
  expect(api.tally.faulty).toBe(1);
});

test("somebody else's gateway names no deployment in its errors: they count once the routes are live", async () => {
  const refusal = () => new Response('{}', { status: 403 });
  const { api, requests } = clientOf({
    answers: [refusal(), answer(200), refusal()],
    sharesApi: true,
  });

  expect((await api.send({ method: 'GET', path: '/streams' })).status).toBe(200);
  expect((await api.send({ method: 'GET', path: '/streams', anonymous: true })).status).toBe(403);
  expect(requests).toHaveLength(3);
});

test('what passes through need not name the deployment, and an older one is still asked again', async () => {
  const backend = new Response('[]', { status: 200 });
  const { api, requests } = clientOf({ answers: [answer(403, '{}', 'older1'), backend] });

  const exchange = await api.send({ method: 'GET', path: '/topics', passesThrough: true });

  expect(exchange).toMatchObject({ status: 200, attempts: 2, retried: ['answered by older1'] });
  expect(requests).toHaveLength(2);
});
