import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  type CreateRestApiCommandInput,
  DeleteRestApiCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetTagsCommand,
  paginateGetRestApis,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { rootCaller } from '../../src/core/caller';
import { awsRequest } from '../support/aws-request';
import { sdkClient } from './sdk-client';

const NOW = Date.UTC(2026, 10, 22, 12);

function client() {
  return sdkClient(createApiGateway({ now: () => NOW }));
}

describe('REST APIs', () => {
  test('are created, found, listed and deleted', async () => {
    const sdk = client();

    const made = await sdk.send(new CreateRestApiCommand({ name: 'shop', description: 'sells' }));
    const found = await sdk.send(new GetRestApiCommand({ restApiId: made.id }));
    const listed = await sdk.send(new GetRestApisCommand({}));
    await sdk.send(new DeleteRestApiCommand({ restApiId: made.id }));
    const left = await sdk.send(new GetRestApisCommand({}));

    expect(made).toMatchObject({
      name: 'shop',
      description: 'sells',
      apiKeySource: 'HEADER',
      createdDate: new Date(NOW),
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    });
    expect(made.id).toMatch(/^[a-z0-9]{10}$/);
    expect(found).toMatchObject({ id: made.id, rootResourceId: made.rootResourceId });
    expect(listed.items?.map(({ id }) => id)).toEqual([made.id]);
    expect(left.items).toEqual([]);
  });

  // Recorded: test_put_rest_api_mode_binary_media_types, 02-07-2025.
  test('without tags have an empty map of them, told by GetRestApi alone', async () => {
    const sdk = sdkClient(createApiGateway());

    const created = await sdk.send(new CreateRestApiCommand({ name: 'a' }));

    expect(created).not.toHaveProperty('tags');
    expect(await sdk.send(new GetRestApiCommand({ restApiId: created.id }))).toMatchObject({
      tags: {},
    });
    const { items = [] } = await sdk.send(new GetRestApisCommand({}));
    expect(items[0]).not.toHaveProperty('tags');
  });

  test('belong to an account and a region', async () => {
    const apiGateway = createApiGateway();
    const made = await sdkClient(apiGateway).send(new CreateRestApiCommand({ name: 'mine' }));
    const stranger = rootCaller({ accountId: '111111111111', region: 'us-east-1' });

    const answer = await apiGateway.handle(
      awsRequest({ method: 'GET', path: `/restapis/${made.id}`, caller: stranger }),
    );

    expect(answer.status).toBe(404);
    expect(answer.headers['x-amzn-errortype']).toBe('NotFoundException');
    expect(JSON.parse(String(answer.body))).toEqual({
      message: `Invalid API identifier specified 111111111111:${made.id}`,
    });
  });

  test('are listed in pages', async () => {
    const sdk = client();
    for (let index = 0; index < 7; index += 1) {
      await sdk.send(new CreateRestApiCommand({ name: `api ${index}` }));
    }

    const names: (string | undefined)[][] = [];
    for await (const { items } of paginateGetRestApis({ client: sdk, pageSize: 3 }, {})) {
      names.push((items ?? []).map(({ name }) => name));
    }

    expect(names.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(names.flat()).toEqual(Array.from({ length: 7 }, (_, index) => `api ${index}`));
    await expect(sdk.send(new GetRestApisCommand({ position: 'nonsense' }))).rejects.toThrow(
      'Invalid position parameter specified',
    );
  });

  test('are changed by patches, all or none', async () => {
    const sdk = client();
    const { id: restApiId } = await sdk.send(new CreateRestApiCommand({ name: 'old' }));
    const patch = (
      ...patchOperations: { op: 'replace' | 'add' | 'remove'; path: string; value?: string }[]
    ) => sdk.send(new UpdateRestApiCommand({ restApiId, patchOperations }));

    const changed = await patch(
      { op: 'replace', path: '/name', value: 'new' },
      { op: 'add', path: '/binaryMediaTypes/image~1png' },
      { op: 'replace', path: '/minimumCompressionSize', value: '10' },
    );
    await expect(
      patch({ op: 'replace', path: '/name', value: 'lost' }, { op: 'replace', path: '/id' }),
    ).rejects.toThrow('Invalid patch path /id');
    const kept = await sdk.send(new GetRestApiCommand({ restApiId }));

    expect(changed).toMatchObject({
      name: 'new',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 10,
      tags: {},
    });
    expect(kept.name).toBe('new');
    await expect(
      patch({ op: 'replace', path: '/minimumCompressionSize', value: '-1' }),
    ).rejects.toThrow('Invalid minimum compression size, must be between 0 and 10485760');
    await expect(patch({ op: 'add', path: '/minimumCompressionSize', value: '1' })).rejects.toThrow(
      'Invalid patch operation specified. Must be one of: [replace]',
    );
    await expect(patch({ op: 'wrong' as 'add', path: '/name' })).rejects.toThrow(
      "1 validation error detected: Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
    );
  });

  test.each([
    [{ name: '' }, 'Name cannot be empty.'],
    [{ name: 'a', description: '' }, 'Description cannot be an empty string'],
    [
      { name: 'a', endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } },
      'Cannot create an api with multiple Endpoint Types.',
    ],
    [
      {
        name: 'a',
        endpointConfiguration: { types: ['REGIONAL'], vpcEndpointIds: ['vpce-1'] },
      },
      'VPCEndpoints can only be specified with PRIVATE apis.',
    ],
    [
      { name: 'a', apiKeySource: 'ELSEWHERE' },
      "1 validation error detected: Value 'ELSEWHERE' at 'createRestApiInput.apiKeySource' failed to satisfy constraint: Member must satisfy enum value set: [AUTHORIZER, HEADER]",
    ],
  ])('like %j are refused', async (input, message) => {
    const command = new CreateRestApiCommand(input as CreateRestApiCommandInput);

    await expect(client().send(command)).rejects.toThrow(message);
  });

  // Recorded: L test_update_rest_api_ip_address_type, 07-07-2025; of add and remove only the words,
  // which CreateRestApi has.
  test.each([
    ['test', "Invalid patch operation specified. Must be 'add'|'remove'|'replace'"],
    ['add', 'Cannot create an api with multiple Endpoint Types.'],
    ['remove', 'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'],
  ] as const)('have one endpoint type, whatever %s says', async (op, message) => {
    const sdk = client();
    const { id: restApiId } = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
    const path = '/endpointConfiguration/types/EDGE';

    await expect(
      sdk.send(
        new UpdateRestApiCommand({
          restApiId,
          patchOperations: [{ op, path, value: 'REGIONAL' }],
        }),
      ),
    ).rejects.toThrow(message);
  });

  test('have their own tags', async () => {
    const sdk = client();
    const { id } = await sdk.send(new CreateRestApiCommand({ name: 'a', tags: { one: '1' } }));
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${id}`;

    await sdk.send(new TagResourceCommand({ resourceArn, tags: { two: '2', three: '3' } }));
    await sdk.send(new UntagResourceCommand({ resourceArn, tagKeys: ['one', 'three'] }));

    expect((await sdk.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ two: '2' });
  });

  // Reported: serverless#9223; the limits are documented.
  test.each([
    ['AWS:owner', 'a', "Tag keys cannot start with 'aws:' (case insensitive)"],
    ['k'.repeat(129), 'a', 'Tag keys have 1 to 128 characters'],
    ['owner', 'v'.repeat(257), 'Tag values have at most 256 characters'],
  ])('do not take every tag (%#)', async (key, value, message) => {
    const sdk = client();
    const tags = { [key]: value };
    const { id } = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${id}`;

    await expect(sdk.send(new CreateRestApiCommand({ name: 'a', tags }))).rejects.toThrow(message);
    await expect(sdk.send(new TagResourceCommand({ resourceArn, tags }))).rejects.toThrow(message);
  });

  test('without methods cannot be deployed', async () => {
    const sdk = client();
    const { id: restApiId } = await sdk.send(new CreateRestApiCommand({ name: 'a' }));

    await expect(sdk.send(new CreateDeploymentCommand({ restApiId }))).rejects.toThrow(
      "The REST API doesn't contain any methods",
    );
  });
});

test.each([
  ['POST', '/vpclinks', 'apigateway:CreateVpcLink'],
  ['PUT', '/nonsense', 'apigateway:PUT /nonsense'],
])('%s %s is refused as %s', async (method, path, name) => {
  const answer = await createApiGateway().handle(awsRequest({ method, path }));

  expect(answer.headers['x-amzn-errortype']).toBe('UnknownOperationException');
  expect(String(answer.body)).toContain(`The embedded AWS does not implement ${name}.`);
});

test('the caller must be authorized', async () => {
  const asked: string[][] = [];
  const caller = {
    ...rootCaller({ accountId: '000000000000', region: 'cn-north-1' }),
    authorize: (action: string, resource: string) => {
      asked.push([action, resource]);
    },
  };

  await createApiGateway().handle(awsRequest({ method: 'GET', path: '/restapis', caller }));

  expect(asked).toEqual([['apigateway:GET', 'arn:aws-cn:apigateway:cn-north-1::/restapis']]);
});

test('a body that is not JSON is a serialization error', async () => {
  const answer = await createApiGateway().handle(
    awsRequest({ method: 'POST', path: '/restapis', body: '{' }),
  );

  expect(answer.status).toBe(400);
  expect(answer.headers['x-amzn-errortype']).toBe('SerializationException');
});
