import type { PageRules } from '../../src/execute-api/dependencies';
import { apiUnderTest, kinesisIntegration, mockIntegration } from './api-under-test';
import { functionUnderTest, returns } from './functions/function-under-test';

// Pages of other origins, and an API that is open to the developer's own programs.

const EVIL = 'https://evil.example';
const APP = 'https://app.example';

const put = kinesisIntegration({ Uri: 'arn:aws:apigateway:eu-west-1:kinesis:action/PutRecord' });
const read = kinesisIntegration();
const http = (method: string, type = 'HTTP_PROXY') => ({
  Type: type,
  IntegrationHttpMethod: method,
  Uri: 'http://backend.test/',
  IntegrationResponses: [{ StatusCode: '200' }],
});

/** An OPTIONS method that lets this origin send these methods. */
const cors = (origin: string, methods?: string) => {
  const headers = {
    'method.response.header.Access-Control-Allow-Origin': `'${origin}'`,
    ...(methods && { 'method.response.header.Access-Control-Allow-Methods': `'${methods}'` }),
  };
  return {
    method: 'OPTIONS',
    integration: mockIntegration({
      IntegrationResponses: [{ StatusCode: '200', ResponseParameters: headers }],
    }),
    properties: {
      MethodResponses: [
        {
          StatusCode: '200',
          ResponseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, false])),
        },
      ],
    },
  };
};

interface Given {
  readonly method?: string;
  readonly integration?: Record<string, unknown>;
  readonly properties?: Record<string, unknown>;
  readonly cors?: ReturnType<typeof cors>;
  readonly rules?: PageRules;
  /** An HTTP backend's answer. */
  readonly backend?: (method: string) => Response;
}

/** One method of an API, and how many requests reached a backend. */
async function open(given: Given = {}) {
  const { method = 'POST', integration = put, properties = {} } = given;
  let calls = 0;
  const api = await apiUnderTest({
    answer() {
      calls += 1;
      return { status: 200, headers: {}, body: '{}' };
    },
    options: {
      fetch: async (_input, init) => {
        calls += 1;
        return given.backend?.(init?.method ?? '') ?? new Response('{}');
      },
      verifySignature: () => ({
        accountId: '000000000000',
        region: 'eu-west-1',
        arn: 'arn:aws:iam::000000000000:root',
        accessKeyId: 'local',
        authorize: () => {},
      }),
      ...(given.rules && { pages: given.rules }),
    },
  });
  await api.route({ method, path: '/x', integration, properties });
  if (given.cors !== undefined) await api.route({ ...given.cors, path: '/x' });
  await api.deploy();
  return {
    async send(headers: Record<string, string>, sent = method) {
      const { status, text } = await api.call({ method: sent, path: '/x', headers, body: '' });
      return { status, text, calls };
    },
  };
}

const fromPage = (origin: string) => ({ origin, 'sec-fetch-site': 'cross-site' });

describe('a method that writes', () => {
  test.each<[string, Record<string, string>]>([
    ['a form', { ...fromPage(EVIL), 'content-type': 'text/plain', 'sec-fetch-mode': 'navigate' }],
    ['an older browser', { origin: EVIL }],
    ['a page of another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['a page in a sandbox', fromPage('null')],
    ['a page that does not tell', { 'sec-fetch-site': 'cross-site' }],
  ])('takes nothing from %s', async (_, headers) => {
    const api = await open();
    const { status, text, calls } = await api.send(headers);

    expect(status).toBe(403);
    expect(JSON.parse(text).Message).toMatch(
      /^A web page .* may not call this method.*--allow-origin/,
    );
    expect(calls).toBe(0);
  });

  test.each<[string, Record<string, string>]>([
    ['a program', {}],
    ["Node's fetch", { 'sec-fetch-mode': 'cors' }],
    [
      'a page of its own origin',
      { origin: 'http://127.0.0.1:4566', 'sec-fetch-site': 'same-origin' },
    ],
    ['a page behind a proxy', { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' }],
  ])('takes what %s sends', async (_, headers) => {
    expect(await (await open()).send(headers)).toMatchObject({ status: 200, calls: 1 });
  });

  test('takes what a page sends that the user has named', async () => {
    const rules = { isNamed: ({ origin }: { origin: string }) => origin === APP, canSign: true };
    const api = await open({ rules });

    expect(await api.send(fromPage(APP))).toMatchObject({ status: 200, calls: 1 });
    expect(await api.send(fromPage(EVIL))).toMatchObject({ status: 403, calls: 1 });
  });

  test.each<[string, Given['cors'], string, string, number]>([
    ['the origin', cors(APP, 'GET,POST'), 'POST', APP, 200],
    ['another origin', cors(APP, 'GET,POST'), 'POST', EVIL, 403],
    ['every origin', cors('*', 'POST'), 'POST', EVIL, 200],
    ['every origin and method', cors('*', '*'), 'PUT', EVIL, 200],
    ['every origin, and no method', cors('*'), 'POST', EVIL, 200],
    ['every origin, and no method that it must name', cors('*'), 'PUT', EVIL, 403],
    ['every origin to read', cors('*', 'GET,HEAD,OPTIONS'), 'POST', EVIL, 403],
    ['an origin that is longer', cors(`${EVIL}.example`, 'POST'), 'POST', EVIL, 403],
    ['origins that are not told', cors('null', 'POST'), 'POST', EVIL, 403],
  ])('is held to CORS that allows %s', async (_, declared, method, origin, status) => {
    const api = await open({ method, ...(declared && { cors: declared }) });

    expect(await api.send(fromPage(origin))).toMatchObject({
      status,
      calls: status === 200 ? 1 : 0,
    });
  });

  test('is not opened by an OPTIONS method that browsers cannot ask', async () => {
    const declared = cors('*', 'POST');
    const api = await open({
      cors: { ...declared, properties: { ...declared.properties, ApiKeyRequired: true } as never },
    });

    expect(await api.send(fromPage(EVIL))).toMatchObject({ status: 403, calls: 0 });
  });

  test('is not opened by an OPTIONS method that fails', async () => {
    const declared = cors('*', 'POST');
    const integration = { ...declared.integration, RequestTemplates: { 'application/json': '{' } };
    const api = await open({ cors: { ...declared, integration } });

    expect(await api.send(fromPage(EVIL))).toMatchObject({ status: 403, calls: 0 });
  });
});

describe('what a method does is told by its integration, not by its name', () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    ['GET that lists', 'GET', read, 200],
    ['POST that lists', 'POST', read, 200],
    ['GET that puts a record', 'GET', put, 403],
    ['HEAD that puts a record', 'HEAD', put, 403],
    ['GET of a mock', 'GET', mockIntegration(), 200],
    ['POST of a mock', 'POST', mockIntegration(), 200],
    ['GET of a backend', 'GET', http('GET'), 200],
    ['GET of a backend for every method', 'GET', http('ANY'), 200],
    ['POST of a backend for every method', 'POST', http('ANY'), 403],
    ['GET that posts to a backend', 'GET', http('POST', 'HTTP'), 403],
  ])('%s', async (_, method, integration, status) => {
    const api = await open({ method, integration });

    expect((await api.send(fromPage(EVIL))).status).toBe(status);
    // A link in a page is no different.
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await api.send(link)).status).toBe(status);
  });
});

describe('a backend behind ANY decides itself which pages may call', () => {
  const backend = {
    method: 'ANY',
    integration: http('ANY'),
    backend: (method: string) =>
      new Response(null, {
        status: method === 'OPTIONS' ? 204 : 200,
        headers: { 'access-control-allow-origin': APP, 'access-control-allow-methods': 'POST' },
      }),
  };

  test('preflights reach it', async () => {
    const api = await open(backend);
    const headers = { ...fromPage(APP), 'access-control-request-method': 'POST' };

    expect(await api.send(headers, 'OPTIONS')).toMatchObject({ status: 204, calls: 1 });
  });

  test('it is asked before it gets what no preflight came for', async () => {
    const api = await open(backend);

    expect(await api.send(fromPage(EVIL), 'POST')).toMatchObject({ status: 403, calls: 1 });
    expect(await api.send(fromPage(APP), 'POST')).toMatchObject({ status: 200, calls: 3 });
  });
});

test('a preflight puts no record where ANY does', async () => {
  const api = await open({ method: 'ANY' });

  expect(await api.send(fromPage(EVIL), 'OPTIONS')).toMatchObject({ status: 403, calls: 0 });
});

describe('a method that is signed for', () => {
  const properties = { AuthorizationType: 'AWS_IAM' };

  test('is as on AWS where no page knows a secret', async () => {
    const api = await open({ properties, rules: { isNamed: () => false, canSign: false } });

    expect(await api.send(fromPage(EVIL))).toMatchObject({ status: 200, calls: 1 });
  });

  test('takes nothing from pages that could sign for themselves', async () => {
    const api = await open({ properties, rules: { isNamed: () => false, canSign: true } });

    expect(await api.send(fromPage(EVIL))).toMatchObject({ status: 403, calls: 0 });
    expect(await api.send({})).toMatchObject({ status: 200, calls: 1 });
  });
});

test('a method that wants a key asks for it, whoever calls', async () => {
  const api = await open({ properties: { ApiKeyRequired: true } });
  const { status, text } = await api.send(fromPage(EVIL));

  expect({ status, text }).toEqual({ status: 403, text: '{"message":"Forbidden"}' });
});

describe('a function behind ANY', () => {
  const ALLOW = { 'Access-Control-Allow-Origin': APP, 'Access-Control-Allow-Methods': 'PUT' };

  /** A function that answers preflights for one origin, and the methods that it was called with. */
  const functionApi = async () => {
    const methods: string[] = [];
    const api = await functionUnderTest({
      answer({ body }) {
        const { httpMethod } = JSON.parse(String(body));
        methods.push(httpMethod);
        return returns({ headers: httpMethod === 'OPTIONS' ? ALLOW : {} });
      },
    });
    return { ...api, methods };
  };

  test.each([
    ['PUT', APP, 200, ['OPTIONS', 'PUT']],
    ['PUT', EVIL, 403, ['OPTIONS']],
    ['DELETE', APP, 403, ['OPTIONS']],
    ['OPTIONS', EVIL, 200, ['OPTIONS']],
  ])('says itself which pages may call it: %s of %s', async (method, origin, status, called) => {
    const api = await functionApi();

    expect((await api.call({ method, path: '/x', headers: fromPage(origin) })).status).toBe(status);
    expect(api.methods).toEqual(called);
  });
});
