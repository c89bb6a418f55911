import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  GetStageCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { sdkClient } from './sdk-client';

/** An API with a stage, and a second deployment that no stage serves. */
async function stageAndDeployment() {
  const sdk = sdkClient(createApiGateway());
  const made = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
  const restApiId = made.id;
  const method = { restApiId, resourceId: made.rootResourceId, httpMethod: 'GET' };
  await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  const deploy = (input: object = {}) =>
    sdk.send(new CreateDeploymentCommand({ restApiId, ...input }));
  const variables = { color: 'blue', size: 's' };
  const { id: base } = await deploy({ stageName: 'dev', variables });
  const { id: other } = await deploy();
  const patch = (...patchOperations: PatchOperation[]) =>
    sdk.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));
  const stage = () => sdk.send(new GetStageCommand({ restApiId, stageName: 'dev' }));
  return { sdk, restApiId, deploy, base, other, patch, stage };
}

const replace = (path: string, value?: string): PatchOperation => ({
  op: 'replace',
  path: `/canarySettings/${path}`,
  value,
});
const PROMOTION: PatchOperation[] = [
  { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
  { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
];

// Recorded: L TestStageCrudCanary, 30-05-2025.
describe('canaries', () => {
  test('are made with a stage', async () => {
    const { sdk, restApiId, base, other } = await stageAndDeployment();
    const canarySettings = { deploymentId: other, percentTraffic: 12.5 };

    const made = await sdk.send(
      new CreateStageCommand({ restApiId, stageName: 's', deploymentId: base, canarySettings }),
    );

    expect(made.deploymentId).toBe(base);
    expect(made.canarySettings).toEqual({ ...canarySettings, useStageCache: false });
  });

  test('are made with a deployment, which the stage itself does not serve', async () => {
    const { deploy, base, stage } = await stageAndDeployment();
    const canarySettings = { percentTraffic: 30, stageVariableOverrides: { color: 'red' } };
    await deploy({ stageName: 'dev', canarySettings: { percentTraffic: 1, useStageCache: true } });

    const { id } = await deploy({ stageName: 'dev', canarySettings });

    expect(await stage()).toMatchObject({
      deploymentId: base,
      canarySettings: { ...canarySettings, deploymentId: id, useStageCache: false },
      variables: { color: 'blue', size: 's' },
    });
  });

  test.each([
    [undefined, 'null'],
    ['', ''],
  ])('of a deployment to the stage %j are refused', async (stageName, told) => {
    const { deploy } = await stageAndDeployment();

    await expect(deploy({ stageName, canarySettings: {} })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: `Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ${told}`,
    });
  });

  test('need a stage, and a deployment that there is', async () => {
    const { sdk, restApiId, base, deploy, patch } = await stageAndDeployment();
    const canarySettings = { deploymentId: 'none' };
    const input = { restApiId, stageName: 's', deploymentId: base, canarySettings };

    await expect(deploy({ stageName: 'none', canarySettings: {} })).rejects.toThrow(
      'Invalid deployment content specified.Stage none must already be created before making a canary release deployment',
    );
    await expect(sdk.send(new CreateStageCommand(input))).rejects.toThrow(
      'Deployment id does not exist',
    );
    await expect(patch(replace('deploymentId', 'none'))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Deployment id does not exist',
    });
    await expect(patch(replace('percentTraffic', '101'))).rejects.toThrow('101');
  });

  test('come from patches, of the stage’s deployment and without traffic unless told', async () => {
    const { base, other, patch } = await stageAndDeployment();
    const settings = { useStageCache: false, percentTraffic: 0, deploymentId: base };

    const first = await patch(replace('deploymentId', other));
    const removed = await patch({ op: 'remove', path: '/canarySettings' });
    const second = await patch(replace('percentTraffic', '50'));

    expect(first.canarySettings).toEqual({ ...settings, deploymentId: other });
    expect(removed.canarySettings).toBeUndefined();
    expect(second.canarySettings).toEqual({ ...settings, percentTraffic: 50 });
  });

  test('have overrides that are changed one by one', async () => {
    const { patch } = await stageAndDeployment();

    const { canarySettings } = await patch(
      replace('stageVariableOverrides/color', 'red'),
      replace('stageVariableOverrides/size', 'm'),
      { op: 'remove', path: '/canarySettings/stageVariableOverrides/color' },
    );

    expect(canarySettings?.stageVariableOverrides).toEqual({ size: 'm' });
  });

  test.each([
    [
      { op: 'remove', path: '/canarySettings/stageVariableOverrides' },
      'Cannot remove method setting canarySettings/stageVariableOverrides because there is no method setting for this method ',
    ],
    [
      { op: 'add', path: '/canarySettings/deploymentId', value: 'x' },
      'Invalid add operation with path: /canarySettings/deploymentId',
    ],
    [
      { op: 'copy', path: '/canarySettings/deploymentId', from: '/deploymentId' },
      'Invalid copy operation with path: /canarySettings/deploymentId and from /deploymentId. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
    ],
  ] as const)('refuse %j', async (operation, message) => {
    const { patch } = await stageAndDeployment();

    await expect(patch(operation)).rejects.toMatchObject({ name: 'BadRequestException', message });
  });

  test.each([['/canarySettings'], ['/canarySettings/other']])(
    'have no path %s to replace',
    async (path) => {
      const { patch } = await stageAndDeployment();

      await expect(patch({ op: 'replace', path, value: 'x' })).rejects.toThrow(
        `Invalid method setting path: ${path}. Must be one of: [/deploymentId,`,
      );
    },
  );

  test('are promoted to their stage, and stay', async () => {
    const { deploy, patch } = await stageAndDeployment();
    await expect(patch(...PROMOTION)).rejects.toThrow(
      'Promotion not available. Canary does not exist.',
    );
    const overrides = { stageVariableOverrides: { color: 'red' }, useStageCache: false };
    const { id } = await deploy({
      stageName: 'dev',
      canarySettings: { ...overrides, percentTraffic: 9 },
    });

    const promoted = await patch(replace('percentTraffic', '0.0'), ...PROMOTION);

    expect(promoted).toMatchObject({
      deploymentId: id,
      variables: { color: 'red', size: 's' },
      canarySettings: { ...overrides, deploymentId: id, percentTraffic: 0 },
    });
  });

  test('keep their deployment from being deleted', async () => {
    const { sdk, restApiId, other, patch } = await stageAndDeployment();
    await patch(replace('deploymentId', other));

    await expect(
      sdk.send(new DeleteDeploymentCommand({ restApiId, deploymentId: other })),
    ).rejects.toThrow('Active stages pointing to this deployment must be moved or deleted');
  });
});
