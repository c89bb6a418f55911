import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetAccountCommand,
  GetStageCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { createIam } from '../../src/iam';
import { testCaller } from '../support/aws-request';
import { sdkClient } from './sdk-client';
import { stackOf } from './stack';

const PUSH_TO_LOGS = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
const NOT_PERMITTED =
  'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.';
const NO_ROLE = 'CloudWatch Logs role ARN must be set in account settings to enable logging';
const GROUP = 'arn:aws:logs:us-east-1:000000000000:log-group:access';

function trustIn(Service: string) {
  const statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** API Gateway, and an IAM with valid and invalid roles for writing logs. */
function gateway() {
  const iam = createIam();
  const account = iam.account(testCaller);
  const roleFor = (name: string, service: string) =>
    account.createRole({ name, trustPolicy: trustIn(service) });
  const logs = roleFor('logs', 'apigateway.amazonaws.com');
  account.attachPolicy(logs, PUSH_TO_LOGS);
  account.attachPolicy(roleFor('of-lambda', 'lambda.amazonaws.com'), PUSH_TO_LOGS);
  roleFor('bare', 'apigateway.amazonaws.com');
  const apiGateway = createApiGateway({ assumeRole: iam.assumeRole });
  return { apiGateway, sdk: sdkClient(apiGateway), stack: stackOf(apiGateway) };
}

const arnOf = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

const setRole = (value: string, op: PatchOperation['op'] = 'replace') =>
  new UpdateAccountCommand({ patchOperations: [{ op, path: '/cloudwatchRoleArn', value }] });

async function withStage() {
  const { sdk, ...rest } = gateway();
  const { id: restApiId = '', rootResourceId: resourceId } = await sdk.send(
    new CreateRestApiCommand({ name: 'a' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  const patch = (path: string, value: string) =>
    sdk.send(
      new UpdateStageCommand({
        restApiId,
        stageName: 'dev',
        patchOperations: [{ op: 'replace', path, value }],
      }),
    );
  const stage = () => sdk.send(new GetStageCommand({ restApiId, stageName: 'dev' }));
  return { ...rest, sdk, restApiId, patch, stage };
}

describe("the account's role for logs", () => {
  test('is accepted if it trusts API Gateway and may write logs', async () => {
    const { sdk } = gateway();

    await sdk.send(setRole(arnOf('logs')));

    expect((await sdk.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBe(arnOf('logs'));
  });

  test.each([
    ['does not exist', arnOf('nobody'), NOT_PERMITTED],
    ['trusts another service', arnOf('of-lambda'), NOT_PERMITTED],
    ['has no permissions', arnOf('bare'), NOT_PERMITTED],
    ['belongs to another account', 'arn:aws:iam::111111111111:role/logs', NOT_PERMITTED],
    ['is no ARN', 'logs', 'The role ARN is not well formed'],
  ])('is refused if it %s, and the previous one stays', async (_case, roleArn, message) => {
    const { sdk, stack } = gateway();
    await sdk.send(setRole(arnOf('logs')));

    await expect(sdk.send(setRole(roleArn))).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
    });
    await expect(stack.create('Account', { CloudWatchRoleArn: roleArn })).rejects.toThrow(message);

    expect((await sdk.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBe(arnOf('logs'));
  });

  test.each([
    ['an empty role', setRole('')],
    ['a remove', setRole('', 'remove')],
  ])('is removed with %s', async (_case, command) => {
    const { sdk } = gateway();
    await sdk.send(setRole(arnOf('logs')));

    await sdk.send(command);

    expect((await sdk.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBeUndefined();
  });

  test('is removed when a template no longer has it, and stays when the resource is deleted', async () => {
    const { apiGateway, stack } = gateway();
    const { account } = apiGateway.store.in(testCaller);
    const properties = { CloudWatchRoleArn: arnOf('logs') };
    const { physicalId } = await stack.create('Account', properties);

    await stack.delete('Account', physicalId, properties);
    expect(account.cloudwatchRoleArn).toBe(arnOf('logs'));

    await stack.update('Account', physicalId, {});
    expect(account.cloudwatchRoleArn).toBeUndefined();
  });
});

describe('a stage with logging', () => {
  test.each([
    ['/accessLogSettings/destinationArn', GROUP],
    ['/*/*/logging/loglevel', 'INFO'],
    ['/~1/GET/logging/loglevel', 'ERROR'],
  ])('by %s requires the account’s role', async (path, value) => {
    const { sdk, patch, stage } = await withStage();
    const before = await stage();

    await expect(patch(path, value)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: NO_ROLE,
    });
    expect((await stage()).methodSettings).toEqual(before.methodSettings);

    await sdk.send(setRole(arnOf('logs')));
    await expect(patch(path, value)).resolves.toMatchObject({ stageName: 'dev' });
  });

  test('at the level OFF needs no role', async () => {
    const { patch } = await withStage();

    await expect(patch('/*/*/logging/loglevel', 'OFF')).resolves.toMatchObject({
      methodSettings: { '*/*': { loggingLevel: 'OFF' } },
    });
  });

  test.each([
    ['access logs', { AccessLogSetting: { DestinationArn: GROUP, Format: '$context.requestId' } }],
    [
      'execution logs',
      { MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'INFO' }] },
    ],
  ])('with %s in a template requires it as well', async (_case, logging) => {
    const { apiGateway, sdk, stack, restApiId: RestApiId } = await withStage();
    const api = apiGateway.store.in(testCaller).restApi(RestApiId);
    const { physicalId: DeploymentId } = await stack.create('Deployment', { RestApiId });
    const stage = { RestApiId, DeploymentId, StageName: 'prod' };
    const onDeployment = { RestApiId, StageName: 'other', StageDescription: logging };

    await expect(stack.create('Stage', { ...stage, ...logging })).rejects.toThrow(NO_ROLE);
    await expect(stack.create('Deployment', onDeployment, 'Other')).rejects.toThrow(NO_ROLE);
    await stack.create('Stage', stage);
    await expect(stack.update('Stage', 'prod', { ...stage, ...logging })).rejects.toThrow(NO_ROLE);
    expect([...api.stages.keys()]).toEqual(['dev', 'prod']);
    expect(api.deployments.size).toBe(2);

    await sdk.send(setRole(arnOf('logs')));
    await stack.update('Stage', 'prod', { ...stage, ...logging });
    await stack.create('Deployment', onDeployment, 'Other');
    expect([...api.stages.keys()]).toEqual(['dev', 'prod', 'other']);
  });
});
