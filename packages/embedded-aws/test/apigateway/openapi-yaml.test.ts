import {
  GetModelCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { imported, methodAt, SWAGGER } from './openapi-documents';
import { sdkClient } from './sdk-client';

const YAML = `# Orders
openapi: 3.0.1
info: {title: Orders, version: 1.0}
paths:
  /orders/{id}:
    get: &get
      responses:
        200: {description: ok}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: |
            {"statusCode": 200}
        responses:
          default: {statusCode: 200}
    put:
      <<: *get
      operationId: Put
components:
  schemas:
    Order:
      type: object
      description: What is bought
      properties:
        at: {type: string, enum: [2026-01-31, other]}
        price: {type: number, minimum: 0.5}
`;

const fromYaml = (text: string) =>
  sdkClient(createApiGateway()).send(new ImportRestApiCommand({ body: Buffer.from(text) }));

describe('a document in YAML', () => {
  // Recorded: test_import_with_integer_http_status_code, 02-07-2025.
  test('is imported: numeric statuses, anchors, merge keys and dates as texts', async () => {
    const sdk = sdkClient(createApiGateway());
    const body = Buffer.from(YAML);

    const { id: restApiId = '' } = await sdk.send(new ImportRestApiCommand({ body }));

    for (const [verb, own] of [
      ['GET', {}],
      ['PUT', { operationName: 'Put' }],
    ] as const) {
      expect(await methodAt(sdk, restApiId, '/orders/{id}', verb)).toMatchObject({
        ...own,
        requestParameters: { 'method.request.path.id': true },
        methodResponses: { 200: { statusCode: '200' } },
        methodIntegration: {
          requestTemplates: { 'application/json': '{"statusCode": 200}\n' },
          integrationResponses: { 200: { statusCode: '200' } },
        },
      });
    }
    const model = await sdk.send(new GetModelCommand({ restApiId, modelName: 'Order' }));
    expect(model.description).toBe('What is bought');
    expect(JSON.parse(model.schema ?? '')).toEqual({
      type: 'object',
      description: 'What is bought',
      properties: {
        at: { type: 'string', enum: ['2026-01-31', 'other'] },
        price: { type: 'number', minimum: 0.5 },
      },
    });
  });

  test('replaces an API’s parts as one in JSON does', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);

    const put = await sdk.send(
      new PutRestApiCommand({ restApiId, mode: 'overwrite', body: Buffer.from(YAML) }),
    );

    expect(put).toMatchObject({ name: 'Orders', version: '1.0' });
    expect(await methodAt(sdk, restApiId, '/orders/{id}', 'PUT')).toBeDefined();
  });

  // Recorded for a number in JSON: test_import_and_validate_rest_api[openapi.spec.tf.json], 02-07-2025.
  test.each([
    ['version: 1', '1'],
    ['version: 1.0', '1.0'],
    ['version: 1.10', '1.10'],
    ["version: '2'", '2'],
    ['version: 2026-01-31', '2026-01-31'],
  ])('has its version as text: %s', async (line, version) => {
    const api = await fromYaml(`openapi: 3.0.1\ninfo:\n  title: T\n  ${line}\npaths: {}\n`);

    expect(api.version).toBe(version);
  });

  test('has the coordinates x and y, while other words for Booleans are some', async () => {
    const sdk = sdkClient(createApiGateway());
    const schema = '{type: object, additionalProperties: off, properties: {x: {}, y: {}, n: {}}}';
    const body = `openapi: 3.0.1\ninfo: {title: T}\npaths: {}\ncomponents: {schemas: {Point: ${schema}}}`;

    const { id: restApiId } = await sdk.send(new ImportRestApiCommand({ body: Buffer.from(body) }));
    const model = await sdk.send(new GetModelCommand({ restApiId, modelName: 'Point' }));

    expect(JSON.parse(model.schema ?? '')).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: { x: {}, y: {}, n: {} },
    });
  });

  test('may have its own version as a number', async () => {
    // Recorded: test_cfn_apigateway_swagger_import, 05-05-2025.
    expect((await fromYaml('swagger: 2.0\ninfo: {title: T}\npaths: {}')).name).toBe('T');
    expect((await fromYaml('openapi: 3.0\ninfo: {title: T}\npaths: {}')).name).toBe('T');
  });

  test.each([
    ['deep', `a: ${'['.repeat(5_000)}`],
    ['deep in JSON', `{"a": ${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['a bomb of aliases', bomb()],
    ['a circle', 'openapi: 3.0.1\ninfo: {title: T}\npaths: &paths {a: *paths}'],
  ])('that is %s is refused', async (_what, text) => {
    await expect(fromYaml(text)).rejects.toThrow('Invalid OpenAPI input.');
  });
});

/** Each line repeats the one before nine times. */
function bomb(): string {
  const lines = Array.from({ length: 12 }, (_, index) => {
    const items = Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*a${index - 1}`));
    return `a${index}: &a${index} [${items.join(', ')}]`;
  });
  return ['openapi: 3.0.1', 'info: {title: T}', ...lines].join('\n');
}
