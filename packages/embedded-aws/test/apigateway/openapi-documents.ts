import {
  type APIGatewayClient,
  GetMethodCommand,
  GetResourcesCommand,
  ImportRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { sdkClient } from './sdk-client';

/** An OpenAPI 3 document with most of the features that API Gateway supports. */
export const OPENAPI = {
  openapi: '3.0.1',
  info: { title: 'Streams', description: 'of records', version: '2' },
  'x-amazon-apigateway-request-validators': {
    body: { validateRequestBody: true, validateRequestParameters: false },
  },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { statusCode: 418 } },
  paths: {
    '/streams/{name}': {
      parameters: [{ $ref: '#/components/parameters/Name' }],
      put: {
        operationId: 'PutIt',
        security: [{ sigv4: [] }, { api_key: [] }],
        'x-amazon-apigateway-request-validator': 'body',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } },
        },
        responses: {
          200: {
            description: 'ok',
            headers: { 'X-A': { schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Items' } } },
          },
          default: { description: 'else' },
        },
        'x-amazon-apigateway-integration': {
          type: 'aws',
          httpMethod: 'POST',
          uri: 'arn:aws:apigateway:us-east-1:kinesis:action/PutRecord',
          credentials: 'arn:aws:iam::000000000000:role/r',
          passthroughBehavior: 'never',
          requestTemplates: { 'application/json': '{}' },
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.X-A': "'1'" },
            },
          },
        },
      },
      'x-amazon-apigateway-any-method': {
        responses: {},
        'x-amazon-apigateway-integration': { type: 'mock', passthroughBehavior: 'when_no_match' },
      },
    },
  },
  components: {
    parameters: { Name: { name: 'name', in: 'path', required: true, schema: { type: 'string' } } },
    schemas: {
      Item: {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', example: 'x' } },
      },
      Items: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
    },
    securitySchemes: {
      sigv4: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
      api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    },
  },
};

export const SWAGGER = {
  swagger: '2.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      post: {
        consumes: ['application/json'],
        produces: ['application/json'],
        parameters: [
          { in: 'body', name: 'Pet', required: true, schema: { $ref: '#/definitions/Pet' } },
          { in: 'query', name: 'type', type: 'string' },
        ],
        responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
        'x-amazon-apigateway-integration': {
          type: 'http',
          httpMethod: 'POST',
          uri: 'http://pets.test/pets',
          responses: { default: { statusCode: '200' } },
        },
      },
    },
  },
  definitions: { Pet: { type: 'object' } },
};

export const bytes = (document: unknown) => Buffer.from(JSON.stringify(document));

/** A gateway with an API imported from a document. */
export async function imported(document: unknown) {
  const sdk = sdkClient(createApiGateway());
  const api = await sdk.send(new ImportRestApiCommand({ body: bytes(document) }));
  return { sdk, restApiId: api.id ?? '', api };
}

export async function methodAt(
  sdk: APIGatewayClient,
  restApiId: string,
  path: string,
  httpMethod: string,
) {
  const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));
  const resourceId = items?.find((item) => item.path === path)?.id;
  return sdk.send(new GetMethodCommand({ restApiId, resourceId, httpMethod }));
}
