import {
  CreateRestApiCommand,
  GetModelsCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { bytes, imported, OPENAPI } from './openapi-documents';
import { sdkClient } from './sdk-client';

const documentOf = (rest: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'Orders' },
  paths: {},
  ...rest,
});

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
};

/** An API with everything that a document may change. */
async function apiOf() {
  const sdk = sdkClient(createApiGateway());
  const { id: restApiId = '' } = await sdk.send(
    new CreateRestApiCommand({
      name: 'before',
      description: 'before',
      version: '0',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 10,
      apiKeySource: 'AUTHORIZER',
      policy: JSON.stringify(POLICY),
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { a: 'b' },
    }),
  );
  const put = (mode: 'merge' | 'overwrite', rest: object) =>
    sdk.send(new PutRestApiCommand({ restApiId, mode, body: bytes(documentOf(rest)) }));
  return { sdk, restApiId, put };
}

describe('settings of an API that a document is put into', () => {
  // Recorded: test_put_rest_api_mode_binary_media_types[merge], 02-07-2025.
  test('stay when it is merged, binary types of both', async () => {
    const { put } = await apiOf();

    const merged = await put('merge', {
      'x-amazon-apigateway-binary-media-types': ['image/gif', 'image/png'],
    });

    expect(merged).toMatchObject({
      name: 'Orders',
      description: 'before',
      version: '0',
      binaryMediaTypes: ['image/png', 'image/gif'],
      minimumCompressionSize: 10,
      apiKeySource: 'AUTHORIZER',
      policy: expect.stringContaining('execute-api'),
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { a: 'b' },
    });
  });

  // Recorded for binary types: test_put_rest_api_mode_binary_media_types[overwrite], 02-07-2025.
  test('are the document’s when it overwrites; type and tags stay', async () => {
    const { put } = await apiOf();

    const overwritten = await put('overwrite', {
      'x-amazon-apigateway-binary-media-types': ['image/gif'],
    });

    expect(overwritten).toMatchObject({
      name: 'Orders',
      binaryMediaTypes: ['image/gif'],
      apiKeySource: 'HEADER',
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { a: 'b' },
    });
    for (const gone of ['description', 'version', 'minimumCompressionSize', 'policy']) {
      expect(overwritten).not.toHaveProperty(gone);
    }
  });

  test('of the endpoint are in the server of OpenAPI 3', async () => {
    const { put } = await apiOf();

    const merged = await put('merge', {
      servers: [
        {
          url: '/',
          'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
        },
      ],
    });

    expect(merged.disableExecuteApiEndpoint).toBe(true);
  });
});

describe('parameters of an import', () => {
  const importing = (parameters: Record<string, string>) =>
    sdkClient(createApiGateway()).send(
      new ImportRestApiCommand({ body: bytes(documentOf()), parameters }),
    );

  test.each(['EDGE', 'REGIONAL', 'PRIVATE'])('may set the type %s', async (type) => {
    const { endpointConfiguration } = await importing({ endpointConfigurationTypes: type });

    expect(endpointConfiguration?.types).toEqual([type]);
  });

  test('of another type are refused', async () => {
    await expect(importing({ endpointConfigurationTypes: 'LOCAL' })).rejects.toThrow(
      'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    );
  });

  test('that are not known are refused by name', async () => {
    await expect(importing({ other: '1' })).rejects.toThrow(
      'does not support the import parameter other=1',
    );
  });
});

test('references lead through references, and circles to an error', async () => {
  const through = structuredClone(OPENAPI);
  const parameters: Record<string, object> = through.components.parameters;
  parameters.Again = { $ref: '#/components/parameters/Name' };
  through.paths['/streams/{name}'].parameters = [{ $ref: '#/components/parameters/Again' }];
  expect((await imported(through)).api.name).toBe('Streams');

  parameters.Again = { $ref: '#/components/parameters/Again' };
  await expect(imported(through)).rejects.toThrow(
    'Unable to resolve the reference #/components/parameters/Again',
  );
});

// Recorded: test_import_with_circular_models, 02-07-2025.
test('models that refer to each other are imported with their descriptions', async () => {
  const { sdk, restApiId } = await imported(
    documentOf({
      components: {
        schemas: {
          Order: {
            type: 'object',
            description: 'One order',
            properties: { lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } },
          },
          Line: { type: 'object', properties: { of: { $ref: '#/components/schemas/Order' } } },
        },
      },
    }),
  );

  const { items = [] } = await sdk.send(new GetModelsCommand({ restApiId }));

  expect(items.map(({ name, description }) => [name, description])).toEqual([
    ['Line', undefined],
    ['Order', 'One order'],
  ]);
  expect(items[0]?.schema).toContain(`/restapis/${restApiId}/models/Order`);
});
