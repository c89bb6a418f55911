import { createApiClient } from '../../../hooks/verify/api-client';

const unsigned = async (request: Request) => request;

function clientOf(answers: (Response | Error)[], signal = new AbortController().signal) {
  const requests: Request[] = [];
  const transport: typeof fetch = async (request) => {
    requests.push(request as Request);
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked once too often');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const api = createApiClient({
    invokeUrl: 'https://api.example/dev',
    sign: unsigned,
    signal,
    transport,
    attempts: 6,
    pauseMs: 0,
  });
  return { api, requests };
}

test('JSON goes to the path below the stage', async () => {
  const { api, requests } = clientOf([
    new Response('{"ok":1}', { headers: { 'x-amzn-requestid': 'abc' } }),
  ]);

  const exchange = await api.send('PUT', '/streams/s/record', { Data: 'x' });

  expect(exchange).toMatchObject({
    method: 'PUT',
    url: 'https://api.example/dev/streams/s/record',
    requestBody: '{"Data":"x"}',
    status: 200,
    body: '{"ok":1}',
    requestId: 'abc',
    attempts: 1,
  });
  expect(requests[0]?.headers.get('content-type')).toBe('application/json');
  expect(await requests[0]?.text()).toBe('{"Data":"x"}');
});

test.each([
  ['a server fault', new Response('', { status: 500 })],
  ['throttling', new Response('', { status: 429 })],
  [
    'a route not yet live',
    new Response('{"message":"Missing Authentication Token"}', { status: 403 }),
  ],
  ['a network fault', new TypeError('fetch failed')],
])('%s is asked again', async (_, first) => {
  const { api } = clientOf([first, new Response('fine')]);

  await expect(api.send('GET', '/streams')).resolves.toMatchObject({ body: 'fine', attempts: 2 });
});

test.each([400, 401, 403, 404, 409, 415])(
  'a wrong answer, %d, is not asked again',
  async (status) => {
    const { api, requests } = clientOf([new Response('{"message":"no"}', { status })]);

    await expect(api.send('GET', '/streams')).resolves.toMatchObject({ status, attempts: 1 });
    expect(requests).toHaveLength(1);
  },
);

test('a fault that stays is the answer in the end', async () => {
  const { api } = clientOf(Array.from({ length: 6 }, () => new Response('', { status: 503 })));

  await expect(api.send('GET', '/streams')).resolves.toMatchObject({ status: 503, attempts: 6 });
});

test('an interrupted run asks no more', async () => {
  const interruption = new AbortController();
  interruption.abort(new Error('interrupted'));
  const { api, requests } = clientOf([new TypeError('fetch failed')], interruption.signal);

  await expect(api.send('GET', '/streams')).rejects.toThrow();
  expect(requests.length).toBeLessThanOrEqual(1);
});
