import { rootCaller } from '../../src/core/caller';
import type { Properties } from '../../src/core/resource-handler';
import { awsRequest } from '../support/aws-request';
import { type ApiUnderTest, apiUnderTest, kinesisIntegration } from './api-under-test';

const ENDPOINT = 'vpce-0a1b2c3d';
const OTHER = 'vpce-0d4e5f6a';
const FORBIDDEN = { status: 403, text: '{"message":"Forbidden"}' };

const statement = (Effect: string, Condition?: object) => ({
  Effect,
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  ...(Condition !== undefined && { Condition }),
});

const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

/** Lets one endpoint in and says so twice, as AWS's example does. */
const ONLY_FROM_ENDPOINT = policyOf(
  statement('Allow'),
  statement('Deny', { StringNotEquals: { 'aws:SourceVpce': ENDPOINT } }),
);

const PRIVATE = { Types: ['PRIVATE'], VpcEndpointIds: [ENDPOINT] };

async function privateApi(Policy: object, restApi: Properties = {}): Promise<ApiUnderTest> {
  const api = await apiUnderTest({
    restApi: { EndpointConfiguration: PRIVATE, Policy, ...restApi },
    options: { verifySignature: () => rootCaller({ accountId: '000000000000', region: 'x' }) },
  });
  await api.route({
    path: '/streams',
    integration: kinesisIntegration({
      RequestParameters: {
        'integration.request.header.endpoint': 'context.identity.vpceId',
        'integration.request.header.seen': 'method.request.header.x-amzn-vpce-id',
      },
    }),
    properties: { RequestParameters: { 'method.request.header.x-amzn-vpce-id': false } },
  });
  await api.deploy();
  return api;
}

/** Sends a request to a host, as a client in a VPC does that resolves it to the endpoint. */
async function callHost(api: ApiUnderTest, host: string, headers: Record<string, string> = {}) {
  const request = awsRequest({
    method: 'GET',
    path: '/dev/streams',
    headers: { host: host.replace('{id}', api.restApiId), ...headers },
  });
  const { status, body } = await api.front.handle(request);
  return { matches: api.front.matches(request), status, text: body.toString() };
}

describe('a private API is reached', () => {
  test.each([
    [
      'the DNS name it has with an endpoint',
      `{id}-${ENDPOINT}.execute-api.us-east-1.amazonaws.com`,
    ],
    [
      'the same name with a port, in capitals',
      `{ID}-${ENDPOINT.toUpperCase()}.EXECUTE-API.us-east-1.amazonaws.com:4566`,
    ],
  ])('by %s', async (_case, host) => {
    const api = await privateApi(ONLY_FROM_ENDPOINT);
    const name = host.replace('{ID}', api.restApiId.toUpperCase());

    expect(await callHost(api, name)).toMatchObject({ matches: true, status: 200 });
    expect(api.sent[0]?.request.headers).toMatchObject({ endpoint: ENDPOINT, seen: ENDPOINT });
  });

  test.each([
    `${ENDPOINT}-x1y2z3.execute-api.us-east-1.vpce.amazonaws.com`,
    `${ENDPOINT}-x1y2z3-us-east-1a.execute-api.us-east-1.vpce.amazonaws.com`,
  ])('by %s and the header x-apigw-api-id', async (host) => {
    const api = await privateApi(ONLY_FROM_ENDPOINT);

    const named = await callHost(api, host, { 'x-apigw-api-id': api.restApiId });
    const unnamed = await callHost(api, host);

    expect(named).toMatchObject({ matches: true, status: 200 });
    expect(unnamed).toMatchObject({ matches: true, ...FORBIDDEN });
  });

  test('by its own host or path, with the header that names the endpoint', async () => {
    const api = await privateApi(ONLY_FROM_ENDPOINT);
    const headers = { 'x-amzn-vpce-id': ENDPOINT };

    const byHost = await callHost(api, '{id}.execute-api.us-east-1.amazonaws.com', headers);
    const byPath = await api.call({ path: '/streams', headers });

    expect([byHost.status, byPath.status]).toEqual([200, 200]);
    expect(api.sent.map(({ request }) => request.headers.endpoint)).toEqual([ENDPOINT, ENDPOINT]);
  });
});

describe('a private API is not reached', () => {
  test('without an endpoint', async () => {
    const api = await privateApi(policyOf(statement('Allow')));

    const byPath = await api.call({ path: '/streams' });
    const byHost = await callHost(api, '{id}.execute-api.us-east-1.amazonaws.com');
    const emptyHeader = await api.call({ path: '/streams', headers: { 'x-amzn-vpce-id': '' } });

    expect(byPath).toMatchObject(FORBIDDEN);
    expect(byPath.headers['x-amzn-ErrorType']).toBe('ForbiddenException');
    expect(byHost).toMatchObject(FORBIDDEN);
    expect(emptyHeader).toMatchObject(FORBIDDEN);
  });

  test('by a DNS name with an endpoint that it is not associated with', async () => {
    const api = await privateApi(policyOf(statement('Allow')));

    const alias = await callHost(api, `{id}-${OTHER}.execute-api.us-east-1.amazonaws.com`);
    const header = await api.call({ path: '/streams', headers: { 'x-amzn-vpce-id': OTHER } });

    expect(alias).toMatchObject(FORBIDDEN);
    expect(header.status).toBe(200);
  });

  test('with its endpoint disabled', async () => {
    const api = await privateApi(policyOf(statement('Allow')), {
      DisableExecuteApiEndpoint: true,
    });

    const response = await api.call({ path: '/streams', headers: { 'x-amzn-vpce-id': ENDPOINT } });

    expect(response).toMatchObject(FORBIDDEN);
  });
});

test('a public API is not reached through an endpoint', async () => {
  const api = await apiUnderTest();
  await api.route({ path: '/streams', integration: kinesisIntegration() });
  await api.deploy();

  const response = await api.call({ path: '/streams', headers: { 'x-amzn-vpce-id': ENDPOINT } });

  expect(response).toMatchObject(FORBIDDEN);
});

describe('the policy of a private API', () => {
  const refusal = (because: string) =>
    new RegExp(
      `^{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\\*{8}0000:\\w+/dev/GET/streams ${because}"}$`,
    );
  const EXPLICIT = refusal('with an explicit deny');
  const IMPLICIT = refusal('because no resource-based policy allows the execute-api:Invoke action');
  const condition = (operator: string, key: string, value: string) => ({
    [operator]: { [key]: value },
  });

  test.each([
    ['denies another endpoint', ONLY_FROM_ENDPOINT, EXPLICIT],
    [
      'allows another endpoint only',
      policyOf(statement('Allow', condition('StringEquals', 'aws:SourceVpce', ENDPOINT))),
      IMPLICIT,
    ],
    [
      'wants a VPC, which nothing here can tell',
      policyOf(statement('Allow', condition('StringEquals', 'aws:SourceVpc', 'vpc-1'))),
      IMPLICIT,
    ],
    [
      'wants an address of the internet',
      policyOf(statement('Allow', condition('IpAddress', 'aws:SourceIp', '0.0.0.0/0'))),
      IMPLICIT,
    ],
  ])('that %s refuses', async (_case, policy, message) => {
    const api = await privateApi(policy);

    const response = await api.call({ path: '/streams', headers: { 'x-amzn-vpce-id': OTHER } });

    expect(response.status).toBe(403);
    expect(response.text).toMatch(message);
    expect(response.headers['x-amzn-ErrorType']).toBe('AccessDeniedException');
  });

  test('sees the address inside the VPC', async () => {
    const api = await privateApi(
      policyOf(statement('Allow', condition('IpAddress', 'aws:VpcSourceIp', '127.0.0.0/8'))),
    );

    const response = await api.call({ path: '/streams', headers: { 'x-amzn-vpce-id': OTHER } });

    expect(response.status).toBe(200);
  });

  test('is missed by everybody when the API was deployed without one', async () => {
    const api = await apiUnderTest({
      options: { verifySignature: () => rootCaller({ accountId: '000000000000', region: 'x' }) },
    });
    await api.route({ path: '/streams', integration: kinesisIntegration() });
    await api.route({
      path: '/signed',
      integration: kinesisIntegration(),
      properties: { AuthorizationType: 'AWS_IAM' },
    });
    await api.deploy();
    await api.stack.update('RestApi', api.restApiId, {
      Name: 'test',
      EndpointConfiguration: PRIVATE,
    });
    const headers = { 'x-amzn-vpce-id': ENDPOINT };

    const anonymous = await api.call({ path: '/streams', headers });
    const signed = await api.call({ path: '/signed', headers });

    expect(anonymous.text).toMatch(IMPLICIT);
    expect(signed.text).toContain('because no resource-based policy allows');
    expect(api.sent).toEqual([]);
  });
});
