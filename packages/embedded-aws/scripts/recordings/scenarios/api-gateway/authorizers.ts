import type { Answer } from '../../ours';
import { arn } from '../scenario';
import { type Call, patch } from './call';

const LAMBDA_URI =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:check/invocations';

export async function authorizers(call: Call, restApiId: string): Promise<string> {
  await call('CreateAuthorizer', {
    restApiId,
    name: 'token',
    type: 'TOKEN',
    authorizerUri: LAMBDA_URI,
    identitySource: 'method.request.header.Authorization',
  });
  const { id: authorizerId } = await call('CreateAuthorizer', {
    restApiId,
    name: 'request',
    type: 'REQUEST',
    authType: 'custom',
    authorizerUri: LAMBDA_URI,
    authorizerCredentials: 'arn:aws:iam::000000000000:role/a',
    identitySource: 'method.request.header.Authorization',
    authorizerResultTtlInSeconds: 10,
  });
  await call('CreateAuthorizer', {
    restApiId,
    name: 'full',
    type: 'TOKEN',
    authType: 'custom',
    authorizerUri: LAMBDA_URI,
    identitySource: 'method.request.header.Authorization',
    identityValidationExpression: '.*',
    authorizerResultTtlInSeconds: 0,
  });
  await call('CreateAuthorizer', {
    restApiId,
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    providerARNs: [arn('cognito-idp', 'userpool/us-east-1_abc')],
    identitySource: 'method.request.header.Authorization',
  });
  const { items } = await call('GetAuthorizers', { restApiId });
  await scopes(call, restApiId, (items as readonly Answer[]).at(-1)?.id);
  await call('GetAuthorizer', { restApiId, authorizerId });
  await call('UpdateAuthorizer', {
    restApiId,
    authorizerId,
    patchOperations: [patch('replace', '/name', 'other')],
  });
  await call('GetAuthorizers', { restApiId });
  return String(authorizerId);
}

/** A method with scopes, which only those with a user pool have. */
async function scopes(call: Call, restApiId: string, authorizerId: unknown): Promise<void> {
  const { items } = await call('GetResources', { restApiId });
  const [root] = items as readonly Answer[];
  const method = { restApiId, resourceId: root?.id, httpMethod: 'GET' };
  await call('PutMethod', {
    ...method,
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId,
    authorizationScopes: ['orders/read'],
  });
  await call('DeleteMethod', method);
}
