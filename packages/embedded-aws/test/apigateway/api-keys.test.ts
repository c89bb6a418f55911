import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { apiUnderTest, mockIntegration } from '../execute-api/api-under-test';
import { sdkClient } from './sdk-client';

async function deployedApi() {
  const api = await apiUnderTest();
  await api.route({ integration: mockIntegration(), properties: { ApiKeyRequired: true } });
  await api.deploy();
  return { ...api, sdk: sdkClient(api.apiGateway) };
}

describe('the stages that a key is created for', () => {
  test('are returned, but accessible only through a usage plan', async () => {
    const { restApiId, stack, sdk, call } = await deployedApi();
    const value = 'twenty-characters-or-more';
    const { physicalId: apiKey } = await stack.create('ApiKey', {
      Enabled: true,
      Value: value,
      StageKeys: [{ RestApiId: restApiId, StageName: 'dev' }],
    });
    const called = () => call({ path: '/', headers: { 'x-api-key': value } });

    const key = await sdk.send(new GetApiKeyCommand({ apiKey }));
    const before = await called();
    const plan = await stack.create('UsagePlan', {
      ApiStages: [{ ApiId: restApiId, Stage: 'dev' }],
    });
    await stack.create('UsagePlanKey', {
      KeyId: apiKey,
      KeyType: 'API_KEY',
      UsagePlanId: plan.physicalId,
    });

    expect(key.stageKeys).toEqual([`${restApiId}/dev`]);
    expect(before.status).toBe(403);
    expect((await called()).status).toBe(200);
  });

  test('must exist', async () => {
    const { sdk, restApiId } = await deployedApi();

    await expect(
      sdk.send(new CreateApiKeyCommand({ stageKeys: [{ restApiId, stageName: 'none' }] })),
    ).rejects.toThrow('API Stage not found');
  });

  test('do not include the stages of its usage plans', async () => {
    const { sdk, restApiId } = await deployedApi();
    const { id: keyId } = await sdk.send(new CreateApiKeyCommand({ enabled: true }));
    const { id: usagePlanId } = await sdk.send(
      new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: restApiId, stage: 'dev' }] }),
    );
    await sdk.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));

    expect(await sdk.send(new GetApiKeyCommand({ apiKey: keyId }))).toMatchObject({
      stageKeys: [],
    });
  });
});

test('the value of a key is returned on creation, and later only on request', async () => {
  const { sdk } = await deployedApi();

  const created = await sdk.send(new CreateApiKeyCommand({ name: 'mine' }));
  const listed = await sdk.send(new GetApiKeysCommand({}));
  const withValues = await sdk.send(new GetApiKeysCommand({ includeValues: true }));

  expect(created.value).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(created).not.toHaveProperty('tags');
  expect(listed.items?.[0]).not.toHaveProperty('value');
  expect(withValues.items?.[0]?.value).toBe(created.value);
});

test('empty tags of a plan are omitted on creation and in lists, and an empty map on GetUsagePlan', async () => {
  const { sdk } = await deployedApi();

  const created = await sdk.send(new CreateUsagePlanCommand({ name: 'p' }));
  const { items } = await sdk.send(new GetUsagePlansCommand({}));

  expect(created).not.toHaveProperty('tags');
  expect(items?.[0]).not.toHaveProperty('tags');
  expect(await sdk.send(new GetUsagePlanCommand({ usagePlanId: created.id }))).toHaveProperty(
    'tags',
    {},
  );
});
