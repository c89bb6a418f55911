import {
  CreateDeploymentCommand,
  GetMethodCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAuthorizerCommand,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { api } from './api-with-method';
import { authorizerIn, LEAST, POOL } from './authorizer-inputs';

const INVALID =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';

async function withAuthorizers() {
  const within = await api();
  const { sdk, method } = within;
  const ids = {
    token: await authorizerIn(within, LEAST.TOKEN),
    request: await authorizerIn(within, LEAST.REQUEST),
    pool: await authorizerIn(within, LEAST.COGNITO_USER_POOLS),
  };
  return {
    ...within,
    ids,
    put: (authorizationType: string, more: object = {}) =>
      sdk.send(new PutMethodCommand({ ...method, authorizationType, ...more })),
    get: () => sdk.send(new GetMethodCommand(method)),
    patch: (...patchOperations: PatchOperation[]) =>
      sdk.send(new UpdateMethodCommand({ ...method, patchOperations })),
  };
}

const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

describe('methods with an authorizer', () => {
  test.each([
    ['CUSTOM', 'token', undefined],
    ['CUSTOM', 'request', undefined],
    ['COGNITO_USER_POOLS', 'pool', undefined],
    ['COGNITO_USER_POOLS', 'pool', ['events/write', 'events/admin']],
  ] as const)(
    'of the type %s name the one of kind %s, with scopes %j',
    async (type, kind, scopes) => {
      const { put, get, ids } = await withAuthorizers();

      await put(type, { authorizerId: ids[kind], authorizationScopes: scopes });

      const method = await get();
      expect(method).toMatchObject({ authorizationType: type, authorizerId: ids[kind] });
      expect(method.authorizationScopes).toEqual(scopes);
    },
  );

  test.each([
    ['CUSTOM', undefined],
    ['CUSTOM', 'pool'],
    ['COGNITO_USER_POOLS', undefined],
    ['COGNITO_USER_POOLS', 'token'],
    ['COGNITO_USER_POOLS', 'request'],
  ] as const)('of the type %s are refused with %s', async (type, kind) => {
    const { put, ids } = await withAuthorizers();

    const authorizerId = kind === undefined ? 'abc' : ids[kind];

    await expect(put(type, { authorizerId })).rejects.toThrow(INVALID);
    await expect(put(type)).rejects.toThrow(INVALID);
  });

  test('ignore it where nobody asks it', async () => {
    const { put, get, patch, ids } = await withAuthorizers();

    await put('NONE', { authorizerId: ids.token, authorizationScopes: ['a'] });
    const before = await get();
    await patch(replace('/authorizerId', ids.token));
    const after = await patch(replace('/authorizationType', 'AWS_IAM'));

    for (const method of [before, after]) {
      expect(method).not.toHaveProperty('authorizerId');
      expect(method).not.toHaveProperty('authorizationScopes');
    }
  });

  test('get it by patches, in any order', async () => {
    const { put, patch, get, ids } = await withAuthorizers();
    await put('NONE');

    await expect(patch(replace('/authorizationType', 'CUSTOM'))).rejects.toThrow(INVALID);
    await expect(
      patch(replace('/authorizerId', 'abc'), replace('/authorizationType', 'CUSTOM')),
    ).rejects.toThrow(INVALID);
    expect((await get()).authorizationType).toBe('NONE');
    const custom = await patch(
      replace('/authorizerId', ids.token),
      replace('/authorizationType', 'CUSTOM'),
    );

    expect(custom).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: ids.token });
    await expect(patch(replace('/authorizerId', ids.pool))).rejects.toThrow(INVALID);
    const other = await patch(replace('/authorizerId', ids.request));
    expect(other).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: ids.request });
  });

  test('get scopes by patches, one by one', async () => {
    const { put, patch, ids } = await withAuthorizers();
    await put('COGNITO_USER_POOLS', { authorizerId: ids.pool });
    const scope = (op: 'add' | 'remove', value: string): PatchOperation => ({
      op,
      path: '/authorizationScopes',
      value,
    });

    const two = await patch(scope('add', 'a'), scope('add', 'b'), scope('add', 'a'));
    const one = await patch(scope('remove', 'b'));
    const none = await patch(scope('remove', 'a'));

    expect(two.authorizationScopes).toEqual(['b', 'a']);
    expect(one.authorizationScopes).toEqual(['a']);
    expect(none).not.toHaveProperty('authorizationScopes');
    expect(none.authorizationType).toBe('COGNITO_USER_POOLS');
  });

  test('are not deployed when it became one of another kind', async () => {
    const { sdk, restApiId, method, put, ids } = await withAuthorizers();
    await put('CUSTOM', { authorizerId: ids.token });
    await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
    const deploy = () => sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    await deploy();

    await sdk.send(
      new UpdateAuthorizerCommand({
        restApiId,
        authorizerId: ids.token,
        patchOperations: [
          replace('/type', 'COGNITO_USER_POOLS'),
          { op: 'add', path: '/providerARNs', value: POOL },
        ],
      }),
    );

    await expect(deploy()).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Invalid Authorizer identifier specified',
    });
  });
});
