import { createIam } from '../../../src/iam';
import { authorizedApi, policy, statement, TOKEN } from './authorized-api';

const call = { path: '/streams/orders', headers: TOKEN };

const EXPLICIT =
  '{"Message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}';
const IMPLICIT =
  '{"Message":"User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action"}';

/** Calls an API whose function answers with these statements. `API` stands for its ARN. */
async function judged(statements: readonly object[], request: object = call) {
  const api = await authorizedApi({
    answers: ({ methodArn }) => {
      const [arn] = String(methodArn).split('/');
      const document = JSON.stringify(policy(...statements)).replaceAll('API', arn ?? '');
      return { policyDocument: JSON.parse(document) };
    },
  });
  return api.call({ ...call, ...request });
}

describe('the policy of an authorizer', () => {
  test.each<[string, object]>([
    ['the method itself', statement('Allow', 'API/dev/GET/streams/orders')],
    ['all of the stage', statement('Allow', 'API/dev/*')],
    ['one character for another', statement('Allow', 'API/dev/GET/streams/order?')],
    ['one of several resources', statement('Allow', ['API/dev/PUT/*', 'API/*/GET/*'])],
    ['every action', statement('Allow', '*', { Action: '*' })],
    ['every action of the service', statement('Allow', '*', { Action: ['execute-api:*'] })],
    [
      'no other action',
      { Effect: 'Allow', NotAction: 'execute-api:ManageConnections', Resource: '*' },
    ],
    ['no other resource', { Effect: 'Allow', Action: '*', NotResource: 'API/dev/PUT/*' }],
    [
      'an address',
      statement('Allow', '*', { Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } }),
    ],
    [
      'a user agent',
      statement('Allow', '*', { Condition: { StringLike: { 'aws:UserAgent': 'curl/*' } } }),
    ],
    [
      'a time',
      statement('Allow', '*', {
        Condition: { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
      }),
    ],
  ])('lets in by %s', async (_, allows) => {
    const headers = { ...TOKEN, 'user-agent': 'curl/8' };

    expect((await judged([allows], { headers })).status).toBe(200);
  });

  test.each<[string, object[]]>([
    ['no statement', []],
    ['another method', [statement('Allow', 'API/dev/PUT/streams/orders')]],
    ['another path', [statement('Allow', 'API/dev/GET/streams/other')]],
    ['another stage', [statement('Allow', 'API/prod/*')]],
    ['another action', [statement('Allow', '*', { Action: 'execute-api:ManageConnections' })]],
    [
      'another address',
      [statement('Allow', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    ],
  ])('refuses by %s', async (_, statements) => {
    expect(await judged(statements)).toMatchObject({
      status: 403,
      text: IMPLICIT,
      headers: { 'x-amzn-ErrorType': 'AccessDeniedException' },
    });
  });

  test('refuses by a Deny, whatever else allows', async () => {
    const denies = statement('Deny', 'API/dev/GET/*');

    expect(await judged([statement('Allow'), denies])).toMatchObject({
      status: 403,
      text: EXPLICIT,
    });
    expect((await judged([statement('Allow'), denies], { path: '/other' })).status).toBe(403);
    expect(
      (await judged([statement('Allow'), denies], { method: 'PUT', path: '/other' })).status,
    ).toBe(200);
  });

  test('that depends on a key which is not supplied here is a 500 that names it', async () => {
    const api = await authorizedApi({
      answers: () => ({
        policyDocument: policy(
          statement('Allow', '*', { Condition: { StringEquals: { 'aws:TokenIssueTime': 'x' } } }),
        ),
      }),
    });

    expect((await api.call(call)).status).toBe(500);
    expect(api.failures).toEqual([expect.stringContaining('aws:TokenIssueTime')]);
  });
});

describe('with a resource policy', () => {
  const resource = (Effect: string, ip = '127.0.0.1') => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect,
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { IpAddress: { 'aws:SourceIp': ip } },
      },
    ],
  });

  // Table A of AWS's page on the authorization flow.
  test.each<[string, object, object[], number]>([
    ['allows', resource('Allow'), [statement('Allow')], 200],
    ['says nothing', resource('Allow', '10.0.0.1'), [statement('Allow')], 200],
    ['denies', resource('Deny'), [statement('Allow')], 403],
    ['allows', resource('Allow'), [], 200],
    ['says nothing', resource('Allow', '10.0.0.1'), [], 403],
    ['allows', resource('Allow'), [statement('Deny')], 403],
  ])('that %s, the function’s decides with it: %#', async (_, Policy, statements, status) => {
    const api = await authorizedApi({
      restApi: { Policy },
      answers: () => ({ policyDocument: policy(...statements) }),
    });

    expect((await api.call(call)).status).toBe(status);
  });

  test('that denies, the function is not called', async () => {
    const api = await authorizedApi({ restApi: { Policy: resource('Deny') } });

    expect((await api.call(call)).text).toContain('User: anonymous is not authorized to perform');
    expect(api.events).toEqual([]);
  });
});

describe('the right to call the function', () => {
  test('is that of the role, for the authorizer’s ARN as source', async () => {
    const asked: unknown[] = [];
    const iam = createIam();
    const api = await authorizedApi({
      authorizer: { authorizerCredentials: 'arn:aws:iam::000000000000:role/none' },
      options: {
        functionAllows: () => true,
        assumeRole: (...question) => {
          asked.push(question);
          return iam.assumeRole(...question);
        },
      },
    });

    expect((await api.call(call)).status).toBe(500);
    expect(asked).toEqual([
      [
        'arn:aws:iam::000000000000:role/none',
        'apigateway.amazonaws.com',
        expect.any(String),
        { accountId: '000000000000', region: 'us-east-1' },
        {
          'aws:SourceArn': `arn:aws:execute-api:us-east-1:000000000000:${api.restApiId}/authorizers/auth01`,
          'aws:SourceAccount': '000000000000',
        },
      ],
    ]);
  });

  test('across accounts needs both the role’s and the function’s', async () => {
    const requesters: unknown[] = [];
    const foreign = 'arn:aws:lambda:us-east-1:111122223333:function:guard';
    const across = (functionAllows: boolean) =>
      authorizedApi({
        authorizer: {
          authorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${foreign}/invocations`,
          authorizerCredentials: 'arn:aws:iam::000000000000:role/gateway',
        },
        options: {
          functionAllows: (_arn, requester) => {
            requesters.push(requester);
            return functionAllows;
          },
        },
      });

    expect((await (await across(false)).call(call)).status).toBe(500);
    const api = await across(true);
    expect((await api.call(call)).status).toBe(200);
    expect(requesters).toMatchObject([{ kind: 'identity' }, { kind: 'identity' }]);
    expect(api.sent[0]?.request.caller.accountId).toBe('111122223333');
  });
});
