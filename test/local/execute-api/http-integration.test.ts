import type { Properties } from '../../../local/cloudformation/resource-handler';
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

describe('HTTP', () => {
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
