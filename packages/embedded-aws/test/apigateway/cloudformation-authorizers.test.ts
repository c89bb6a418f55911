import { authorizerIn, FUNCTION, LEAST, POOL, uriOf } from './authorizer-inputs';
import { sdkClient } from './sdk-client';
import { stackWithApi } from './stack-with-api';

const HEADER = 'method.request.header.Authorization';

const TOKEN = {
  Name: 'door',
  Type: 'TOKEN',
  AuthorizerUri: uriOf(FUNCTION),
  IdentitySource: HEADER,
  AuthorizerResultTtlInSeconds: '60',
};
const COGNITO = {
  Name: 'pool',
  Type: 'COGNITO_USER_POOLS',
  ProviderARNs: [POOL],
  IdentitySource: HEADER,
};

describe('AWS::ApiGateway::Authorizer', () => {
  test('has its id as Ref and as attribute, the same in each deployment of the stack', async () => {
    const [one, two] = [await stackWithApi(), await stackWithApi()];

    const created = await one.stack.create(
      'Authorizer',
      { ...TOKEN, RestApiId: one.RestApiId },
      'A',
    );
    const again = await two.stack.create('Authorizer', { ...TOKEN, RestApiId: two.RestApiId }, 'A');

    const id = created.physicalId;
    expect(created).toEqual({ physicalId: id, attributes: { AuthorizerId: id } });
    expect(again.physicalId).toBe(id);
    expect(one.api().authorizers.get(id)).toEqual({
      id,
      name: 'door',
      type: 'TOKEN',
      authType: 'custom',
      authorizerUri: uriOf(FUNCTION),
      identitySource: HEADER,
      authorizerResultTtlInSeconds: 60,
    });
  });

  test('has every property', async () => {
    const { stack, api, RestApiId } = await stackWithApi();

    const { physicalId } = await stack.create('Authorizer', {
      ...TOKEN,
      RestApiId,
      AuthType: 'ours',
      AuthorizerCredentials: 'arn:aws:iam::000000000000:role/caller',
      IdentityValidationExpression: '^Bearer .+$',
    });
    const pool = await stack.create('Authorizer', { ...COGNITO, RestApiId });

    expect(api().authorizers.get(physicalId)).toMatchObject({
      authType: 'ours',
      authorizerCredentials: 'arn:aws:iam::000000000000:role/caller',
      identityValidationExpression: '^Bearer .+$',
    });
    expect(api().authorizers.get(pool.physicalId)).toMatchObject({ providerARNs: [POOL] });
  });

  test('changes in place, also its type; what is no longer in the template goes', async () => {
    const { stack, api, RestApiId } = await stackWithApi();
    const { physicalId } = await stack.create('Authorizer', { ...TOKEN, RestApiId });

    const updated = await stack.update('Authorizer', physicalId, { ...COGNITO, RestApiId });

    expect(updated).toEqual({ physicalId, attributes: { AuthorizerId: physicalId } });
    expect(api().authorizers.get(physicalId)).toEqual({
      id: physicalId,
      name: 'pool',
      type: 'COGNITO_USER_POOLS',
      authType: 'cognito_user_pools',
      providerARNs: [POOL],
      identitySource: HEADER,
    });
    expect(api().authorizers.size).toBe(1);
  });

  test.each([
    [{ ...TOKEN, AuthorizerUri: FUNCTION }, `Invalid Authorizer URI: ${FUNCTION}.`],
    [{ ...TOKEN, Other: 1 }, 'does not implement the property Other'],
    [{ ...TOKEN, Name: 'taken' }, 'Authorizer taken already exists in this RestApi.'],
  ])('is refused with %j', async (properties, message) => {
    const { stack, api, apiGateway, RestApiId } = await stackWithApi();
    const sdk = sdkClient(apiGateway);
    await authorizerIn({ sdk, restApiId: RestApiId }, { ...LEAST.TOKEN, name: 'taken' });

    await expect(stack.create('Authorizer', { ...properties, RestApiId })).rejects.toThrow(message);
    expect(api().authorizers.size).toBe(1);
  });

  test('is deleted once no method names it, and may be gone', async () => {
    const { stack, api, method, RestApiId } = await stackWithApi();
    const properties = { ...TOKEN, RestApiId };
    const { physicalId } = await stack.create('Authorizer', properties);
    const made = await method({ AuthorizationType: 'CUSTOM', AuthorizerId: physicalId });
    const remove = () => stack.delete('Authorizer', physicalId, properties);

    await expect(remove()).rejects.toThrow(
      "Cannot delete authorizer 'door', is referenced in method: GET//",
    );
    await stack.delete('Method', made.physicalId, {
      RestApiId,
      ResourceId: api().rootResourceId,
    });
    await remove();
    await remove();

    expect(api().authorizers.size).toBe(0);
  });
});

describe('AWS::ApiGateway::Method', () => {
  test('names its authorizer and its scopes', async () => {
    const { stack, api, method, RestApiId } = await stackWithApi();
    const { physicalId } = await stack.create('Authorizer', { ...COGNITO, RestApiId });

    await method({
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: physicalId,
      AuthorizationScopes: ['events/write'],
    });

    expect(api().resources.get(api().rootResourceId)?.methods.get('GET')).toMatchObject({
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: physicalId,
      authorizationScopes: ['events/write'],
    });
  });

  test('is refused with one that is not there', async () => {
    const { method } = await stackWithApi();

    await expect(method({ AuthorizationType: 'CUSTOM', AuthorizerId: 'abc' })).rejects.toThrow(
      'Invalid authorizer ID specified.',
    );
  });
});
