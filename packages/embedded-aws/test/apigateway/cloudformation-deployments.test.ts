import { stackWithApi } from './stack-with-api';

const ROLE = 'arn:aws:iam::000000000000:role/r';

describe('AWS::ApiGateway::Deployment', () => {
  test('with a stage name creates the stage and deletes it again', async () => {
    const { stack, RestApiId, api, method } = await stackWithApi();
    await method();
    const properties = {
      RestApiId,
      StageName: 'dev',
      StageDescription: { Variables: { a: '1' }, Description: 'the stage' },
    };

    const { physicalId, attributes } = await stack.create('Deployment', properties);
    const stage = api().stages.get('dev');
    await stack.delete('Deployment', physicalId, properties);

    expect(attributes).toEqual({ DeploymentId: physicalId });
    expect(stage).toMatchObject({
      deploymentId: physicalId,
      variables: { a: '1' },
      description: 'the stage',
    });
    expect(api().stages.size).toBe(0);
    expect(api().deployments.size).toBe(0);
  });

  test('does not delete the stage if another deployment has replaced it', async () => {
    const { stack, RestApiId, api, method } = await stackWithApi();
    await method();
    const properties = { RestApiId, StageName: 'dev' };
    const first = await stack.create('Deployment', properties);
    const second = await stack.create('Deployment', properties);

    await stack.delete('Deployment', first.physicalId, properties);

    expect(api().stages.get('dev')?.deploymentId).toBe(second.physicalId);
  });

  test('cannot be deleted while a stage uses it', async () => {
    const { stack, RestApiId, method } = await stackWithApi();
    await method();
    const { physicalId } = await stack.create('Deployment', { RestApiId });
    await stack.create('Stage', { RestApiId, StageName: 'dev', DeploymentId: physicalId });

    await expect(stack.delete('Deployment', physicalId, { RestApiId })).rejects.toThrow(
      'Active stages pointing to this deployment must be moved or deleted',
    );
  });
});

// Recorded: L test_apigateway_deployment_canary_settings, 23-07-2025.
describe('canaries', () => {
  test('of a deployment serve it beside that of its stage, and go with it', async () => {
    const { stack, RestApiId, api, method } = await stackWithApi();
    await method();
    const { physicalId: DeploymentId } = await stack.create('Deployment', { RestApiId });
    await stack.create('Stage', { RestApiId, StageName: 'dev', DeploymentId });
    const properties = {
      RestApiId,
      StageName: 'dev',
      DeploymentCanarySettings: { PercentTraffic: '20', StageVariableOverrides: { a: '1' } },
    };

    const { physicalId } = await stack.create('Deployment', properties);
    const { canarySettings, deploymentId } = api().stages.get('dev') ?? {};
    await stack.delete('Deployment', physicalId, properties);

    expect(deploymentId).toBe(DeploymentId);
    expect(canarySettings).toEqual({
      deploymentId: physicalId,
      percentTraffic: 20,
      stageVariableOverrides: { a: '1' },
      useStageCache: false,
    });
    expect(api().stages.get('dev')?.canarySettings).toBeUndefined();
    expect([...api().deployments.keys()]).toEqual([DeploymentId]);
  });

  test('of a stage stay until the template takes them away', async () => {
    const { stack, RestApiId, api, method } = await stackWithApi();
    await method();
    const { physicalId: DeploymentId } = await stack.create('Deployment', { RestApiId });
    const plain = { RestApiId, StageName: 'dev', DeploymentId };
    const withCanary = { ...plain, CanarySetting: { PercentTraffic: 5 } };
    const { physicalId } = await stack.create('Stage', withCanary);
    const percent = () => api().stages.get('dev')?.canarySettings?.percentTraffic;

    await stack.update('Stage', physicalId, { ...withCanary, Description: 'd' }, withCanary);
    const kept = percent();
    await stack.update('Stage', physicalId, plain, withCanary);

    expect(kept).toBe(5);
    expect(percent()).toBeUndefined();
  });
});

describe('AWS::ApiGateway::Stage', () => {
  test('has settings by path and method, and omitted ones are reset', async () => {
    const { stack, RestApiId, api, method } = await stackWithApi();
    await method();
    const { physicalId: DeploymentId } = await stack.create('Deployment', { RestApiId });
    const stage = { RestApiId, StageName: 'dev', DeploymentId };
    await stack.create('Account', { CloudWatchRoleArn: ROLE });

    await stack.create('Stage', {
      ...stage,
      Variables: { a: '1' },
      MethodSettings: [
        { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: '5' },
        { ResourcePath: '/~1a~1{b}', HttpMethod: 'GET', LoggingLevel: 'INFO' },
        { ResourcePath: '/', HttpMethod: 'POST', MetricsEnabled: true },
        { ResourcePath: '/a', HttpMethod: 'GET', MetricsEnabled: true },
      ],
    });
    const settings = api().stages.get('dev')?.methodSettings;
    await stack.update('Stage', 'dev', stage);

    expect([...(settings?.keys() ?? [])]).toEqual(['*/*', 'a/{b}/GET', '/POST', 'a/GET']);
    expect(settings?.get('*/*')?.throttlingRateLimit).toBe(5);
    expect(api().stages.get('dev')).toMatchObject({ variables: undefined });
    expect(api().stages.get('dev')?.methodSettings.size).toBe(0);
  });

  test.each([
    ['/events/orders', 'Slashes in the resource path are written ~1: /~1events~1orders'],
    ['~1events~1orders', 'A ResourcePath begins with a slash'],
    ['*', 'A ResourcePath begins with a slash'],
  ])('has no settings for a path that is spelt %s', async (ResourcePath, message) => {
    const { stack, RestApiId, method } = await stackWithApi();
    await method();
    const { physicalId: DeploymentId } = await stack.create('Deployment', { RestApiId });

    await expect(
      stack.create('Stage', {
        RestApiId,
        StageName: 'dev',
        DeploymentId,
        MethodSettings: [{ ResourcePath, HttpMethod: 'POST', ThrottlingRateLimit: 5 }],
      }),
    ).rejects.toThrow(message);
  });
});
