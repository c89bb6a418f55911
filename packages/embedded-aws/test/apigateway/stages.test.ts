import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  GetStagesCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { sdkClient } from './sdk-client';

async function deployed(stageName?: string) {
  let time = Date.UTC(2026, 10, 22);
  const sdk = sdkClient(createApiGateway({ now: () => time }));
  const { id: restApiId = '', rootResourceId: resourceId } = await sdk.send(
    new CreateRestApiCommand({ name: 'a' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  const deploy = (name?: string) =>
    sdk.send(new CreateDeploymentCommand({ restApiId, stageName: name }));
  const { id: deploymentId = '' } = await deploy(stageName);
  const patch = (...patchOperations: PatchOperation[]) =>
    sdk.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
  return {
    sdk,
    restApiId,
    deploymentId,
    deploy,
    patch,
    later: () => {
      time += 60_000;
    },
  };
}

describe('deployments', () => {
  test('can update or create a stage', async () => {
    const { sdk, restApiId, deploymentId, deploy } = await deployed('dev');

    const first = await sdk.send(new GetStageCommand({ restApiId, stageName: 'dev' }));
    const { id } = await deploy('dev');
    const second = await sdk.send(new GetStageCommand({ restApiId, stageName: 'dev' }));

    expect(first.deploymentId).toBe(deploymentId);
    expect(second.deploymentId).toBe(id);
  });

  test('cannot be deleted while a stage uses them', async () => {
    const { sdk, restApiId, deploymentId } = await deployed('dev');
    const remove = new DeleteDeploymentCommand({ restApiId, deploymentId });

    await expect(sdk.send(remove)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Active stages pointing to this deployment must be moved or deleted',
    });
    await sdk.send(new DeleteStageCommand({ restApiId, stageName: 'dev' }));
    await sdk.send(remove);

    expect((await sdk.send(new GetDeploymentsCommand({ restApiId }))).items).toEqual([]);
  });

  test('describe the methods of their snapshot', async () => {
    const { sdk, restApiId, deploymentId } = await deployed();

    const summary = await sdk.send(
      new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
    );

    expect(summary.apiSummary).toEqual({
      '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } },
    });
  });
});

describe('stages', () => {
  test('are created and listed by deployment', async () => {
    const { sdk, restApiId, deploymentId, deploy } = await deployed('dev');
    const { id: other } = await deploy();
    await sdk.send(new CreateStageCommand({ restApiId, stageName: 'prod', deploymentId: other }));

    const listed = await sdk.send(new GetStagesCommand({ restApiId, deploymentId }));
    const all = await sdk.send(new GetStagesCommand({ restApiId }));

    expect(listed.item?.map(({ stageName }) => stageName)).toEqual(['dev']);
    expect(all.item?.map(({ stageName }) => stageName)).toEqual(['dev', 'prod']);
    await expect(
      sdk.send(new CreateStageCommand({ restApiId, stageName: 'dev', deploymentId })),
    ).rejects.toMatchObject({ name: 'ConflictException', message: 'Stage already exists' });
  });

  test('are changed by patches, with the time of the change', async () => {
    const { sdk, patch, later } = await deployed('dev');
    const role = {
      op: 'replace',
      path: '/cloudwatchRoleArn',
      value: 'arn:aws:iam::000000000000:role/logs',
    } as const;
    await sdk.send(new UpdateAccountCommand({ patchOperations: [role] }));
    later();

    const changed = await patch(
      { op: 'replace', path: '/description', value: 'new' },
      { op: 'replace', path: '/variables/table', value: 'orders' },
      { op: 'replace', path: '/*/*/throttling/burstLimit', value: '123' },
      { op: 'replace', path: '/streams/GET/throttling/rateLimit', value: '0.5' },
      { op: 'replace', path: '/~1a~1{b}/PUT/logging/loglevel', value: 'INFO' },
      { op: 'replace', path: '/accessLogSettings/format', value: '$context.requestId' },
      { op: 'replace', path: '/tracingEnabled', value: 'true' },
    );

    expect(changed).toMatchObject({
      description: 'new',
      variables: { table: 'orders' },
      tracingEnabled: true,
      accessLogSettings: { format: '$context.requestId' },
      methodSettings: {
        '*/*': { throttlingBurstLimit: 123, cacheTtlInSeconds: 300 },
        'streams/GET': { throttlingRateLimit: 0.5 },
        'a/{b}/PUT': { loggingLevel: 'INFO' },
      },
    });
    expect(changed.lastUpdatedDate?.getTime()).toBe((changed.createdDate?.getTime() ?? 0) + 60_000);
  });

  test('can remove settings and variables', async () => {
    const { patch } = await deployed('dev');
    await patch(
      { op: 'replace', path: '/*/*/metrics/enabled', value: 'true' },
      { op: 'replace', path: '/variables/a', value: '1' },
    );

    const changed = await patch(
      { op: 'remove', path: '/*/*' },
      { op: 'remove', path: '/variables/a' },
    );

    expect(changed.methodSettings).toEqual({});
    expect(changed.variables).toEqual({});
  });

  test.each([
    [
      '/tags/a',
      'Invalid method setting path: /tags/a. Must be one of: [/deploymentId, /description',
    ],
    ['/cacheClusterEnabled', 'does not support stage caches'],
    ['/deploymentId', 'Invalid Deployment identifier specified'],
    ['/variables/a-b', 'Stage variable name should match'],
  ])('refuse a patch of %s', async (path, message) => {
    const { patch } = await deployed('dev');

    await expect(patch({ op: 'replace', path, value: 'true' })).rejects.toThrow(message);
  });

  test.each([
    ['/variables/a', 'x'.repeat(513), 'at most 512 are allowed'],
    [`/variables/${'a'.repeat(65)}`, 'x', 'at most 64 are allowed'],
    ['/a/b/GET/throttling/rateLimit', '5', 'Slashes in the resource path are written ~1: /~1a~1b'],
  ])('refuse a patch of %s that AWS does not take', async (path, value, message) => {
    const { patch } = await deployed('dev');

    await expect(patch({ op: 'replace', path, value })).rejects.toThrow(message);
  });

  test('are at most 10 of an API', async () => {
    const { sdk, restApiId, deploymentId } = await deployed();
    const create = (stageName: string) =>
      sdk.send(new CreateStageCommand({ restApiId, stageName, deploymentId }));
    for (let count = 1; count <= 10; count += 1) await create(`s${count}`);

    await expect(create('last')).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test('with caches are not supported', async () => {
    const { sdk, restApiId, deploymentId } = await deployed();
    const create = (input: object) =>
      sdk.send(new CreateStageCommand({ restApiId, stageName: 's', deploymentId, ...input }));

    await expect(create({ cacheClusterEnabled: true })).rejects.toThrow('stage caches');
    await expect(create({ stageName: 'a b' })).rejects.toThrow(
      'Stage name only allows a-zA-Z0-9_-',
    );
  });
});
