import { rootCaller } from '../../src/core/caller';
import type { Properties } from '../../src/core/resource-handler';
import { apiUnderTest } from './api-under-test';

async function httpApi(
  integration: Properties,
  answer: () => Response | Promise<Response> = () =>
    new Response('{"from":"http"}', {
      status: 200,
      headers: { 'content-type': 'application/json', 'x-backend': 'yes', server: 'nginx' },
    }),
) {
  const calls: { url: string; init: RequestInit }[] = [];
  const api = await apiUnderTest({
    options: {
      fetch: async (url, init = {}) => {
        calls.push({ url: String(url), init });
        return answer();
      },
    },
  });
  await api.route({
    method: 'ANY',
    path: '/{proxy+}',
    properties: { RequestParameters: { 'method.request.path.proxy': true } },
    integration: {
      IntegrationHttpMethod: 'ANY',
      Uri: 'http://$'.concat('{stageVariables.host}/base/{path}'),
      RequestParameters: { 'integration.request.path.path': 'method.request.path.proxy' },
      IntegrationResponses: [{ StatusCode: '200' }],
      ...integration,
    },
  });
  await api.deploy({ Variables: { host: 'backend.test:8080' } });
  return { ...api, calls };
}

describe('HTTP_PROXY', () => {
  test('hands on path, query, headers and body, and the answer as it comes', async () => {
    const api = await httpApi({ Type: 'HTTP_PROXY' });

    const response = await api.call({
      method: 'PUT',
      path: '/a/b',
      query: 'x=1&x=2',
      headers: { 'x-client': 'me', authorization: 'Bearer t' },
      body: 'raw',
    });

    const [call] = api.calls;
    expect(call?.url).toBe('http://backend.test:8080/base/a/b?x=1&x=2');
    expect(call?.init.method).toBe('PUT');
    const headers = new Headers(call?.init.headers);
    expect(headers.get('x-client')).toBe('me');
    expect(headers.get('authorization')).toBe('Bearer t');
    expect(headers.get('x-amzn-apigateway-api-id')).toBe(api.restApiId);
    expect(headers.has('host')).toBe(false);
    expect(Buffer.from(call?.init.body as Uint8Array).toString()).toBe('raw');
    expect(response).toMatchObject({ status: 200, text: '{"from":"http"}' });
    expect(response.headers).toMatchObject({
      'x-backend': 'yes',
      'x-amzn-Remapped-server': 'nginx',
    });
  });

  test('says nothing of a compression that is undone, and renames the backend’s own id', async () => {
    const api = await httpApi(
      { Type: 'HTTP_PROXY' },
      () =>
        new Response('plain', {
          headers: {
            'content-encoding': 'gzip',
            'content-length': '25',
            'x-amzn-requestid': 'of-the-backend',
          },
        }),
    );

    const { headers, text } = await api.call({ path: '/x' });

    expect(text).toBe('plain');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('x-amzn-Remapped-content-length');
    expect(headers['x-amzn-Remapped-x-amzn-requestid']).toBe('of-the-backend');
    expect(headers['x-amzn-RequestId']).not.toBe('of-the-backend');
  });

  // Recorded: LocalStack's test_http_integration_with_lambda, 2024-08-07, whose backend has a trace, and
  // test_apigateway_header_remapping_http, 2024-07-17, whose backend has none.
  test.each(['Root=of-the-backend', undefined])(
    'hands on the trace of the backend and adds none: %s',
    async (trace) => {
      const headers = trace === undefined ? undefined : { 'x-amzn-trace-id': trace };
      const api = await httpApi(
        { Type: 'HTTP_PROXY' },
        () => new Response('', headers && { headers }),
      );

      const answer = await api.call({ path: '/x' });

      expect(
        new Headers(Object.entries(answer.headers).map(([k, v]) => [k, String(v)])).get(
          'x-amzn-trace-id',
        ),
      ).toBe(trace ?? null);
    },
  );

  test('hands on every cookie', async () => {
    const cookies = ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'];
    const api = await httpApi(
      { Type: 'HTTP_PROXY' },
      () =>
        new Response('', {
          headers: cookies.map((cookie): [string, string] => ['set-cookie', cookie]),
        }),
    );

    const { headers } = await api.call({ path: '/x' });

    expect(headers['set-cookie']).toEqual(cookies);
  });

  test('hands on an error status too', async () => {
    const api = await httpApi({ Type: 'HTTP_PROXY' }, () => new Response('gone', { status: 410 }));

    expect(await api.call({ path: '/x' })).toMatchObject({ status: 410, text: 'gone' });
  });
});

describe('HTTP_PROXY, to the letter', () => {
  test.each([
    ['/a%2Fb/c', '/a%2Fb/c'],
    ['/a/%2e%2e/b', '/a/%2e%2e/b'],
    ['/a/../b', '/a/../b'],
    ['/%C3%A9t%C3%A9', '/%C3%A9t%C3%A9'],
    ['/%7Bpath%7D', '/%7Bpath%7D'],
    ['/$%7BstageVariables.host%7D', '/$%7BstageVariables.host%7D'],
    ['/__proto__/constructor', '/__proto__/constructor'],
  ])('path %s', async (path, expected) => {
    const api = await httpApi({ Type: 'HTTP_PROXY' });

    await api.call({ path });

    expect(api.calls[0]?.url).toBe(`http://backend.test:8080/base${expected}`);
  });

  test('a query is added to one that the URI has', async () => {
    const api = await httpApi({ Type: 'HTTP_PROXY', Uri: 'http://backend.test/?v=2' });

    await api.call({ path: '/x', query: 'a=%26&a=%C3%A9&b=' });

    expect(api.calls[0]?.url).toBe('http://backend.test/?v=2&a=%26&a=%C3%A9&b=');
  });

  test('what the method maps wins over what the client sent', async () => {
    const api = await httpApi({
      Type: 'HTTP_PROXY',
      RequestParameters: { 'integration.request.header.x-api-key': "'withheld'" },
    });

    await api.call({ path: '/x', headers: { 'x-api-key': 'secret' } });

    expect(new Headers(api.calls[0]?.init.headers).get('x-api-key')).toBe('withheld');
  });

  test.each(['GET', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS', 'POST'])(
    'ANY hands on %s',
    async (verb) => {
      const api = await httpApi({ Type: 'HTTP_PROXY' });

      await api.call({ method: verb, path: '/x' });

      expect(api.calls[0]?.init.method).toBe(verb);
    },
  );

  test('a path that is not mapped leaves the placeholder as it is written', async () => {
    const api = await httpApi({ Type: 'HTTP_PROXY', RequestParameters: {} });

    await api.call({ path: '/x' });

    expect(api.calls[0]?.url).toBe('http://backend.test:8080/base/{path}');
  });

  test('ten MiB go through, a byte more does not', async () => {
    const api = await httpApi({ Type: 'HTTP_PROXY' });
    const body = Buffer.alloc(10_485_760, 'x');

    const whole = await api.call({ method: 'POST', path: '/x', body });
    const more = await api.call({ method: 'POST', path: '/x', body: Buffer.concat([body, body]) });

    expect(whole.status).toBe(200);
    expect(Buffer.from(api.calls[0]?.init.body as Uint8Array)).toHaveLength(body.length);
    expect(more).toMatchObject({ status: 413, text: '{"message":"Request Too Long"}' });
    expect(api.calls).toHaveLength(1);
  });

  test('a backend that takes longer than the integration allows is 504', async () => {
    const never = () => new Promise<Response>(() => {});
    const api = await httpApi({ Type: 'HTTP_PROXY', TimeoutInMillis: 50 }, never);

    const response = await api.call({ path: '/x' });

    expect(response).toMatchObject({
      status: 504,
      text: '{"message": "Endpoint request timed out"}',
    });
  });

  test.each(['ftp://backend.test/x', 'backend.test', 'http://'])(
    'the address %j is nobody’s to call',
    async (uri) => {
      const api = await httpApi({ Type: 'HTTP_PROXY', Uri: '$'.concat('{stageVariables.uri}') });
      await api.deploy({ Variables: { uri } });

      expect(await api.call({ path: '/x' })).toMatchObject({ status: 500 });
      expect(api.calls).toEqual([]);
    },
  );

  test('a signature that let the caller in stays with the gateway', async () => {
    const calls: RequestInit[] = [];
    const api = await apiUnderTest({
      options: {
        fetch: async (_url, init = {}) => {
          calls.push(init);
          return new Response('{}');
        },
        verifySignature: () => rootCaller({ accountId: '000000000000', region: 'us-east-1' }),
      },
    });
    await api.route({
      path: '/{proxy+}',
      properties: {
        AuthorizationType: 'AWS_IAM',
        RequestParameters: { 'method.request.header.Authorization': false },
      },
      integration: {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'ANY',
        Uri: 'http://backend.test/x',
        RequestParameters: {
          'integration.request.header.copy': 'method.request.header.Authorization',
        },
      },
    });
    await api.deploy();

    await api.call({
      path: '/x',
      headers: { authorization: 'AWS4-HMAC-SHA256 Signature=0', 'x-amz-date': '20261122T000000Z' },
    });

    const headers = new Headers(calls[0]?.headers);
    expect(headers.has('authorization')).toBe(false);
    expect(headers.has('copy')).toBe(false);
    expect(headers.get('x-amz-date')).toBe('20261122T000000Z');
  });
});

describe('HTTP', () => {
  // Recorded: LocalStack's test_http_integration_method, 2024-07-05, and test_apigateway_header_remapping_http.
  test.each([
    ['POST', 'GET', 'text/csv'],
    ['POST', 'PUT', 'text/csv'],
    ['GET', 'GET', null],
    ['GET', 'POST', null],
    ['HEAD', 'POST', null],
  ])('the client’s type goes to a %s of the backend from a %s: %s', async (to, from, type) => {
    const api = await httpApi({ Type: 'HTTP', IntegrationHttpMethod: to });

    await api.call({
      method: from,
      path: '/x',
      headers: { 'content-type': 'text/csv' },
      body: 'a',
    });

    const { method, headers, body } = api.calls[0]?.init ?? {};
    expect(method).toBe(to);
    expect(new Headers(headers).get('content-type')).toBe(type);
    expect(String(Buffer.from(body as Uint8Array))).toBe('a');
  });

  test('sends only what is mapped, and maps the answer by its status', async () => {
    const api = await httpApi({
      Type: 'HTTP',
      RequestTemplates: { 'application/json': 'made' },
    });

    const response = await api.call({
      method: 'POST',
      path: '/x',
      query: 'q=1',
      headers: { 'x-client': 'me' },
    });

    const [call] = api.calls;
    expect(call?.url).toBe('http://backend.test:8080/base/x');
    expect(new Headers(call?.init.headers).has('x-client')).toBe(false);
    expect(Buffer.from(call?.init.body as Uint8Array).toString()).toBe('made');
    expect(response.text).toBe('{"from":"http"}');
    expect(response.headers).not.toHaveProperty('x-backend');
  });

  test.each([
    ['ECONNREFUSED', 504, 'Network error communicating with endpoint'],
    ['ENOTFOUND', 500, 'Internal server error'],
  ])('a backend that fails with %s is a %d', async (code, status, message) => {
    const api = await httpApi({ Type: 'HTTP' }, () => {
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error(code), { code }),
      });
    });

    const response = await api.call({ path: '/x' });

    expect(response).toMatchObject({ status, text: `{"message": "${message}"}` });
  });
});

// Recorded: L test_apigateway_header_remapping_http, 17-07-2024.
describe('headers to an HTTP backend', () => {
  const sentHeaders = async (integration: Properties, body: string) => {
    const api = await httpApi({ IntegrationHttpMethod: 'POST', ...integration });
    const headers = { 'content-type': 'text/plain' };
    await api.call({ method: 'POST', path: '/a', headers, body });
    return new Headers(api.calls[0]?.init.headers);
  };

  test.each([
    ['HTTP', '', null],
    ['HTTP', 'b', 'text/plain'],
    ['HTTP_PROXY', '', 'text/plain'],
  ])('of type %s with the body %j tell the type %j', async (Type, body, told) => {
    expect((await sentHeaders({ Type }, body)).get('content-type')).toBe(told);
  });

  test.each([['HTTP'], ['HTTP_PROXY']])('of type %s never tell of the connection', async (Type) => {
    const names = ['Connection', 'Expect', 'Proxy-Authenticate', 'TE', 'Via'];
    const RequestParameters = Object.fromEntries(
      [...names, 'Host', 'Upgrade'].map((name) => [
        `integration.request.header.${name}`,
        "'mapped.test'",
      ]),
    );

    const headers = await sentHeaders({ Type, RequestParameters }, '');

    expect(names.filter((name) => headers.has(name))).toEqual([]);
    expect(headers.get('host')).toBe('mapped.test');
    expect(headers.get('upgrade')).toBe('mapped.test');
  });
});
