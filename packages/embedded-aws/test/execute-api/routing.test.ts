import { awsRequest } from '../support/aws-request';
import { type ApiUnderTest, apiUnderTest, mockIntegration } from './api-under-test';

const FORBIDDEN = { status: 403, text: '{"message":"Forbidden"}' };
const MISSING_TOKEN = { status: 403, text: '{"message":"Missing Authentication Token"}' };

/** A route that answers with its own name and a path parameter. */
function named(name: string, parameter = '') {
  const value = parameter === '' ? '' : `$input.params('${parameter}')`;
  return mockIntegration({
    IntegrationResponses: [
      { StatusCode: '200', ResponseTemplates: { 'application/json': `${name}:${value}` } },
    ],
  });
}

async function routedApi(): Promise<ApiUnderTest> {
  const api = await apiUnderTest();
  await api.route({ path: '/', integration: named('root') });
  await api.route({ path: '/streams', integration: named('streams') });
  await api.route({ path: '/streams/{name}', integration: named('stream', 'name') });
  await api.route({ path: '/streams/{name}/record', integration: named('record', 'name') });
  await api.route({ path: '/streams/fixed', integration: named('fixed') });
  await api.route({ path: '/files/{proxy+}', method: 'ANY', integration: named('files', 'proxy') });
  await api.deploy();
  return api;
}

describe('routing', () => {
  test.each([
    ['/', 'root:'],
    ['', 'root:'],
    ['/streams', 'streams:'],
    ['/streams/', 'streams:'],
    ['//streams//orders', 'stream:orders'],
    ['/streams/orders', 'stream:orders'],
    ['/streams/fixed', 'fixed:'],
    ['/streams/fixed/record', 'record:fixed'],
    ['/streams/a%20b', 'stream:a%20b'],
    ['/streams/__proto__', 'stream:__proto__'],
    ['/%73treams', 'streams:'],
    ['/files/a/b/c.txt', 'files:a/b/c.txt'],
    ['//files//a///b.txt//', 'files:a///b.txt'],
  ])('%s leads to %s', async (path, expected) => {
    const api = await routedApi();

    const response = await api.call({ path });

    expect(response).toMatchObject({ status: 200, text: expected });
  });

  test('an unknown path and an unknown method are both a missing token', async () => {
    const api = await routedApi();

    const unknownPath = await api.call({ path: '/nowhere' });
    const unknownMethod = await api.call({ method: 'DELETE', path: '/streams' });
    const literalAny = await api.call({ method: 'ANY', path: '/files/x' });
    const trace = await api.call({ method: 'TRACE', path: '/files/x' });
    const greedyNeedsMore = await api.call({ path: '/files' });

    expect(unknownPath).toMatchObject(MISSING_TOKEN);
    expect(unknownPath.headers['x-amzn-ErrorType']).toBe('MissingAuthenticationTokenException');
    expect(unknownMethod).toMatchObject(MISSING_TOKEN);
    expect(literalAny).toMatchObject(MISSING_TOKEN);
    expect(trace).toMatchObject(MISSING_TOKEN);
    expect(greedyNeedsMore).toMatchObject(MISSING_TOKEN);
  });

  test.each([
    ['delete', 'delete:'],
    ['DELETE', 'delete:'],
    ['ANY', 'post:'],
    ['BREW', 'post:'],
  ])('X-HTTP-Method-Override with %s leads to %s', async (override, expected) => {
    const api = await apiUnderTest();
    await api.route({ method: 'POST', integration: named('post', 'X-HTTP-Method-Override') });
    await api.route({ method: 'DELETE', integration: named('delete') });
    await api.deploy();

    const headers = { 'X-HTTP-Method-Override': override };

    expect(await api.call({ method: 'POST', path: '/', headers })).toMatchObject({
      status: 200,
      text: expected,
    });
  });

  test('ANY takes every method', async () => {
    const api = await routedApi();

    const response = await api.call({ method: 'PATCH', path: '/files/x' });

    expect(response.text).toBe('files:x');
  });

  test('a resource without methods does not hide a variable sibling', async () => {
    const api = await apiUnderTest();
    await api.route({ path: '/a/b', integration: named('deep') });
    await api.route({ path: '/{any}', integration: named('variable', 'any') });
    await api.deploy();

    const response = await api.call({ path: '/a' });

    expect(response.text).toBe('variable:a');
  });

  test('a branch that leads nowhere is left for the next', async () => {
    const api = await apiUnderTest();
    await api.route({ path: '/a/b', integration: named('fixed') });
    await api.route({ path: '/{x}/c', integration: named('variable', 'x') });
    await api.route({ path: '/{x}/{rest+}', integration: named('greedy', 'rest') });
    await api.deploy();

    const variable = await api.call({ path: '/a/c' });
    const greedy = await api.call({ path: '/a/d/e' });

    expect(variable.text).toBe('variable:a');
    expect(greedy.text).toBe('greedy:d/e');
  });
});

describe('a method that the more specific resource lacks goes to another that has it', () => {
  // The trees and the answers are those that two emulators' contributors measured on AWS.
  async function measuredApi(): Promise<ApiUnderTest> {
    const api = await apiUnderTest();
    const served = (method: string, path: string, parameter?: string) =>
      api.route({ method, path, integration: named(`${method} ${path}`, parameter) });
    await served('ANY', '/{proxy+}', 'proxy');
    await served('GET', '/jobs/{operation}', 'operation');
    await served('OPTIONS', '/cors_only');
    await served('GET', '/users/{userId}/profile', 'userId');
    await served('PATCH', '/users/me/profile');
    await served('GET', '/things/real');
    await served('POST', '/things/{rest+}', 'rest');
    await api.deploy();
    return api;
  }

  test.each([
    ['GET', '/jobs/reboot', 'GET /jobs/{operation}:reboot'],
    ['GET', '/jobs', 'ANY /{proxy+}:jobs'],
    ['POST', '/jobs/reboot', 'ANY /{proxy+}:jobs/reboot'],
    ['GET', '/cors_only', 'ANY /{proxy+}:cors_only'],
    ['OPTIONS', '/cors_only', 'OPTIONS /cors_only:'],
    ['GET', '/users/me/profile', 'GET /users/{userId}/profile:me'],
    ['PATCH', '/users/me/profile', 'PATCH /users/me/profile:'],
    ['GET', '/things/real', 'GET /things/real:'],
    ['POST', '/things/real', 'POST /things/{rest+}:real'],
    ['PUT', '/things/real', 'ANY /{proxy+}:things/real'],
  ])('%s %s', async (method, path, expected) => {
    const api = await measuredApi();

    expect((await api.call({ method, path })).text).toBe(expected);
  });

  test('the root is not among what a greedy path takes', async () => {
    const api = await measuredApi();

    expect(await api.call({ path: '/' })).toMatchObject(MISSING_TOKEN);
  });
});

describe('the address of an API', () => {
  test('is a path on any host', async () => {
    const api = await routedApi();

    expect(api.front.matches(awsRequest({ path: '/_aws/execute-api/x/dev' }))).toBe(true);
    expect(api.front.matches(awsRequest({ path: '/restapis' }))).toBe(false);
  });

  test.each(['execute-api.localhost:4566', 'execute-api.eu-west-1.amazonaws.com'])(
    'is a host like {id}.%s',
    async (domain) => {
      const api = await routedApi();
      const request = awsRequest({
        method: 'GET',
        path: '/dev/streams/orders',
        headers: { host: `${api.restApiId}.${domain}` },
      });

      const response = await api.front.handle(request);

      expect(api.front.matches(request)).toBe(true);
      expect(response.body.toString()).toBe('stream:orders');
    },
  );

  test.each([
    ['an unknown API', '/_aws/execute-api/nosuchapi1/dev/streams'],
    ['an unknown stage', '/_aws/execute-api/{id}/prod/streams'],
    ['no stage', '/_aws/execute-api/{id}'],
    ['a stage of another case', '/_aws/execute-api/{id}/DEV/streams'],
    ['a prototype name', '/_aws/execute-api/{id}/__proto__/streams'],
  ])('%s is forbidden, and no more is said', async (_case, path) => {
    const api = await routedApi();

    const response = await api.front.handle(
      awsRequest({ method: 'GET', path: path.replace('{id}', api.restApiId) }),
    );

    expect({ status: response.status, text: response.body.toString() }).toEqual(FORBIDDEN);
    expect(response.headers['x-amzn-ErrorType']).toBe('ForbiddenException');
  });

  test('an API with its endpoint disabled cannot be called', async () => {
    const api = await apiUnderTest({ restApi: { DisableExecuteApiEndpoint: true } });
    await api.route({ integration: mockIntegration() });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject(FORBIDDEN);
  });
});

describe('a deployment', () => {
  test('serves the API as it was, until the stage moves on', async () => {
    const api = await apiUnderTest();
    const { properties } = await api.route({ integration: named('old') });
    await api.deploy();
    const id = [api.restApiId, api.rootResourceId, 'GET'].join('|');
    await api.stack.update('Method', id, { ...properties, Integration: named('new') });

    const before = await api.call({ path: '/' });
    await api.deploy();
    const after = await api.call({ path: '/' });

    expect(before.text).toBe('old:');
    expect(after.text).toBe('new:');
  });
});
