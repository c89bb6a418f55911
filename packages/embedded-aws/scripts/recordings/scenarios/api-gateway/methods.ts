import type { Answer } from '../../ours';
import { type Call, patch } from './call';

export async function readMethod(call: Call, method: object): Promise<void> {
  const { methodResponses = {}, methodIntegration } = await call('GetMethod', method);
  await call('GetIntegration', method);
  for (const statusCode of Object.keys(methodResponses as object)) {
    await call('GetMethodResponse', { ...method, statusCode });
  }
  const { integrationResponses = {} } = (methodIntegration ?? {}) as Answer;
  for (const statusCode of Object.keys(integrationResponses as object)) {
    await call('GetIntegrationResponse', { ...method, statusCode });
  }
}

export async function methods(call: Call, restApiId: string, authorizerId: string): Promise<void> {
  const { items } = await call('GetResources', { restApiId });
  const [root] = items as readonly Answer[];
  const { id: resourceId } = await call('CreateResource', {
    restApiId,
    parentId: root?.id,
    pathPart: '{id}',
  });
  await call('CreateResource', { restApiId, parentId: root?.id, pathPart: '{id}' });
  await call('UpdateResource', {
    restApiId,
    resourceId,
    patchOperations: [patch('replace', '/pathPart', '{name}')],
  });
  const method = (httpMethod: string) => ({ restApiId, resourceId, httpMethod });
  await call('PutMethod', { ...method('GET'), authorizationType: 'NONE' });
  await readMethod(call, method('GET'));
  await call('PutMethod', {
    ...method('POST'),
    authorizationType: 'CUSTOM',
    authorizerId,
    apiKeyRequired: true,
    operationName: 'Write',
    requestParameters: { 'method.request.querystring.q': true },
    requestModels: { 'application/json': 'Order' },
  });
  await call('PutMethod', { ...method('DELETE'), authorizationType: 'AWS_IAM', requestModels: {} });
  await integrations(call, method);
  for (const httpMethod of ['GET', 'POST', 'DELETE', 'PUT']) {
    await readMethod(call, method(httpMethod));
  }
  await call('GetResource', { restApiId, resourceId });
  await call('GetResource', { restApiId, resourceId, embed: ['methods'] });
  await call('GetResources', { restApiId, embed: ['methods'] });
  await call('TestInvokeMethod', method('GET'));
  await call('TestInvokeMethod', { ...method('GET'), body: '{}', headers: { a: 'b' } });
  await updates(call, method);
}

async function integrations(call: Call, method: (name: string) => object): Promise<void> {
  await call('PutMethodResponse', { ...method('GET'), statusCode: '200' });
  await call('PutMethodResponse', {
    ...method('POST'),
    statusCode: '200',
    responseParameters: { 'method.response.header.x-a': true },
    responseModels: { 'application/json': 'Order' },
  });
  await call('PutMethodResponse', {
    ...method('POST'),
    statusCode: '500',
    responseParameters: {},
    responseModels: {},
  });
  await call('PutMethodResponse', { ...method('POST'), statusCode: '400', responseModels: {} });
  await call('PutIntegration', {
    ...method('GET'),
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
  });
  await call('PutIntegration', { ...method('GET'), type: 'NOTHING' });
  await call('PutIntegrationResponse', { ...method('GET'), statusCode: '200' });
  await call('PutIntegration', {
    ...method('POST'),
    type: 'AWS',
    integrationHttpMethod: 'POST',
    uri: 'arn:aws:apigateway:us-east-1:kinesis:action/PutRecord',
    credentials: 'arn:aws:iam::000000000000:role/a',
    requestParameters: { 'integration.request.header.x-a': "'a'" },
    requestTemplates: { 'application/json': '{}' },
    passthroughBehavior: 'NEVER',
    cacheNamespace: 'a',
    cacheKeyParameters: ['method.request.querystring.q'],
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 1000,
  });
  await call('PutIntegrationResponse', {
    ...method('POST'),
    statusCode: '200',
    responseTemplates: { 'application/json': '{}' },
    responseParameters: { 'method.response.header.x-a': "'a'" },
    contentHandling: 'CONVERT_TO_TEXT',
  });
  await call('PutIntegrationResponse', {
    ...method('POST'),
    statusCode: '400',
    selectionPattern: '4..',
    responseTemplates: {},
  });
  await call('PutIntegrationResponse', {
    ...method('POST'),
    statusCode: '500',
    selectionPattern: '',
  });
  await call('PutIntegration', {
    ...method('DELETE'),
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'DELETE',
    uri: 'https://example.com',
  });
  await call('PutMethod', { ...method('PUT'), authorizationType: 'NONE', apiKeyRequired: false });
  await call('PutIntegration', {
    ...method('PUT'),
    type: 'HTTP',
    integrationHttpMethod: 'PUT',
    uri: 'https://example.com',
    requestParameters: {},
    requestTemplates: {},
    cacheKeyParameters: [],
  });
}

async function updates(call: Call, method: (name: string) => object): Promise<void> {
  await call('UpdateMethod', {
    ...method('POST'),
    patchOperations: [
      patch('remove', '/requestParameters/method.request.querystring.q'),
      patch('replace', '/apiKeyRequired', 'false'),
      patch('replace', '/authorizationType', 'NONE'),
      patch('remove', '/requestModels/application~1json'),
    ],
  });
  await call('UpdateMethodResponse', {
    ...method('POST'),
    statusCode: '200',
    patchOperations: [
      patch('remove', '/responseModels/application~1json'),
      patch('add', '/responseParameters/method.response.header.x-b', 'true'),
    ],
  });
  await call('UpdateIntegration', {
    ...method('POST'),
    patchOperations: [
      patch('replace', '/timeoutInMillis', '2000'),
      patch('remove', '/requestParameters/integration.request.header.x-a'),
      patch('remove', '/requestTemplates/application~1json'),
    ],
  });
  await call('UpdateIntegrationResponse', {
    ...method('POST'),
    statusCode: '200',
    patchOperations: [
      patch('remove', '/responseTemplates/application~1json'),
      patch('remove', '/responseParameters/method.response.header.x-a'),
    ],
  });
  await readMethod(call, method('POST'));
  await call('DeleteIntegrationResponse', { ...method('POST'), statusCode: '400' });
  await call('DeleteMethodResponse', { ...method('POST'), statusCode: '400' });
  await call('DeleteIntegration', method('POST'));
  await readMethod(call, method('POST'));
  await call('DeleteMethod', method('POST'));
}
