import type { Answer } from '../../ours';
import type { Call } from './call';
import { readMethod } from './methods';
import { PLAIN_CALLS } from './rest-apis';

const DOCUMENT = {
  swagger: '2.0',
  info: { title: 'imported', description: 'From a document', version: '1' },
  schemes: ['https'],
  securityDefinitions: {
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    token: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': {
        type: 'token',
        authorizerUri:
          'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:check/invocations',
      },
    },
  },
  definitions: { Order: { type: 'object', properties: { id: { type: 'string' } } } },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-gateway-responses': {
    DEFAULT_4XX: { responseTemplates: { 'application/json': '{}' } },
  },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
  },
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'readOrder',
        produces: ['application/json'],
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        security: [{ key: [] }, { token: [] }],
        responses: {
          200: {
            description: 'found',
            schema: { $ref: '#/definitions/Order' },
            headers: { 'x-a': { type: 'string' } },
          },
          400: { description: 'bad' },
        },
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          passthroughBehavior: 'when_no_match',
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.x-a': "'a'" },
              responseTemplates: { 'application/json': '{}' },
            },
            '4\\d{2}': { statusCode: '400' },
          },
        },
      },
      post: {
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        responses: {},
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'POST',
          uri: 'https://example.com/{id}',
          requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
        },
      },
    },
  },
};

export async function imports(call: Call): Promise<void> {
  const { id: restApiId } = await call('ImportRestApi', {
    body: Buffer.from(JSON.stringify(DOCUMENT)),
  });
  for (const operation of [
    ...PLAIN_CALLS,
    'GetRequestValidators',
    'GetGatewayResponses',
    'GetDocumentationParts',
  ]) {
    await call(operation, { restApiId });
  }
  const { items } = await call('GetResources', { restApiId, embed: ['methods'] });
  for (const resource of items as readonly Answer[]) {
    await call('GetResource', { restApiId, resourceId: resource.id, embed: ['methods'] });
    for (const httpMethod of Object.keys(resource.resourceMethods ?? {})) {
      await readMethod(call, { restApiId, resourceId: resource.id, httpMethod });
    }
  }
  await call('CreateDeployment', { restApiId, stageName: 'dev' });
  await call('GetStage', { restApiId, stageName: 'dev' });
  await call('PutRestApi', {
    restApiId,
    mode: 'overwrite',
    body: Buffer.from(JSON.stringify({ swagger: '2.0', info: { title: 'less' }, paths: {} })),
  });
  await call('PutRestApi', {
    restApiId,
    mode: 'merge',
    body: Buffer.from(JSON.stringify(DOCUMENT)),
  });
  await call('PutRestApi', {
    restApiId,
    mode: 'merge',
    body: Buffer.from('openapi: 3.0.1\nservers: [{url: /a}, {url: /b}]\npaths: {}\n'),
  });
  await call('GetExport', { restApiId, stageName: 'dev', exportType: 'oas30' });
  const securityDefinitions = { oauth: { type: 'oauth2', flow: 'implicit' } };
  const warned = { swagger: '2.0', info: { title: 'warned' }, paths: {}, securityDefinitions };
  await call('ImportRestApi', { body: Buffer.from(JSON.stringify(warned)) });
  await call('ImportRestApi', { body: Buffer.from('{') });
}
