import { type Call, patch } from './call';

export const PLAIN_CALLS = ['GetRestApi', 'GetResources', 'GetModels', 'GetAuthorizers'] as const;

export async function restApis(call: Call): Promise<string> {
  await call('GetRestApis');
  const { id } = await call('CreateRestApi', { name: 'plain' });
  const restApiId = String(id);
  for (const operation of [
    ...PLAIN_CALLS,
    'GetRequestValidators',
    'GetGatewayResponses',
    'GetStages',
    'GetDeployments',
    'GetDocumentationParts',
    'GetDocumentationVersions',
  ]) {
    await call(operation, { restApiId });
  }
  await call('CreateRestApi', { name: 'described', description: '' });
  await call('CreateRestApi', { name: 'versioned', version: 'v1' });
  const full = await call('CreateRestApi', {
    name: 'full',
    description: 'all of it',
    version: '1',
    binaryMediaTypes: ['image/png'],
    minimumCompressionSize: 100,
    apiKeySource: 'AUTHORIZER',
    endpointConfiguration: { types: ['REGIONAL'] },
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
    }),
    tags: { team: 'a' },
    disableExecuteApiEndpoint: true,
  });
  await call('CreateRestApi', { name: 'copied', cloneFrom: restApiId });
  await call('CreateRestApi', { name: 'untyped', binaryMediaTypes: [] });
  await call('UpdateRestApi', {
    restApiId: full.id,
    patchOperations: [
      patch('replace', '/minimumCompressionSize', ''),
      patch('remove', '/binaryMediaTypes/image~1png'),
      patch('replace', '/description', ''),
      patch('replace', '/policy', ''),
    ],
  });
  await call('UpdateRestApi', {
    restApiId,
    patchOperations: [
      patch('replace', '/minimumCompressionSize', '10'),
      patch('add', '/binaryMediaTypes/image~1png'),
      patch('replace', '/description', 'b'),
    ],
  });
  await call('UntagResource', {
    resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${full.id}`,
    tagKeys: ['team'],
  });
  await call('GetRestApi', { restApiId: full.id });
  await call('GetRestApi', { restApiId: 'missing' });
  await call('UpdateRestApi', { restApiId, patchOperations: [patch('add', '/nothing', 'a')] });
  await call('GetRestApis', { limit: 1 });
  await call('GetRestApis');
  await call('DeleteRestApi', { restApiId: full.id });
  return restApiId;
}

export async function parts(call: Call, restApiId: string): Promise<void> {
  for (const model of [
    { name: 'Plain', contentType: 'application/json' },
    { name: 'Order', contentType: 'application/json', schema: '{"type":"object"}' },
    {
      name: 'Described',
      contentType: 'application/json',
      description: 'An order',
      schema: '{"type":"object"}',
    },
  ]) {
    await call('CreateModel', { restApiId, ...model });
  }
  await call('UpdateModel', {
    restApiId,
    modelName: 'Described',
    patchOperations: [patch('replace', '/description', '')],
  });
  await call('GetModel', { restApiId, modelName: 'Order' });
  await call('GetModel', { restApiId, modelName: 'Order', flatten: true });
  await call('GetModel', { restApiId, modelName: 'Missing' });
  await call('GetModels', { restApiId });
  const { id: requestValidatorId } = await call('CreateRequestValidator', {
    restApiId,
    name: 'all',
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  await call('CreateRequestValidator', { restApiId, name: 'none' });
  await call('CreateRequestValidator', { restApiId });
  await call('UpdateRequestValidator', {
    restApiId,
    requestValidatorId,
    patchOperations: [patch('replace', '/validateRequestBody', 'false')],
  });
  await call('GetRequestValidator', { restApiId, requestValidatorId });
  await call('GetRequestValidators', { restApiId });
  await gatewayResponses(call, restApiId);
}

async function gatewayResponses(call: Call, restApiId: string): Promise<void> {
  await call('GetGatewayResponse', { restApiId, responseType: 'DEFAULT_4XX' });
  await call('GetGatewayResponse', { restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' });
  await call('PutGatewayResponse', { restApiId, responseType: 'DEFAULT_4XX' });
  await call('PutGatewayResponse', { restApiId, responseType: 'DEFAULT_5XX', statusCode: '599' });
  await call('PutGatewayResponse', {
    restApiId,
    responseType: 'QUOTA_EXCEEDED',
    responseTemplates: { 'application/json': '{}' },
  });
  await call('PutGatewayResponse', {
    restApiId,
    responseType: 'THROTTLED',
    responseParameters: { 'gatewayresponse.header.x-a': "'a'" },
  });
  await call('PutGatewayResponse', {
    restApiId,
    responseType: 'MISSING_AUTHENTICATION_TOKEN',
    statusCode: '404',
    responseParameters: { 'gatewayresponse.header.x-a': "'a'" },
    responseTemplates: { 'application/json': '{}' },
  });
  await call('UpdateGatewayResponse', {
    restApiId,
    responseType: 'THROTTLED',
    patchOperations: [patch('replace', '/statusCode', '430')],
  });
  await call('GetGatewayResponses', { restApiId });
  await call('GetGatewayResponse', { restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' });
  await call('DeleteGatewayResponse', { restApiId, responseType: 'THROTTLED' });
  await call('DeleteGatewayResponse', { restApiId, responseType: 'THROTTLED' });
}
