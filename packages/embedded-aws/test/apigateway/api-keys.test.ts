import {
  CreateApiKeyCommand,
  type CreateApiKeyCommandInput,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
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

describe('texts of a key', () => {
  const sdk = () => sdkClient(createApiGateway());
  const make = (input: CreateApiKeyCommandInput) => sdk().send(new CreateApiKeyCommand(input));

  test.each([
    [{ name: 'n'.repeat(1025) }, 'Invalid API Key name, can be at most 1024 characters.'],
    [{ description: 'd'.repeat(125_001) }, 'Invalid API Key description specified.'],
    [{ value: 'short' }, 'API Key value should be at least 20 characters'],
    [{ value: 'v'.repeat(129) }, 'API Key value exceeds maximum size of 128 characters'],
  ])('are refused when they are too long or too short (%#)', async (input, message) => {
    await expect(make(input)).rejects.toMatchObject({ name: 'BadRequestException', message });
  });

  test('may be as long as AWS allows', async () => {
    const name = 'n'.repeat(1024);
    const description = 'd'.repeat(125_000);

    expect(await make({ name, description })).toMatchObject({ name, description });
  });

  test('that are empty are none: AWS makes a value, and leaves out the name', async () => {
    const key = await make({ name: '', value: '' });

    expect(key.value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(key.name).toBeUndefined();
  });

  test('are checked in patches, too', async () => {
    const client = sdk();
    const { id: apiKey } = await client.send(new CreateApiKeyCommand({}));
    const patch = (path: string, value: string) =>
      client.send(
        new UpdateApiKeyCommand({ apiKey, patchOperations: [{ op: 'replace', path, value }] }),
      );

    await expect(patch('/description', 'd'.repeat(125_001))).rejects.toThrow(
      'Invalid API Key description specified.',
    );
    await expect(patch('/name', 'n'.repeat(1025))).rejects.toThrow('at most 1024 characters');
  });
});

// Recorded: L TestApigatewayApiKeysCrud, 10-10-2024.
describe('keys are listed', () => {
  async function keys() {
    const sdk = sdkClient(createApiGateway());
    const { id: usagePlanId } = await sdk.send(new CreateUsagePlanCommand({ name: 'p' }));
    for (const name of ['key-old', 'key-new']) {
      const { id: keyId } = await sdk.send(new CreateApiKeyCommand({ name }));
      await sdk.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    }
    return { sdk, usagePlanId };
  }
  const namesOf = ({ items }: { items?: { name?: string | undefined }[] | undefined }) =>
    items?.map(({ name }) => name);

  test('the newest first, in pages', async () => {
    const { sdk } = await keys();

    const first = await sdk.send(new GetApiKeysCommand({ limit: 1 }));
    const rest = await sdk.send(new GetApiKeysCommand({ limit: 1, position: first.position }));

    expect(namesOf(first)).toEqual(['key-new']);
    expect(namesOf(rest)).toEqual(['key-old']);
    expect(rest.position).toBeUndefined();
  });

  test.each([
    ['key', ['key-new', 'key-old']],
    ['key-o', ['key-old']],
    ['KEY', []],
    ['old', []],
  ])('by the beginning of their name: %s', async (nameQuery, names) => {
    const { sdk, usagePlanId } = await keys();

    expect(namesOf(await sdk.send(new GetApiKeysCommand({ nameQuery })))).toEqual(names);
    expect(
      namesOf(await sdk.send(new GetUsagePlanKeysCommand({ usagePlanId, nameQuery }))),
    ).toEqual(names);
  });
});
