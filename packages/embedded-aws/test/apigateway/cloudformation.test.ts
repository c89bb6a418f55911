import { createApiGateway } from '../../src/apigateway';
import { testCaller } from '../support/aws-request';
import { stackOf } from './stack';

import { stackWithApi } from './stack-with-api';

const ROLE = 'arn:aws:iam::000000000000:role/r';

describe('physical ids', () => {
  test('are the same for the same stack after a restart', async () => {
    const first = await stackWithApi();
    const second = await stackWithApi();
    const resource = (setup: typeof first) =>
      setup.stack.create(
        'Resource',
        { RestApiId: setup.RestApiId, ParentId: setup.api().rootResourceId, PathPart: 'a' },
        'R',
      );

    expect(first.RestApiId).toMatch(/^[a-z0-9]{10}$/);
    expect(second.RestApiId).toBe(first.RestApiId);
    expect((await resource(second)).physicalId).toBe((await resource(first)).physicalId);
  });

  test('differ between stacks', async () => {
    const apiGateway = createApiGateway();
    const one = await stackOf(apiGateway, 'one').create('RestApi', { Name: 'a' }, 'Api');
    const two = await stackOf(apiGateway, 'two').create('RestApi', { Name: 'a' }, 'Api');

    expect(one.physicalId).not.toBe(two.physicalId);
  });
});

describe('AWS::ApiGateway::RestApi', () => {
  test('returns its ids and is updated in place', async () => {
    const { stack, RestApiId, api } = await stackWithApi();

    const updated = await stack.update('RestApi', RestApiId, {
      Name: 'b',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      MinimumCompressionSize: '10',
      Tags: [{ Key: 'team', Value: 'data' }],
    });

    expect(updated).toEqual({
      physicalId: RestApiId,
      attributes: { RestApiId, RootResourceId: api().rootResourceId },
    });
    expect(api()).toMatchObject({
      name: 'b',
      minimumCompressionSize: 10,
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { team: 'data' },
    });
  });

  test('is deleted with all its parts', async () => {
    const { stack, RestApiId, apiGateway, method } = await stackWithApi();
    await method();

    await stack.delete('RestApi', RestApiId, {});
    await stack.delete('RestApi', RestApiId, {});
    await stack.delete('Method', `${RestApiId}|x|GET`, { RestApiId, ResourceId: 'x' });

    expect(apiGateway.store.find(RestApiId)).toBeUndefined();
  });

  test('is created from an OpenAPI body', async () => {
    const { stack, apiGateway } = await stackWithApi();
    const operation = {
      responses: { 200: { description: 'ok' } },
      'x-amazon-apigateway-integration': {
        type: 'mock',
        responses: { default: { statusCode: 200 } },
      },
    };
    const body = (path: string) => ({
      openapi: '3.0.1',
      info: { title: 'from body', version: '1' },
      paths: { [path]: { get: operation } },
    });
    const paths = (id: string) =>
      [...apiGateway.store.in(testCaller).restApi(id).resources.values()].map(({ path }) => path);

    const { physicalId } = await stack.create('RestApi', { Body: body('/a/b') }, 'FromBody');
    const before = paths(physicalId);
    await stack.update('RestApi', physicalId, { Body: body('/c'), Description: 'kept' });

    expect(before).toEqual(['/', '/a', '/a/b']);
    expect(paths(physicalId)).toEqual(['/', '/c']);
    expect(apiGateway.store.in(testCaller).restApi(physicalId)).toMatchObject({
      name: 'from body',
      description: 'kept',
    });
  });
});

describe('AWS::ApiGateway::Method', () => {
  test('is replaced completely when it changes', async () => {
    const { stack, RestApiId, api, method, mock } = await stackWithApi();
    const { physicalId } = await method({ OperationName: 'Old', ApiKeyRequired: 'true' });

    await stack.update('Method', physicalId, {
      RestApiId,
      ResourceId: api().rootResourceId,
      HttpMethod: 'GET',
      AuthorizationType: 'AWS_IAM',
      MethodResponses: [{ StatusCode: '200' }],
      Integration: { ...mock, RequestTemplates: { 'application/json': '{"statusCode":200}' } },
    });

    const [root] = api().resources.values();
    expect(physicalId).toBe(`${RestApiId}|${root?.id}|GET`);
    expect(root?.methods.get('GET')).toMatchObject({
      authorizationType: 'AWS_IAM',
      apiKeyRequired: false,
      operationName: undefined,
    });
  });

  test('leaves nothing behind if it is refused', async () => {
    const { api, method } = await stackWithApi(['kinesis']);
    const integration = (service: string) => ({
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: `arn:aws:apigateway:us-east-1:${service}:action/X`,
      Credentials: ROLE,
    });

    await expect(method({ Integration: integration('sqs') })).rejects.toThrow(
      "does not support integrations with the service 'sqs'",
    );
    const [root] = api().resources.values();
    expect(root?.methods.size).toBe(0);
    await expect(method({ Integration: integration('kinesis') })).resolves.toBeDefined();
    await expect(method()).rejects.toThrow('Method already exists for this resource');
  });

  test('may only return headers that it declares', async () => {
    const { method } = await stackWithApi();

    await expect(
      method({
        Integration: {
          Type: 'MOCK',
          IntegrationResponses: [
            {
              StatusCode: '200',
              ResponseParameters: { 'method.response.header.X': "'1'" },
            },
          ],
        },
      }),
    ).rejects.toThrow('Invalid mapping expression parameter specified: method.response.header.X');
  });
});

describe('API keys and usage plans', () => {
  test('keep their ids and values, and are deleted independently', async () => {
    const { stack, RestApiId, apiGateway, method } = await stackWithApi();
    await method();
    const { physicalId: DeploymentId } = await stack.create('Deployment', { RestApiId });
    await stack.create('Stage', { RestApiId, StageName: 'dev', DeploymentId });
    const key = await stack.create('ApiKey', { Enabled: true }, 'Key');
    const plan = await stack.create(
      'UsagePlan',
      { ApiStages: [{ ApiId: RestApiId, Stage: 'dev' }] },
      'Plan',
    );
    const planKey = await stack.create('UsagePlanKey', {
      KeyId: key.physicalId,
      KeyType: 'API_KEY',
      UsagePlanId: plan.physicalId,
    });
    const region = apiGateway.store.in(testCaller);

    expect(region.apiKeys.get(key.physicalId)).toMatchObject({ enabled: true });
    expect(region.apiKeys.get(key.physicalId)?.name).toMatch(/^stack-Key-/);
    expect(region.usagePlans.get(plan.physicalId)?.keyIds).toEqual(new Set([key.physicalId]));

    await stack.delete('UsagePlanKey', planKey.physicalId, {});
    await stack.delete('UsagePlan', plan.physicalId, {});
    await stack.delete('ApiKey', key.physicalId, {});
    expect([region.apiKeys.size, region.usagePlans.size]).toEqual([0, 0]);
  });
});

test.each([
  'BasePathMappingV2',
  'DomainNameAccessAssociation',
  'DomainNameV2',
  'ClientCertificate',
  'DocumentationPart',
  'DocumentationVersion',
  'VpcLink',
])('AWS::ApiGateway::%s is refused by name', async (type) => {
  const { stack } = await stackWithApi();

  await expect(stack.create(type, {})).rejects.toThrow(
    `The embedded AWS does not support AWS::ApiGateway::${type}`,
  );
});

test.each([
  ['RestApi', { Name: 'a', CloneFrom: 'b' }, 'CloneFrom'],
  ['Account', { Other: 1 }, 'Other'],
])('an unsupported property of %s is refused by name', async (type, properties, name) => {
  const { stack } = await stackWithApi();

  await expect(stack.create(type, properties)).rejects.toThrow(
    `does not implement the property ${name} of AWS::ApiGateway::${type}`,
  );
});
