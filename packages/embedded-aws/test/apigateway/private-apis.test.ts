import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  type EndpointConfiguration,
  GetRestApiCommand,
  ImportRestApiCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  PutRestApiCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { testCaller } from '../support/aws-request';
import { sdkClient } from './sdk-client';
import { stackOf } from './stack';

const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  ],
});

async function apiWith(endpointConfiguration: EndpointConfiguration, policy?: string) {
  const sdk = sdkClient(createApiGateway());
  const api = await sdk.send(
    new CreateRestApiCommand({ name: 'a', endpointConfiguration, policy }),
  );
  const { id: restApiId = '' } = api;
  const patch = (...patchOperations: PatchOperation[]) =>
    sdk.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  return { sdk, api, restApiId, patch };
}

/** An OpenAPI document with an endpoint configuration extension. */
function documentWith(extension: object): Buffer {
  return Buffer.from(
    JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'a', version: '1' },
      paths: {},
      'x-amazon-apigateway-endpoint-configuration': extension,
    }),
  );
}

describe('a private API', () => {
  test('is dual-stack and lists its endpoints without duplicates', async () => {
    const { api } = await apiWith({
      types: ['PRIVATE'],
      vpcEndpointIds: ['vpce-0a1', 'vpce-0b2', 'vpce-0a1'],
    });

    expect(api.endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: ['vpce-0a1', 'vpce-0b2'],
    });
  });

  test.each([
    [{ types: ['EDGE'], vpcEndpointIds: ['vpce-0a1'] }, 'VPCEndpoints can only be specified with'],
    [{ types: ['PRIVATE'], vpcEndpointIds: ['vpc-0a1'] }, 'vpc-0a1'],
    [{ types: ['PRIVATE'], ipAddressType: 'ipv4' }, 'Only dualstack'],
  ] as const)('cannot be created from %j', async (configuration, message) => {
    const { types, ...rest } = configuration;
    const input = { types: [...types], ...rest } as EndpointConfiguration;

    await expect(apiWith(input)).rejects.toThrow(message);
  });

  test('can change its endpoints one by one', async () => {
    const { patch } = await apiWith({ types: ['PRIVATE'], vpcEndpointIds: ['vpce-0a1'] });
    const path = '/endpointConfiguration/vpcEndpointIds';

    const added = await patch({ op: 'add', path, value: 'vpce-0b2' });
    const removed = await patch(
      { op: 'remove', path, value: 'vpce-0a1' },
      { op: 'remove', path, value: 'vpce-0b2' },
    );

    expect(added.endpointConfiguration?.vpcEndpointIds).toEqual(['vpce-0a1', 'vpce-0b2']);
    expect(removed.endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
    });
  });

  test('can become regional without endpoints, but never edge-optimized', async () => {
    const { sdk, restApiId, patch } = await apiWith({
      types: ['PRIVATE'],
      vpcEndpointIds: ['vpce-0a1'],
    });
    const toType = (value: string) =>
      ({ op: 'replace', path: '/endpointConfiguration/types/PRIVATE', value }) as const;
    const letGo = {
      op: 'remove',
      path: '/endpointConfiguration/vpcEndpointIds',
      value: 'vpce-0a1',
    } as const;

    await expect(patch(toType('REGIONAL'))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'VPCEndpoints can only be specified with PRIVATE apis.',
    });
    await expect(patch(toType('EDGE'), letGo)).rejects.toThrow('edge-optimized');
    const kept = await sdk.send(new GetRestApiCommand({ restApiId }));
    const changed = await patch(toType('REGIONAL'), letGo);

    expect(kept.endpointConfiguration?.types).toEqual(['PRIVATE']);
    expect(changed.endpointConfiguration?.types).toEqual(['REGIONAL']);
  });

  test('cannot be deployed without a resource policy', async () => {
    const { sdk, api, restApiId, patch } = await apiWith({ types: ['PRIVATE'] });
    const method = { restApiId, resourceId: api.rootResourceId, httpMethod: 'GET' };
    await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
    const deploy = () => sdk.send(new CreateDeploymentCommand({ restApiId }));

    await expect(deploy()).rejects.toMatchObject({
      name: 'BadRequestException',
      message: "Private REST API doesn't have a resource policy attached to it",
    });
    await patch({ op: 'replace', path: '/policy', value: ANYBODY });

    await expect(deploy()).resolves.toHaveProperty('id');
  });
});

describe('OpenAPI documents', () => {
  test('list the endpoints of a private API', async () => {
    const sdk = sdkClient(createApiGateway());

    const imported = await sdk.send(
      new ImportRestApiCommand({
        body: documentWith({ vpcEndpointIds: ['vpce-0a1'] }),
        parameters: { endpointConfigurationTypes: 'PRIVATE' },
      }),
    );

    expect(imported.endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: ['vpce-0a1'],
    });
  });

  test('with endpoints are refused for an API that is not private', async () => {
    const { sdk, restApiId } = await apiWith({ types: ['REGIONAL'] });
    const body = documentWith({ vpcEndpointIds: ['vpce-0a1'] });

    await expect(sdk.send(new PutRestApiCommand({ restApiId, body }))).rejects.toThrow(
      'VPCEndpoints can only be specified with PRIVATE apis.',
    );
  });
});

test('AWS::ApiGateway::RestApi has private endpoints and updates them in place', async () => {
  const apiGateway = createApiGateway();
  const stack = stackOf(apiGateway);
  const withEndpoints = (Types: string[], VpcEndpointIds?: string[]) => ({
    Name: 'a',
    Policy: JSON.parse(ANYBODY),
    EndpointConfiguration: { Types, VpcEndpointIds },
  });
  const { physicalId } = await stack.create('RestApi', withEndpoints(['PRIVATE'], ['vpce-0a1']));
  const configuration = () =>
    apiGateway.store.in(testCaller).restApi(physicalId).endpointConfiguration;

  await stack.update('RestApi', physicalId, withEndpoints(['PRIVATE'], ['vpce-0b2']));
  const changed = configuration();
  await expect(stack.update('RestApi', physicalId, withEndpoints(['EDGE']))).rejects.toThrow(
    'edge-optimized',
  );

  expect(changed.vpcEndpointIds).toEqual(['vpce-0b2']);
  expect(configuration()).toEqual(changed);
});
