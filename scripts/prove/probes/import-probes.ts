import {
  DeleteRestApiCommand,
  GetGatewayResponsesCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import type { Bench, Probe } from './probe';
import { mock } from './throwaway-api';

const VALIDATORS = {
  'x-amazon-apigateway-request-validators': {
    body: { validateRequestBody: true, validateRequestParameters: false },
  },
  'x-amazon-apigateway-request-validator': 'body',
};
const SIGNED = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};
const THING = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

/** OpenAPI 3, with extensions that HTTP APIs alone have. */
const openApi = (title: string) => ({
  openapi: '3.0.1',
  info: { title, version: '1' },
  ...VALIDATORS,
  'x-amazon-apigateway-gateway-responses': { BAD_REQUEST_BODY: { statusCode: '422' } },
  'x-amazon-apigateway-cors': { allowOrigins: ['https://example.com'] },
  'x-amazon-apigateway-importexport-version': '1.0',
  paths: {
    '/three/{id}': {
      post: {
        ...mock(),
        operationId: 'Three',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
        security: [{ sigv4: [] }],
      },
    },
  },
  components: { schemas: { Thing: THING }, securitySchemes: { sigv4: SIGNED } },
});

const swagger = (title: string) => ({
  swagger: '2.0',
  info: { title, version: '2' },
  ...VALIDATORS,
  consumes: ['text/json'],
  paths: {
    '/two': {
      post: {
        ...mock(),
        parameters: [{ name: 'Thing', in: 'body', schema: { $ref: '#/definitions/Thing' } }],
        security: [{ sigv4: [] }],
      },
    },
  },
  definitions: { Thing: THING },
  securityDefinitions: { sigv4: SIGNED },
});

/** The API as an import has made it. */
async function lookAt({ run, recorder }: Bench, restApiId: string | undefined) {
  const client = run.clients.apiGateway;
  const { items: resources = [] } = await recorder.command(
    client,
    new GetResourcesCommand({ restApiId, embed: ['methods'] }),
  );
  const { items: models = [] } = await recorder.command(
    client,
    new GetModelsCommand({ restApiId }),
  );
  const { items: validators = [] } = await recorder.command(
    client,
    new GetRequestValidatorsCommand({ restApiId }),
  );
  const { items: answers = [] } = await recorder.command(
    client,
    new GetGatewayResponsesCommand({ restApiId }),
  );
  const method = resources.map(({ resourceMethods: methods }) => methods?.POST).find(Boolean);
  return {
    paths: resources.map(({ path }) => path).sort(),
    methods: resources.flatMap(({ resourceMethods = {} }) => Object.keys(resourceMethods)),
    authorization: method?.authorizationType,
    requestModels: method?.requestModels,
    isValidated: validators.some(({ id }) => id === method?.requestValidatorId),
    models: models.map(({ name }) => name).filter((name) => name === 'Thing'),
    badBody: answers.find(({ responseType }) => responseType === 'BAD_REQUEST_BODY')?.statusCode,
  };
}

/** The words of YAML 1.1 for Booleans, as names and as values. */
const yaml = (title: string): string =>
  [
    'openapi: 3.0.1',
    `info: {title: ${title}, version: 1.0}`,
    'paths: {}',
    'components:',
    '  schemas:',
    '    Point: {type: object, additionalProperties: off, properties: {x: {}, y: {}, n: {}}}',
  ].join('\n');

export const importProbes: readonly Probe[] = [
  {
    name: 'import',
    question: 'What do OpenAPI 3, Swagger 2 and YAML make, and do they replace each other?',
    rows: [
      'api-gateway: 3.0',
      'api-gateway: 2.0',
      'api-gateway: extensions of HTTP APIs',
      'api-gateway: YAML',
      'api-gateway: the same over an API that is there',
    ],
    expected: {
      openApi: {
        paths: ['/', '/three', '/three/{id}'],
        methods: ['POST'],
        authorization: 'AWS_IAM',
        requestModels: { 'application/json': 'Thing' },
        isValidated: true,
        models: ['Thing'],
        badBody: '422',
      },
      swagger: {
        paths: ['/', '/two'],
        methods: ['POST'],
        authorization: 'AWS_IAM',
        requestModels: { 'text/json': 'Thing' },
        isValidated: true,
        models: ['Thing'],
        badBody: '400',
      },
      yaml: {
        type: 'object',
        additionalProperties: false,
        properties: { x: {}, y: {}, n: {} },
      },
    },
    async ask(bench) {
      const { run, recorder } = bench;
      const client = run.clients.apiGateway;
      const title = `${run.stackName}-probe-import`;
      const bytes = (document: object) => Buffer.from(JSON.stringify(document));
      const { id: restApiId } = await recorder.command(
        client,
        new ImportRestApiCommand({ body: bytes(openApi(title)) }),
      );
      try {
        const first = await lookAt(bench, restApiId);
        const body = bytes(swagger(title));
        await recorder.command(
          client,
          new PutRestApiCommand({ restApiId, mode: 'overwrite', body }),
        );
        const second = await lookAt(bench, restApiId);
        await recorder.command(
          client,
          new PutRestApiCommand({ restApiId, mode: 'overwrite', body: Buffer.from(yaml(title)) }),
        );
        const { schema = '' } = await recorder.command(
          client,
          new GetModelCommand({ restApiId, modelName: 'Point' }),
        );
        return { openApi: first, swagger: second, yaml: JSON.parse(schema) };
      } finally {
        await recorder.refusal(client, new DeleteRestApiCommand({ restApiId }));
      }
    },
  },
];
