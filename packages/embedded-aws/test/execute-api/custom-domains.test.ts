import type { Properties } from '../../src/core/resource-handler';
import { awsRequest } from '../support/aws-request';
import { type ApiUnderTest, apiUnderTest, mockIntegration } from './api-under-test';

const NAME = 'api.example.com';
const FORBIDDEN = { status: 403, text: '{"message":"Forbidden"}' };

/** Answers with what the gateway tells of the request's way. */
const WAY =
  '$context.stage $context.resourcePath $context.path $context.domainName $context.domainPrefix';

async function apiWithDomain(
  mappings: readonly Properties[],
  { domainName = NAME, restApi = {} }: { domainName?: string; restApi?: Properties } = {},
): Promise<ApiUnderTest> {
  const api = await apiUnderTest({ restApi });
  const integration = mockIntegration({
    IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': WAY } }],
  });
  await api.route({ path: '/', integration });
  await api.route({ path: '/streams', integration });
  await api.deploy();
  await api.stack.create('DomainName', {
    DomainName: domainName,
    CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b',
  });
  for (const mapping of mappings) {
    await api.stack.create('BasePathMapping', {
      DomainName: domainName,
      RestApiId: api.restApiId,
      ...mapping,
    });
  }
  return api;
}

async function get(
  api: ApiUnderTest,
  path: string,
  host = NAME,
  more: Readonly<Record<string, string>> = {},
) {
  const request = awsRequest({ method: 'GET', path, headers: { host, ...more } });
  const { status, body } = await api.front.handle(request);
  return { matches: api.front.matches(request), status, text: body.toString() };
}

describe('a request to a domain name goes', () => {
  test.each([
    ['/streams', 'dev /streams /streams api.example.com api'],
    ['/', 'dev / / api.example.com api'],
    ['//streams/', 'dev /streams //streams/ api.example.com api'],
  ])('with %s to the root’s mapping', async (path, text) => {
    const api = await apiWithDomain([{ Stage: 'dev' }]);

    expect(await get(api, path)).toEqual({ matches: true, status: 200, text });
  });

  test.each([
    ['/v1/streams', 'dev /streams /v1/streams api.example.com api'],
    ['/v1', 'dev / /v1 api.example.com api'],
    ['/%761/streams', 'dev /streams /%761/streams api.example.com api'],
  ])('with %s to the mapping of its first part', async (path, text) => {
    const api = await apiWithDomain([{ BasePath: 'v1', Stage: 'dev' }]);

    expect(await get(api, path)).toEqual({ matches: true, status: 200, text });
  });

  test('to the stage that its path names when the mapping names none', async () => {
    const api = await apiWithDomain([{ BasePath: 'v1' }, { BasePath: '(none)' }]);

    const named = await get(api, '/v1/dev/streams');
    const root = await get(api, '/dev/streams');

    expect(named.text).toBe('dev /streams /v1/dev/streams api.example.com api');
    expect(root.text).toBe('dev /streams /dev/streams api.example.com api');
    expect(await get(api, '/v1/streams')).toMatchObject(FORBIDDEN);
    expect(await get(api, '/streams')).toMatchObject(FORBIDDEN);
  });

  test.each(['api.example.com:4566', 'API.Example.Com'])('with the host %s', async (host) => {
    const api = await apiWithDomain([{ Stage: 'dev' }]);

    expect(await get(api, '/streams', host)).toMatchObject({ matches: true, status: 200 });
  });

  test('to a wildcard’s mapping, unless the name has one of its own', async () => {
    const api = await apiWithDomain([{ BasePath: 'v1', Stage: 'dev' }], {
      domainName: '*.example.com',
    });
    await api.stack.create('DomainName', {
      DomainName: 'own.example.com',
      CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b',
    });

    const under = await get(api, '/v1/streams', 'tenant.example.com');
    const own = await get(api, '/v1/streams', 'own.example.com');
    const deeper = await get(api, '/v1/streams', 'a.tenant.example.com');

    expect(under.text).toBe('dev /streams /v1/streams tenant.example.com tenant');
    expect(own).toMatchObject({ matches: true, ...FORBIDDEN });
    expect(deeper.matches).toBe(false);
  });
});

describe('a request to a domain name is forbidden', () => {
  test.each([
    ['where nothing is mapped', '/v2/streams'],
    ['at the root without a mapping', '/'],
    ['for a base path of another case', '/V1/streams'],
    ['for a prototype’s name', '/__proto__/streams'],
    ['for a part that is not UTF-8', '/%ff/streams'],
    ['for the root’s own spelling', '/(none)/streams'],
  ])('%s', async (_case, path) => {
    const api = await apiWithDomain([{ BasePath: 'v1', Stage: 'dev' }]);

    expect(await get(api, path)).toMatchObject({ matches: true, ...FORBIDDEN });
  });

  test('when it comes through a VPC endpoint', async () => {
    const api = await apiWithDomain([{ Stage: 'dev' }]);

    const response = await get(api, '/streams', NAME, { 'x-amzn-vpce-id': 'vpce-0a1' });

    expect(response).toMatchObject(FORBIDDEN);
  });

  test('when the API has become private', async () => {
    const api = await apiWithDomain([{ Stage: 'dev' }]);
    await api.stack.update('RestApi', api.restApiId, {
      Name: 'test',
      EndpointConfiguration: { Types: ['PRIVATE'] },
    });

    const plain = await get(api, '/streams');
    const throughEndpoint = await get(api, '/streams', NAME, { 'x-amzn-vpce-id': 'vpce-0a1' });

    expect(plain).toMatchObject(FORBIDDEN);
    expect(throughEndpoint).toMatchObject(FORBIDDEN);
  });
});

test('an unmapped part of a path reaches the root’s mapping as part of the path', async () => {
  const api = await apiWithDomain([{ BasePath: 'v1', Stage: 'dev' }, { Stage: 'dev' }]);

  const response = await get(api, '/v2/streams');

  expect(response).toMatchObject({
    status: 403,
    text: '{"message":"Missing Authentication Token"}',
  });
});

test('an API with its own endpoint disabled answers on its domain name only', async () => {
  const api = await apiWithDomain([{ Stage: 'dev' }], {
    restApi: { DisableExecuteApiEndpoint: true },
  });

  expect(await get(api, '/streams')).toMatchObject({ status: 200 });
  expect(await api.call({ path: '/streams' })).toMatchObject(FORBIDDEN);
});

test('a host that is nobody’s domain name is left to others', async () => {
  const api = await apiWithDomain([{ Stage: 'dev' }]);

  expect((await get(api, '/streams', 'example.com')).matches).toBe(false);
  expect((await get(api, '/streams', 'other.example.com')).matches).toBe(false);
});
