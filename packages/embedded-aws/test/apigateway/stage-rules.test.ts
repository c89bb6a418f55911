import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { sdkClient } from './sdk-client';

const LOGS = 'arn:aws:logs:us-east-1:000000000000:log-group:calls';
const ROLE = 'arn:aws:iam::000000000000:role/logs';

/** Changes a new stage: each call one patch. */
async function stagePatches() {
  const sdk = sdkClient(createApiGateway());
  const made = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
  const restApiId = made.id;
  const method = { restApiId, resourceId: made.rootResourceId, httpMethod: 'GET' };
  await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  await sdk.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: ROLE }],
    }),
  );
  return (op: PatchOperation['op'], path: string, value?: string) =>
    sdk.send(
      new UpdateStageCommand({
        restApiId,
        stageName: 'dev',
        patchOperations: [{ op, path, value }],
      }),
    );
}

// Recorded: L TestStages::test_update_stage_remove_wildcard and test_create_update_stages, 05-03-2024.
describe('settings of methods', () => {
  test('begin with the limits of an account', async () => {
    const patch = await stagePatches();

    const { methodSettings } = await patch('replace', '/*/*/metrics/enabled', 'true');

    expect(methodSettings).toEqual({
      '*/*': {
        metricsEnabled: true,
        dataTraceEnabled: false,
        throttlingBurstLimit: 5000,
        throttlingRateLimit: 10_000,
        cachingEnabled: false,
        cacheTtlInSeconds: 300,
        cacheDataEncrypted: false,
        requireAuthorizationForCacheControl: true,
        unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      },
    });
  });

  test('of one method begin with those of all, and then stay its own', async () => {
    const patch = await stagePatches();
    await patch('replace', '/*/*/throttling/burstLimit', '12');
    await patch('replace', '/~1orders/GET/throttling/rateLimit', '3');

    const { methodSettings } = await patch('replace', '/*/*/throttling/burstLimit', '13');

    expect(methodSettings).toMatchObject({
      '*/*': { throttlingBurstLimit: 13, throttlingRateLimit: 10_000 },
      'orders/GET': { throttlingBurstLimit: 12, throttlingRateLimit: 3 },
    });
  });

  test.each([
    ['/*/*', '*/*'],
    ['/~1orders/GET', '~1orders/GET'],
  ])('that are not there cannot be removed: %s', async (path, named) => {
    const patch = await stagePatches();

    await expect(patch('remove', path)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: `Cannot remove method setting ${named} because there is no method setting for this method `,
    });
  });

  test.each([
    ['/*/*/logging/loglevel', 'DEBUG'],
    ['/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL'],
    ['/*/*/throttling/rateLimit', 'fast'],
  ])('have no %s like %s', async (path, value) => {
    const patch = await stagePatches();

    await expect(patch('replace', path, value)).rejects.toThrow(value);
  });
});

// Recorded: L test_stage_access_log_settings and test_stage_access_log_settings_validation, 25-02-2026.
describe('access logs', () => {
  test('are set member by member and removed as a whole', async () => {
    const patch = await stagePatches();

    const destination = await patch('add', '/accessLogSettings/destinationArn', LOGS);
    const format = await patch('add', '/accessLogSettings/format', '$context.requestId');
    const removed = await patch('remove', '/accessLogSettings');

    expect(destination.accessLogSettings).toEqual({ destinationArn: LOGS });
    expect(format.accessLogSettings).toEqual({
      destinationArn: LOGS,
      format: '$context.requestId',
    });
    expect(removed.accessLogSettings).toBeUndefined();
  });

  const PATHS =
    'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]';
  const EMPTY = 'Access Log value must not be empty';
  const noSetting = (named: string) =>
    `Cannot remove method setting ${named} because there is no method setting for this method `;

  test.each([
    ['add', '/accessLogSettings', '{}', PATHS],
    ['replace', '/accessLogSettings/other', 'x', PATHS],
    ['replace', '/accessLogSettings/destinationArn', '', EMPTY],
    ['replace', '/accessLogSettings/format', '', EMPTY],
    ['remove', '/accessLogSettings/format', undefined, noSetting('accessLogSettings/format')],
    ['remove', '/accessLogSettings/*', undefined, noSetting('accessLogSettings/*')],
  ] as const)('refuse %s of %s with %j', async (op, path, value, message) => {
    const patch = await stagePatches();
    await patch('add', '/accessLogSettings/destinationArn', LOGS);

    await expect(patch(op, path, value)).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
    });
  });
});

test.each([['test'], ['move']] as const)('%s is no change of a stage', async (op) => {
  const patch = await stagePatches();

  await expect(patch(op, '/description', 'x')).rejects.toThrow(
    "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
  );
});
