import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  DeleteAuthorizerCommand,
  FlushStageAuthorizersCacheCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  TestInvokeAuthorizerCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { rootCaller } from '../../src/core/caller';
import { inProcess } from '../../src/in-process';
import { api } from './api-with-method';
import { authorizerIn, FUNCTION, LEAST, POOL, uriOf } from './authorizer-inputs';
import { sdkClient } from './sdk-client';

const bare = <Answer extends { $metadata: unknown }>({ $metadata: _metadata, ...answer }: Answer) =>
  answer;

async function made(input: Parameters<typeof authorizerIn>[1] = LEAST.TOKEN) {
  const within = await api();
  const authorizerId = await authorizerIn(within, input);
  const { sdk, restApiId } = within;
  const patch = async (...patchOperations: PatchOperation[]) =>
    bare(await sdk.send(new UpdateAuthorizerCommand({ restApiId, authorizerId, patchOperations })));
  const get = async () =>
    bare(await sdk.send(new GetAuthorizerCommand({ restApiId, authorizerId })));
  return { ...within, authorizerId, patch, get };
}

describe('authorizers', () => {
  test.each([
    ['TOKEN', 'custom'],
    ['REQUEST', 'custom'],
    ['COGNITO_USER_POOLS', 'cognito_user_pools'],
  ] as const)('of the type %s are stored as given, with the scheme %s', async (type, authType) => {
    const { sdk, restApiId } = await api();

    const created = await sdk.send(new CreateAuthorizerCommand({ restApiId, ...LEAST[type] }));

    expect(created.$metadata.httpStatusCode).toBe(201);
    expect(bare(created)).toEqual({ id: created.id, ...LEAST[type], authType });
    expect(created.id).toMatch(/^[a-z0-9]{6}$/);
    const { items } = await sdk.send(new GetAuthorizersCommand({ restApiId }));
    expect(items).toEqual([bare(created)]);
  });

  test('keep every member', async () => {
    const all = {
      ...LEAST.TOKEN,
      authType: 'jwt-of-ours',
      authorizerCredentials: 'arn:aws:iam::000000000000:role/caller',
      identityValidationExpression: '^Bearer [-0-9a-zA-Z._]+$',
      authorizerResultTtlInSeconds: 0,
    };

    const { get, authorizerId } = await made(all);

    expect(await get()).toEqual({ id: authorizerId, ...all });
  });

  test.each<[object, string]>([
    [
      { name: undefined },
      "Value null at 'createAuthorizerInput.name' failed to satisfy constraint: Member must not be null",
    ],
    [{ name: undefined, type: undefined }, '2 validation errors detected'],
    [{ type: 'OTHER' }, "Value 'OTHER' at 'createAuthorizerInput.type'"],
    [{ type: 'JWT' }, "The embedded AWS does not support authorizers of the type 'JWT'."],
    [{ name: ' ' }, 'Authorizer name cannot be empty'],
    [{ authorizerResultTtlInSeconds: 3601 }, 'between 0 and 3600'],
    [{ authorizerResultTtlInSeconds: -1 }, 'between 0 and 3600'],
    [{ authorizerResultTtlInSeconds: 0.5 }, 'between 0 and 3600'],
    [{ authorizerCredentials: 'caller' }, 'Invalid authorizer credentials specified: caller'],
    [{ identitySource: undefined }, 'the type TOKEN needs one header'],
    [{ identitySource: '' }, 'Identity source cannot be empty'],
    [{ identitySource: 'method.request.querystring.token' }, 'the type TOKEN needs one header'],
    [
      { identitySource: 'method.request.header.A,method.request.header.B' },
      'the type TOKEN needs one header',
    ],
    [{ identityValidationExpression: '(' }, 'Invalid identity validation expression specified: ('],
    [
      { ...LEAST.REQUEST, identitySource: undefined },
      'needs an identity source, which its cache goes by',
    ],
    [{ ...LEAST.COGNITO_USER_POOLS, providerARNs: undefined }, 'needs the ARN of a user pool'],
    [{ ...LEAST.COGNITO_USER_POOLS, providerARNs: [] }, 'needs the ARN of a user pool'],
    [
      { ...LEAST.COGNITO_USER_POOLS, providerARNs: [POOL, FUNCTION] },
      `Invalid provider ARN specified: ${FUNCTION}`,
    ],
    [
      { ...LEAST.COGNITO_USER_POOLS, providerARNs: [POOL.replace('arn:aws', 'arn:aws-cn')] },
      'Invalid provider ARN',
    ],
    [
      { ...LEAST.COGNITO_USER_POOLS, identitySource: undefined },
      'the type COGNITO_USER_POOLS needs one header',
    ],
  ])('with %j are refused', async (change, message) => {
    const { sdk, restApiId } = await api();
    const input = { restApiId, ...LEAST.TOKEN, ...change };

    const creation = sdk.send(new CreateAuthorizerCommand(input));

    await expect(creation).rejects.toThrow(message);
    await expect(creation).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    expect((await sdk.send(new GetAuthorizersCommand({ restApiId }))).items).toEqual([]);
  });

  test.each([
    'method.request.path.id',
    'method.request.body.token',
    'method.request.header.',
    'method.request.header.A,',
    'method.request.header.A method.request.header.B',
    'Authorization',
    'context.',
  ])('cannot go by %s', async (identitySource) => {
    const within = await api();

    await expect(authorizerIn(within, { ...LEAST.REQUEST, identitySource })).rejects.toThrow(
      `Invalid identity source specified: ${identitySource}.`,
    );
  });

  test.each<[string | undefined, number]>([
    ['method.request.multivalueheader.A,method.request.multivaluequerystring.b[]', 300],
    ['stageVariables.tenant , context.identity.sourceIp', 300],
    [undefined, 0],
  ])('of the type REQUEST go by %s', async (identitySource, authorizerResultTtlInSeconds) => {
    const input = { ...LEAST.REQUEST, identitySource, authorizerResultTtlInSeconds };

    const { get } = await made(input);

    expect((await get()).identitySource).toBe(identitySource);
  });

  test.each([
    undefined,
    FUNCTION,
    uriOf(FUNCTION, 'arn:aws:apigateway:region'),
    uriOf(FUNCTION, 'arn:aws-cn:apigateway:cn-north-1'),
    uriOf(FUNCTION.replace('arn:aws', 'arn:aws-cn')),
    uriOf('door'),
    uriOf(FUNCTION).replace(':lambda:path', ':sqs:path'),
    uriOf(FUNCTION).replace('/invocations', ''),
  ])('cannot call %s', async (authorizerUri) => {
    const within = await api();

    await expect(authorizerIn(within, { ...LEAST.TOKEN, authorizerUri })).rejects.toThrow(
      `Invalid Authorizer URI: ${authorizerUri ?? 'null'}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  });

  test.each([
    `${FUNCTION}:live`,
    FUNCTION.replace('us-east-1:000000000000', 'eu-west-1:111111111111'),
    `${FUNCTION}:\${stageVariables.alias}`,
    `\${stageVariables.function}`,
  ])('can call %s', async (functionArn) => {
    const authorizerUri = uriOf(functionArn);

    const { get } = await made({ ...LEAST.TOKEN, authorizerUri });

    expect((await get()).authorizerUri).toBe(authorizerUri);
  });

  test('have names of their own within their API', async () => {
    const within = await made();
    await authorizerIn(await api());
    const { sdk, restApiId } = within;
    const message =
      'Authorizer name must be unique. Authorizer token already exists in this RestApi.';

    await expect(authorizerIn(within)).rejects.toThrow(message);
    const other = await authorizerIn(within, { ...LEAST.TOKEN, name: 'other' });
    const rename = { op: 'replace', path: '/name', value: 'token' } as const;
    await expect(
      sdk.send(
        new UpdateAuthorizerCommand({ restApiId, authorizerId: other, patchOperations: [rename] }),
      ),
    ).rejects.toThrow(message);
    await expect(within.patch(rename)).resolves.toMatchObject({ name: 'token' });
  });

  test('are at most ten of an API', async () => {
    const within = await api();
    for (let number = 1; number <= 10; number++) {
      await authorizerIn(within, { ...LEAST.TOKEN, name: `a${number}` });
    }

    await expect(authorizerIn(within)).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: { httpStatusCode: 429 },
    });
  });

  test('are listed by pages', async () => {
    const within = await api();
    for (const name of ['a', 'b', 'c']) await authorizerIn(within, { ...LEAST.TOKEN, name });
    const list = (position?: string) =>
      within.sdk.send(
        new GetAuthorizersCommand({ restApiId: within.restApiId, limit: 2, position }),
      );

    const first = await list();
    const second = await list(first.position);

    expect(first.items?.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(second.items?.map(({ name }) => name)).toEqual(['c']);
  });

  test('change by patches, as a whole or not at all', async () => {
    const { patch, get, authorizerId } = await made();

    await patch(
      { op: 'replace', path: '/name', value: 'changed' },
      { op: 'replace', path: '/authType', value: 'mine' },
      { op: 'replace', path: '/authorizerUri', value: uriOf(`${FUNCTION}:2`) },
      {
        op: 'replace',
        path: '/authorizerCredentials',
        value: 'arn:aws:iam::000000000000:role/r',
      },
      { op: 'replace', path: '/identityValidationExpression', value: '.+' },
      { op: 'replace', path: '/authorizerResultTtlInSeconds', value: '0' },
      { op: 'replace', path: '/identitySource', value: 'context.path' },
      { op: 'replace', path: '/type', value: 'REQUEST' },
    );
    const changed = {
      id: authorizerId,
      name: 'changed',
      type: 'REQUEST',
      authType: 'mine',
      authorizerUri: uriOf(`${FUNCTION}:2`),
      authorizerCredentials: 'arn:aws:iam::000000000000:role/r',
      identitySource: 'context.path',
      identityValidationExpression: '.+',
      authorizerResultTtlInSeconds: 0,
    };
    expect(await get()).toEqual(changed);

    await expect(
      patch(
        { op: 'replace', path: '/name', value: 'never' },
        { op: 'replace', path: '/type', value: 'TOKEN' },
      ),
    ).rejects.toThrow('the type TOKEN needs one header');
    expect(await get()).toEqual(changed);

    const { authorizerCredentials: _role, identitySource: _source, ...left } = changed;
    await patch(
      { op: 'replace', path: '/authorizerCredentials', value: '' },
      { op: 'replace', path: '/identitySource', value: '' },
    );
    expect(await get()).toEqual(left);
  });

  test('of pools change pool by pool', async () => {
    const { patch } = await made(LEAST.COGNITO_USER_POOLS);
    const other = POOL.replace('Abc123', 'Other');

    const both = await patch({ op: 'add', path: '/providerARNs', value: other });
    const one = await patch({ op: 'remove', path: '/providerARNs', value: POOL });

    expect(both).toMatchObject({ providerARNs: [POOL, other] });
    expect(one).toMatchObject({ providerARNs: [other] });
    await expect(patch({ op: 'remove', path: '/providerARNs', value: other })).rejects.toThrow(
      'needs the ARN of a user pool',
    );
  });

  test.each<[PatchOperation, string]>([
    [
      { op: 'replace', path: '/id', value: 'x' },
      "Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/name, /type,",
    ],
    [
      { op: 'add', path: '/name', value: 'x' },
      "Invalid patch path  '/name' specified for op 'add'.",
    ],
    [
      { op: 'replace', path: '/type', value: 'JWT' },
      "does not support authorizers of the type 'JWT'",
    ],
    [{ op: 'replace', path: '/type', value: 'token' }, "Value 'token' at 'type' failed"],
    [{ op: 'replace', path: '/name', value: '' }, 'Authorizer name cannot be empty'],
    [
      { op: 'replace', path: '/authorizerResultTtlInSeconds', value: '1h' },
      'Invalid authorizer result TTL specified: 1h',
    ],
    [{ op: 'replace', path: '/authorizerResultTtlInSeconds', value: '3601' }, 'between 0 and 3600'],
  ])('refuse the patch %j', async (operation, message) => {
    const { patch } = await made();

    await expect(patch(operation)).rejects.toThrow(message);
  });

  test('of an API that does not exist are a conflict to make, and not found', async () => {
    const { sdk } = await api();
    const ids = { restApiId: 'none', authorizerId: 'none' };

    await expect(
      sdk.send(new CreateAuthorizerCommand({ ...LEAST.TOKEN, restApiId: 'none' })),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      message:
        'Unable to complete operation due to concurrent modification. Please try again later.',
    });
    await expect(sdk.send(new GetAuthorizersCommand(ids))).rejects.toThrow(
      'Invalid API identifier specified 000000000000:none',
    );
    await expect(sdk.send(new GetAuthorizerCommand(ids))).rejects.toThrow(
      'Invalid Authorizer identifier specified',
    );
  });

  test('that do not exist are not found', async () => {
    const { sdk, restApiId } = await api();
    const ids = { restApiId, authorizerId: 'none' };

    const calls = [
      sdk.send(new GetAuthorizerCommand(ids)),
      sdk.send(new UpdateAuthorizerCommand(ids)),
      sdk.send(new DeleteAuthorizerCommand(ids)),
      sdk.send(new TestInvokeAuthorizerCommand(ids)),
    ];

    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({
        status: 'rejected',
        reason: {
          name: 'NotFoundException',
          message: 'Invalid Authorizer identifier specified',
          $metadata: { httpStatusCode: 404 },
        },
      });
    }
  });

  test('are deleted unless a method uses them', async () => {
    const { sdk, restApiId, authorizerId, rootId, resource } = await made();
    const { id: resourceId } = await resource(rootId, 'test');
    await sdk.send(
      new PutMethodCommand({
        restApiId,
        resourceId,
        httpMethod: 'GET',
        authorizationType: 'CUSTOM',
        authorizerId,
      }),
    );
    const spare = await authorizerIn({ sdk, restApiId }, { ...LEAST.TOKEN, name: 'spare' });

    await expect(
      sdk.send(new DeleteAuthorizerCommand({ restApiId, authorizerId })),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      message: "Cannot delete authorizer 'token', is referenced in method: GET//test",
    });
    const deleted = await sdk.send(new DeleteAuthorizerCommand({ restApiId, authorizerId: spare }));

    expect(deleted.$metadata.httpStatusCode).toBe(202);
    const { items } = await sdk.send(new GetAuthorizersCommand({ restApiId }));
    expect(items?.map(({ id }) => id)).toEqual([authorizerId]);
  });

  test('of a region in China call functions of its partition', async () => {
    const caller = rootCaller({ accountId: '000000000000', region: 'cn-north-1' });
    const sdk = new APIGatewayClient(inProcess(createApiGateway(), caller));
    const { id: restApiId = '' } = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
    const there = FUNCTION.replace('arn:aws:lambda:us-east-1', 'arn:aws-cn:lambda:cn-north-1');
    const authorizerUri = uriOf(there, 'arn:aws-cn:apigateway:cn-north-1');

    await authorizerIn({ sdk, restApiId }, { ...LEAST.TOKEN, authorizerUri });

    await expect(
      authorizerIn({ sdk, restApiId }, { ...LEAST.TOKEN, name: 'other' }),
    ).rejects.toThrow('Invalid Authorizer URI');
  });
});

describe('the cache of a stage’s authorizers', () => {
  test('is flushed by the data plane', async () => {
    const { sdk, restApiId, flushed } = await deployed();

    const answer = await sdk.send(
      new FlushStageAuthorizersCacheCommand({ restApiId, stageName: 'dev' }),
    );

    expect(answer.$metadata.httpStatusCode).toBe(202);
    expect(flushed).toEqual([[restApiId, 'dev']]);
    await expect(
      sdk.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName: 'none' })),
    ).rejects.toThrow('Invalid stage identifier specified');
    expect(flushed).toHaveLength(1);
  });
});

async function deployed() {
  const flushed: string[][] = [];
  const apiGateway = createApiGateway();
  apiGateway.provideAuthorizers({
    test: () => Promise.reject(new Error('not tested')),
    flush: ({ id }, { stageName }) => flushed.push([id, stageName]),
  });
  const sdk = sdkClient(apiGateway);
  const { id: restApiId = '', rootResourceId: resourceId } = await sdk.send(
    new CreateRestApiCommand({ name: 'a' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  return { sdk, restApiId, flushed };
}
