import { type Caller, rootCaller } from '../../src/core/caller';
import { AwsError } from '../../src/core/errors';
import { createIam } from '../../src/iam';
import { apiUnderTest, kinesisIntegration } from './api-under-test';

const OWNER = { accountId: '000000000000', region: 'us-east-1' };

function callerWho(
  may: (action: string, resource: string) => 'allow' | 'deny',
  accountId = OWNER.accountId,
): Caller {
  const arn = `arn:aws:iam::${accountId}:user/ann`;
  return {
    ...rootCaller({ ...OWNER, accountId }),
    arn,
    accessKeyId: 'AKIAEXAMPLE',
    authorize(action, resource) {
      const decision = may(action, resource);
      if (decision === 'allow') return;
      throw new AwsError(
        'AccessDeniedException',
        `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`,
      );
    },
  };
}

interface Signed {
  /** Told the method of each request whose signature is checked. */
  readonly onVerify?: (method: string) => void;
  readonly caller?: Caller;
  readonly failure?: AwsError;
  readonly policy?: unknown;
  readonly authorizationType?: string;
}

async function signedApi({
  onVerify,
  caller,
  failure,
  policy,
  authorizationType = 'AWS_IAM',
}: Signed) {
  const api = await apiUnderTest({
    restApi: policy === undefined ? {} : { Policy: policy },
    options: {
      verifySignature({ method }) {
        onVerify?.(method);
        if (failure !== undefined) throw failure;
        return caller ?? callerWho(() => 'allow');
      },
    },
  });
  await api.route({
    path: '/streams/{name}',
    properties: { AuthorizationType: authorizationType },
    integration: kinesisIntegration({
      RequestParameters: { 'integration.request.header.user': 'context.identity.userArn' },
    }),
  });
  await api.deploy();
  return api;
}

const call = { path: '/streams/orders' };

describe('AWS_IAM', () => {
  test('asks for execute-api:Invoke on the method’s ARN and tells who called', async () => {
    const asked: string[][] = [];
    const api = await signedApi({
      caller: callerWho((...question) => {
        asked.push(question);
        return 'allow';
      }),
    });

    const response = await api.call(call);

    expect(response.status).toBe(200);
    expect(asked).toEqual([
      [
        'execute-api:Invoke',
        `arn:aws:execute-api:us-east-1:000000000000:${api.restApiId}/dev/GET/streams/orders`,
      ],
    ]);
    expect(api.sent[0]?.request.headers.user).toBe('arn:aws:iam::000000000000:user/ann');
  });

  test('is about the method that a header puts in place of the one that is signed', async () => {
    const told: string[] = [];
    const api = await signedApi({
      onVerify: (method) => told.push(method),
      caller: callerWho((_action, resource) => {
        told.push(resource.replace(/^.*\/dev/, ''));
        return 'allow';
      }),
    });

    const headers = { 'X-HTTP-Method-Override': 'GET' };
    const response = await api.call({ ...call, method: 'POST', headers });

    expect(response.status).toBe(200);
    expect(told).toEqual(['POST', '/GET/streams/orders']);
  });

  test('refuses who may not, showing no more of the account than AWS does', async () => {
    const api = await signedApi({ caller: callerWho(() => 'deny') });

    const response = await api.call(call);

    expect(response.status).toBe(403);
    expect(JSON.parse(response.text)).toEqual({
      Message: `User: arn:aws:iam::000000000000:user/ann is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********0000:${api.restApiId}/dev/GET/streams/orders`,
    });
    expect(response.headers['x-amzn-ErrorType']).toBe('AccessDeniedException');
    expect(api.sent).toEqual([]);
  });

  test.each([
    ['MissingAuthenticationTokenException', 'MISSING_AUTHENTICATION_TOKEN'],
    ['InvalidSignatureException', 'INVALID_SIGNATURE'],
    ['ExpiredTokenException', 'EXPIRED_TOKEN'],
    ['UnrecognizedClientException', 'DEFAULT_4XX'],
  ])('answers %s as the gateway response %s', async (code, responseType) => {
    const api = await signedApi({ failure: new AwsError(code, 'the reason') });
    await api.stack.create('GatewayResponse', {
      RestApiId: api.restApiId,
      ResponseType: responseType,
      ResponseTemplates: { 'text/plain': `${responseType}: $context.error.message` },
    });
    await api.deploy();

    const response = await api.call(call);

    expect(response).toMatchObject({ status: 403, text: `${responseType}: the reason` });
    expect(response.headers['x-amzn-ErrorType']).toBe(code);
  });

  test('fails rather than lets anybody in when nothing can verify signatures', async () => {
    const api = await apiUnderTest();
    await api.route({
      properties: { AuthorizationType: 'AWS_IAM' },
      integration: kinesisIntegration(),
    });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response.status).toBe(500);
    expect(api.sent).toEqual([]);
  });
});

/** A role's session with these statements of its own, and of its permissions boundary. */
function sessionWith(own: readonly object[], boundary: readonly object[]): Caller {
  const iam = createIam();
  const account = iam.account(OWNER);
  const document = (statements: readonly object[]) => ({
    Version: '2012-10-17',
    Statement: statements.map((given) => ({
      Action: 'execute-api:Invoke',
      Resource: '*',
      ...given,
    })),
  });
  const limit =
    boundary.length === 0
      ? undefined
      : account.policies.create({ name: 'limit', document: document(boundary) });
  const trustPolicy = {
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  };
  const role = account.createRole({ name: 'caller', trustPolicy, permissionsBoundary: limit?.arn });
  if (own.length > 0) account.putInlinePolicy(role, 'own', document(own));
  return iam.assumeRole(role.arn, 'lambda.amazonaws.com', 's', OWNER);
}

const statement = (Effect: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect,
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/dev/GET/streams/*',
      ...more,
    },
  ],
});

describe('a resource policy', () => {
  test.each([
    ['allows the address', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, 200],
    ['allows another address', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 403],
  ])('that %s decides for anonymous callers', async (_case, Condition, status) => {
    const api = await signedApi({
      authorizationType: 'NONE',
      policy: statement('Allow', { Condition }),
    });

    const response = await api.call(call);

    expect(response.status).toBe(status);
    if (status === 403) {
      expect(response.text).toContain(
        'User: anonymous is not authorized to perform: execute-api:Invoke',
      );
    }
  });

  test('of an undeployed API does not hold yet', async () => {
    const api = await signedApi({ authorizationType: 'NONE' });
    await api.stack.update('RestApi', api.restApiId, {
      Name: 'test',
      Policy: statement('Deny'),
    });

    expect((await api.call(call)).status).toBe(200);
  });

  const ROLE = `arn:aws:iam::${OWNER.accountId}:role/caller`;
  const SESSION = `arn:aws:sts::${OWNER.accountId}:assumed-role/caller/s`;

  test.each([
    ['allows everybody', 'no policy', statement('Allow'), [], [], 200],
    ['allows everybody', 'a deny', statement('Allow'), [{ Effect: 'Deny' }], [], 403],
    ['denies everybody', 'an allow', statement('Deny'), [{ Effect: 'Allow' }], [], 403],
    [
      'allows the role',
      'no policy and a boundary without it',
      statement('Allow', { Principal: { AWS: ROLE } }),
      [],
      [{ Effect: 'Allow', Action: 'kinesis:*' }],
      403,
    ],
    [
      'allows the session',
      'no policy and a boundary without it',
      statement('Allow', { Principal: { AWS: SESSION } }),
      [],
      [{ Effect: 'Allow', Action: 'kinesis:*' }],
      200,
    ],
    [
      'allows the session',
      'a boundary that denies it',
      statement('Allow', { Principal: { AWS: SESSION } }),
      [],
      [{ Effect: 'Deny' }],
      403,
    ],
  ] as const)(
    'that %s, with %s of the caller, decides',
    async (_policy, _own, policy, own, boundary, status) => {
      const api = await signedApi({ caller: sessionWith(own, boundary), policy });

      expect((await api.call(call)).status).toBe(status);
    },
  );

  test('is needed beside the identity’s own for callers of other accounts', async () => {
    const stranger = callerWho(() => 'allow', '111111111111');

    const without = await signedApi({ caller: stranger });
    const withPolicy = await signedApi({ caller: stranger, policy: statement('Allow') });

    expect((await without.call(call)).status).toBe(403);
    expect((await withPolicy.call(call)).status).toBe(200);
  });

  test('that cannot be evaluated is refused when it is set', async () => {
    await expect(
      apiUnderTest({ restApi: { Policy: { Version: '2012-10-17', Statement: 'all' } } }),
    ).rejects.toThrow('Invalid policy document');
  });
});
