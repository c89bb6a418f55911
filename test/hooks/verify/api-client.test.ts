import { createApiClient } from '../../../hooks/verify/api-client';
import { CheckFailure } from '../../../hooks/verify/check';

const DEPLOYMENT = 'abc123';
const unsigned = async (request: Request) => request;

function answer(
  status: number,
  body = '{}',
  deploymentId: string | undefined = DEPLOYMENT,
): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amzn-requestid': 'request-1',
  };
  if (deploymentId !== undefined) headers['x-deployment-id'] = deploymentId;
  return new Response(body, { status, headers });
}

interface Given {
  readonly answers: (Response | Error)[];
  readonly signal?: AbortSignal;
  readonly sharesApi?: boolean;
  readonly requestMs?: number;
  /** True if the transport neither answers nor reacts to being aborted. */
  readonly isDeaf?: boolean;
  /** In place of the answers. */
  readonly transport?: typeof fetch;
  readonly retryMs?: number;
}

function clientOf({
  answers,
  signal = new AbortController().signal,
  sharesApi = false,
  retryMs = 60_000,
  requestMs = 60_000,
  isDeaf = false,
  transport: given,
}: Given) {
  const requests: Request[] = [];
  const transport: typeof fetch = async (request) => {
    requests.push(request as Request);
    if (isDeaf) return new Promise(() => {});
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
    transport: given ?? transport,
    retryMs,
    requestMs,
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
  const { api } = clientOf({ answers: [first, answer(200, '"fine"')] });

  await expect(api.send({ method: 'GET', path: '/streams' })).resolves.toMatchObject({
    body: '"fine"',
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
});

test('faults of the moment are counted, and other deployments are none', async () => {
  const { api } = clientOf({
    answers: [answer(500), answer(200, '{}', 'older'), new TypeError('reset'), answer(200)],
  });
  await api.send({ method: 'GET', path: '/streams' });
  expect(api.tally).toMatchObject({ sent: 4, faulty: 2, answers: 1, wrong: 1, lost: 1 });
  expect(api.tally.retried).toEqual([
    { request: 'GET /streams', why: ['status 500', 'answered by older', 'reset'] },
  ]);
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
    retryMs: 0,
    requestMs: 1,
  });
  await expect(api.send({ method: 'GET', path: '/streams' })).rejects.toThrow(
    /The API at https:\/\/api\.example\/dev does not answer \(no answer in \d+ ms, asked 5 times\)/,
  );
  expect(api.tally).toMatchObject({ faulty: 5, lost: 5, wrong: 0 });
});

test("somebody else's gateway names no deployment in its errors: they count once the routes are live", async () => {
  const refusal = () => Response.json({}, { status: 403 });
  const { api, requests } = clientOf({
    answers: [refusal(), answer(200), refusal()],
    sharesApi: true,
  });

  expect((await api.send({ method: 'GET', path: '/streams' })).status).toBe(200);
  expect((await api.send({ method: 'GET', path: '/streams', anonymous: true })).status).toBe(403);
  expect(requests).toHaveLength(3);
});

test('what passes through need not name the deployment, and an older one is still asked again', async () => {
  const backend = Response.json([]);
  const { api, requests } = clientOf({ answers: [answer(403, '{}', 'older1'), backend] });

  const exchange = await api.send({ method: 'GET', path: '/topics', passesThrough: true });

  expect(exchange).toMatchObject({ status: 200, attempts: 2, retried: ['answered by older1'] });
  expect(requests).toHaveLength(2);
});

const GET = { method: 'GET', path: '/streams' };

describe('an answer that is not JSON', () => {
  const page = (status: number, type = 'text/html') =>
    new Response('<html>Welcome</html>', { status, headers: { 'content-type': type } });
  const signed = (response: Response) => {
    response.headers.set('x-deployment-id', DEPLOYMENT);
    return response;
  };

  test.each([
    ['a page of something in between', page(200)],
    ["a page that bears the deployment's id", signed(page(200))],
    ['a page that is called JSON', signed(page(200, 'application/json'))],
    ['a success that says nothing', signed(new Response('', { status: 200 }))],
    ['JSON that is called otherwise', signed(new Response('{}', { status: 201 }))],
  ])('is never a success, and no retry hides it: %s', async (_, first) => {
    const { api, requests } = clientOf({ answers: [first, answer(200)] });

    await expect(api.send(GET)).rejects.toThrow(/^the answer \(20[01]\) (is .+, not JSON|claims)/);
    expect(requests).toHaveLength(1);
  });

  test('is one that passes through neither', async () => {
    const { api } = clientOf({ answers: [page(200)] });
    await expect(api.send({ ...GET, passesThrough: true })).rejects.toThrow(', not JSON');
  });

  test('with an error status counts as a wrong answer, also when the next one is right', async () => {
    const { api } = clientOf({ answers: [page(403), page(502), answer(200)] });
    await api.send(GET);
    expect(api.tally).toMatchObject({ wrong: 1, answers: 1 });
    expect(api.tally.retried[0]?.why).toEqual(['status 403 without JSON', 'status 502']);
  });

  test('a preflight has no body, and needs none', async () => {
    const { api } = clientOf({ answers: [signed(new Response(null, { status: 204 }))] });
    await expect(api.send({ ...GET, method: 'OPTIONS' })).resolves.toMatchObject({ status: 204 });
  });
});

describe('a request that is not answered', () => {
  test('may have been carried out, one that was refused for its rate was not', async () => {
    const { api } = clientOf({
      answers: [new TypeError('reset'), answer(429), answer(504), answer(200)],
    });
    await expect(api.send(GET)).resolves.toMatchObject({ attempts: 4, mayHaveActed: 3 });
  });

  const silent = () => Array.from({ length: 6 }, () => new TypeError('fetch failed'));

  test('although others are is the route that does not answer', async () => {
    const { api } = clientOf({
      answers: [answer(200), ...silent().slice(0, 5), answer(403)],
      retryMs: 0,
    });
    await api.send(GET);
    const failure = await api.send({ method: 'PUT', path: '/x' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CheckFailure);
    expect(String(failure)).toContain('PUT /x gets no answer (fetch failed, asked 5 times)');
  });

  test.each([
    ['from the beginning', [...silent()]],
    ['from some moment on', [answer(200), ...silent()]],
  ])('says nothing of the stage where no other is: %s', async (_, answers) => {
    const { api } = clientOf({ answers, retryMs: 0 });
    const send = () => api.send(GET);
    const failure = await send()
      .then(send)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Unasked', obstacle: 'silent', endsRun: true });
  });

  test('is told with what the network says', async () => {
    const refused = () =>
      new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND api.example') });
    const { api } = clientOf({ answers: Array.from({ length: 5 }, refused), retryMs: 0 });
    await expect(api.send(GET)).rejects.toThrow('getaddrinfo ENOTFOUND api.example');
  });

  test('nobody waits for a transport that does not listen to its signal', async () => {
    const { api } = clientOf({ answers: [], requestMs: 8, retryMs: 0, isDeaf: true });
    await expect(api.send(GET)).rejects.toMatchObject({ obstacle: 'silent' });
  });
});

describe('refused credentials', () => {
  const refusal = (type: string) => {
    const response = answer(403, '{"message":"The security token included is expired"}');
    response.headers.set('x-amzn-errortype', type);
    return response;
  };

  test.each([
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'InvalidSignatureException',
    'ExpiredTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/',
  ])('%s ends the run', async (type) => {
    const { api, requests } = clientOf({ answers: [refusal(type)] });
    await expect(api.send(GET)).rejects.toMatchObject({ obstacle: 'credentials', endsRun: true });
    expect(requests).toHaveLength(1);
  });

  test('who sends none is not told of his', async () => {
    const { api } = clientOf({ answers: [refusal('ExpiredTokenException')] });
    await expect(api.send({ ...GET, anonymous: true })).resolves.toMatchObject({ status: 403 });
  });

  test('one signature that does not match, after others that did, is the request', async () => {
    const { api } = clientOf({ answers: [answer(200), refusal('InvalidSignatureException')] });
    await api.send(GET);
    await expect(api.send(GET)).resolves.toMatchObject({ status: 403 });
  });

  test('what cannot be signed is not asked again', async () => {
    const error = Object.assign(new Error('the session has expired'), {
      name: 'CredentialsProviderError',
    });
    const { api } = clientOf({ answers: [error, answer(200)] });
    await expect(api.send(GET)).rejects.toMatchObject({ obstacle: 'credentials' });
  });
});

test('where answers take long, the next request is given the time at once', async () => {
  const patience: number[] = [];
  let tookMs = 60;
  const { api } = clientOf({
    answers: [],
    requestMs: 240,
    transport: async (request) => {
      const started = performance.now();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => resolve(answer(200)), tookMs);
        (request as Request).signal.addEventListener('abort', () => {
          clearTimeout(timer);
          patience.push(performance.now() - started);
          reject((request as Request).signal.reason);
        });
      });
    },
  });
  await api.send(GET);
  expect(patience.length).toBeGreaterThan(0);
  const late = patience.length;
  tookMs = 40;
  await api.send(GET);
  expect(patience).toHaveLength(late);
});

/** An error of the gateway itself, of no deployment that the client knows. */
function forbidden(headers: Record<string, string> = {}): Response {
  return new Response('{"message":"Forbidden"}', {
    status: 403,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': 'ForbiddenException',
      ...headers,
    },
  });
}

const filtered = (deploymentId?: string) =>
  answer(403, '{"code": "WAF_FILTERED", "message": "Forbidden", "requestId": "1"}', deploymentId);

describe('a request that a web ACL blocks', () => {
  test.each([
    ['of the deployment', filtered()],
    ['of none', filtered('')],
  ])('could not be asked, by an answer %s, signed or not', async (_, blocked) => {
    const { api } = clientOf({ answers: [blocked.clone(), blocked] });

    for (const anonymous of [false, true]) {
      await expect(api.send({ ...GET, anonymous })).rejects.toMatchObject({
        name: 'Unasked',
        obstacle: 'filtered',
        endsRun: false,
        message: expect.stringMatching(/^The web ACL .* blocks GET \/streams \(403/),
      });
    }
    expect(api.tally.sent).toBe(2);
  });

  test('is forbidden under a shared API, where the credentials are known to be good', async () => {
    const { api } = clientOf({ answers: [answer(200), forbidden()], sharesApi: true });
    await api.send(GET);

    await expect(api.send(GET)).rejects.toMatchObject({ obstacle: 'filtered' });
  });

  test.each([
    ['a key that may be wrong', [forbidden()], false],
    ['no credentials', [answer(200), forbidden()], true],
  ] as const)('is not told from %s', async (_, answers, anonymous) => {
    const { api } = clientOf({ answers: [...answers], sharesApi: true, retryMs: 0 });
    for (const [index] of answers.entries()) {
      const isLast = index === answers.length - 1;
      await expect(api.send({ ...GET, anonymous: isLast && anonymous })).resolves.toMatchObject({
        status: isLast ? 403 : 200,
      });
    }
  });
});

test("a limit that the stage's clients take up is no fault of the API's", async () => {
  const limited = answer(429, '{"code": "ThrottlingException"}');
  limited.headers.set('x-amzn-errortype', 'TooManyRequestsException');
  const { api } = clientOf({ answers: [limited], retryMs: 0 });

  await expect(api.send(GET)).rejects.toMatchObject({
    name: 'Unasked',
    obstacle: 'failing',
    message: expect.stringContaining('its clients take up the limit'),
  });
});

describe('Tokens', () => {
  const refused = () =>
    answer(401, '{"code": "EXPIRED_TOKEN", "message": "The incoming token has expired"}');
  const clientWith = (answers: Response[], renewals: boolean[]) => {
    const requests: Request[] = [];
    const api = createApiClient({
      invokeUrl: 'https://api.example/dev',
      sign: async (request) => {
        request.headers.set('authorization', `token ${requests.length + 1}`);
        return request;
      },
      deploymentId: DEPLOYMENT,
      signal: new AbortController().signal,
      transport: async (request) => {
        requests.push(request as Request);
        return answers.shift() ?? answer(200);
      },
      renews: (_, { status }) => status === 401 && renewals.shift() === true,
      hide: (text) => text.replaceAll('secret', '***'),
      retryMs: 60_000,
      requestMs: 60_000,
      pauseMs: 0,
    });
    return { api, sent: () => requests.map(({ headers }) => headers.get('authorization')) };
  };

  it('that have expired are asked for anew, and the request is sent again', async () => {
    const { api, sent } = clientWith([refused()], [true]);
    const { status, attempts, retried } = await api.send({ method: 'GET', path: '/streams' });
    expect({ status, attempts, retried }).toEqual({
      status: 200,
      attempts: 2,
      retried: ['the token has expired'],
    });
    expect(sent()).toEqual(['token 1', 'token 2']);
  });

  it('that cannot be renewed are refused, and so are those of a pretence', async () => {
    const { api } = clientWith([refused()], [false]);
    expect(await api.send({ method: 'GET', path: '/streams' })).toMatchObject({ status: 401 });
    const posing = clientWith([refused()], [true]);
    const pretence = {
      as: 'a bad token',
      sign: async (request: Request) => {
        request.headers.set('authorization', 'bad');
        return request;
      },
    };
    const bad = await posing.api.send({ method: 'GET', path: '/streams', pretence });
    expect(bad).toMatchObject({ status: 401, as: 'a bad token', anonymous: true });
    expect(posing.sent()).toEqual(['bad']);
  });

  it('that an answer repeats are not shown', async () => {
    const { api } = clientWith([answer(403, '{"message": "not Authorization=Bearer secret"}')], []);
    const { body } = await api.send({ method: 'GET', path: '/streams', anonymous: true });
    expect(body).toBe('{"message": "not Authorization=Bearer ***"}');
  });
});
