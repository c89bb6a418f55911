import {
  GetResourcesCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { bytes, imported, methodAt } from './openapi-documents';
import { sdkClient } from './sdk-client';

const INTEGRATION = 'x-amazon-apigateway-integration';
const mock = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: { default: { statusCode: '200' } },
};
const responses = { 200: { description: 'ok' } };

/** A document of OpenAPI 3 with these paths. */
const documentOf = (paths: object, rest: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'Orders', version: '1' },
  paths,
  ...rest,
});

const importing = (document: object, failOnWarnings?: boolean) =>
  sdkClient(createApiGateway()).send(
    new ImportRestApiCommand({ body: bytes(document), failOnWarnings }),
  );

// Recorded: test_import_rest_api_with_base_path_oas30[prepend], 02-07-2025.
describe('a mapping that is no text', () => {
  const document = documentOf(
    {
      '/orders': {
        get: {
          responses,
          [INTEGRATION]: {
            ...mock,
            requestParameters: {
              'integration.request.header.flag': true,
              'integration.request.header.kept': "'yes'",
            },
          },
        },
      },
    },
    { servers: [{ url: 'https://shop.test/v1' }] },
  );

  test('is left out with a warning, which the API does not keep', async () => {
    const sdk = sdkClient(createApiGateway());
    const parameters = { basepath: 'prepend' };

    const api = await sdk.send(new ImportRestApiCommand({ body: bytes(document), parameters }));

    expect(api.warnings).toEqual([
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.flag' of resource '/v1/orders' and method 'GET' but got 'true'",
    ]);
    const restApiId = api.id ?? '';
    const method = await methodAt(sdk, restApiId, '/v1/orders', 'GET');
    expect(method.methodIntegration?.requestParameters).toEqual({
      'integration.request.header.kept': "'yes'",
    });
    const clean = documentOf({});
    const again = await sdk.send(
      new PutRestApiCommand({ restApiId, mode: 'merge', body: bytes(clean) }),
    );
    expect(again).not.toHaveProperty('warnings');
  });

  // Known from hashicorp/terraform-provider-aws' tests of fail_on_warnings.
  test('refuses the document where warnings do', async () => {
    await expect(importing(document, true)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(/^Warnings found during import:\n\tInvalid format for /),
    });
  });
});

// Known from reports of `cdk deploy`, aws-apigateway-importer#202 and other public reports.
test.each<[string, object]>([
  [
    "Reference to model 'Nothing' not found. Ignoring.",
    documentOf({
      '/a': {
        get: {
          responses: {
            200: {
              description: 'ok',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Nothing' } } },
            },
          },
        },
      },
    }),
  ],
  [
    "Unsupported model type 'StringSchema' in 201 response to method 'POST /a'. Ignoring.",
    documentOf({
      '/a': {
        post: {
          responses: {
            201: { description: 'ok', content: { 'text/plain': { schema: { type: 'string' } } } },
          },
        },
      },
    }),
  ],
  [
    'More than one server provided. Ignoring all but the first for defining endpoint configuration',
    documentOf({}, { servers: [{ url: '/a' }, { url: '/b' }] }),
  ],
  [
    "Parse issue: attribute paths.'/area/{code}'(get).parameters.[code].type is unexpected",
    documentOf({
      '/area/{code}': {
        get: { parameters: [{ name: 'code', in: 'path', required: true, type: 'string' }] },
      },
    }),
  ],
  [
    'Parse issue: attribute components.models is unexpected',
    documentOf({}, { components: { models: {} } }),
  ],
])('AWS warns: %s', async (warning, document) => {
  expect((await importing(document)).warnings).toEqual([warning]);
  await expect(importing(document, true)).rejects.toThrow(
    `Warnings found during import:\n\t${warning}`,
  );
});

// Known from Testlio/lambda-tools#56 and reports of `cdk deploy`.
test('all errors are told together, and the warnings with them', async () => {
  const aws = { type: 'aws', httpMethod: 'POST', credentials: 'arn:aws:iam::000000000000:role/r' };
  const document = documentOf(
    {
      '/users/{id}': { get: { responses, [INTEGRATION]: { ...aws, uri: 'nonsense' } } },
      '/users/{name}/fans': { get: { responses } },
      '/mapped': {
        get: {
          responses,
          [INTEGRATION]: {
            ...mock,
            responses: {
              default: {
                statusCode: '200',
                responseParameters: { 'method.response.header.Location': "'/'" },
              },
            },
          },
        },
      },
      '/filtered': { get: { responses, parameters: [{ name: 'filter[a]', in: 'query' }] } },
      '/validated': { get: { responses, 'x-amazon-apigateway-request-validator': 'none' } },
    },
    {
      servers: [{ url: '/a' }, { url: '/b' }],
      components: { schemas: { under_score: { type: 'object' } } },
    },
  );

  await expect(importing(document)).rejects.toMatchObject({
    name: 'BadRequestException',
    message: [
      'Errors found during import:',
      "Unable to create model for 'under_score': Model name must be alphanumeric: under_score",
      "Unable to put integration on 'GET' for resource at path '/users/{id}': Invalid ARN specified in the request",
      "Unable to create resource at path '/users/{name}/fans': A sibling ({id}) of this resource already has a variable path part -- only one is allowed",
      "Unable to put integration response on 'GET' for resource at path '/mapped': Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.header.Location]",
      "Unable to put method 'GET' on resource at path '/filtered': Invalid mapping expression specified: Validation Result: warnings : [], errors : [Parameter name should match the following regular expression: ^[a-zA-Z0-9._$-]+$]",
      "Unable to put method 'GET' on resource at path '/validated': Invalid Request Validator specified: none",
    ]
      .join('\n\t')
      .concat(
        '\nAdditionally, these warnings were found:\n\tMore than one server provided. Ignoring all but the first for defining endpoint configuration',
      ),
  });
});

test('a document with errors leaves nothing behind', async () => {
  const { sdk, restApiId } = await imported(documentOf({ '/kept': { get: { responses } } }));
  const wrong = documentOf({ '/a': { get: { responses, [INTEGRATION]: { type: 'odd' } } } });

  await expect(
    sdk.send(new PutRestApiCommand({ restApiId, mode: 'merge', body: bytes(wrong) })),
  ).rejects.toThrow("Unable to put integration on 'GET' for resource at path '/a': ");

  const { items = [] } = await sdk.send(new GetResourcesCommand({ restApiId }));
  expect(items.map(({ path }) => path)).toEqual(['/', '/kept']);
});
