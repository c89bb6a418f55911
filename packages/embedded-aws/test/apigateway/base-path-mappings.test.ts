import {
  CreateBasePathMappingCommand,
  DeleteBasePathMappingCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  type PatchOperation,
  UpdateBasePathMappingCommand,
} from '@aws-sdk/client-api-gateway';
import { deployedApi, gateway, NAME } from './domain-name-gateway';

describe('a base path mapping', () => {
  async function mapped() {
    const { apiGateway, sdk, create, stack } = gateway();
    await create();
    const restApiId = await deployedApi(apiGateway);
    const map = (input: { basePath?: string; stage?: string; restApiId?: string }) =>
      sdk.send(new CreateBasePathMappingCommand({ domainName: NAME, restApiId, ...input }));
    const patch = (basePath: string, ...patchOperations: PatchOperation[]) =>
      sdk.send(new UpdateBasePathMappingCommand({ domainName: NAME, basePath, patchOperations }));
    const get = async (basePath: string) => {
      const { $metadata: _, ...mapping } = await sdk.send(
        new GetBasePathMappingCommand({ domainName: NAME, basePath }),
      );
      return mapping;
    };
    return { sdk, stack, restApiId, map, patch, get };
  }

  test.each([undefined, '', '/', '(none)'])('of %j is that of the root path', async (basePath) => {
    const { map, get, restApiId } = await mapped();

    await map({ basePath, stage: 'dev' });

    expect(await get('(none)')).toEqual({ basePath: '(none)', restApiId, stage: 'dev' });
    await expect(map({})).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Base path already exists for this domain name',
    });
  });

  test.each([
    [{ restApiId: 'nosuchapi1' }, 'Invalid REST API identifier specified'],
    [{ stage: 'nosuchstage' }, 'Invalid stage identifier specified'],
    [{ basePath: 'a/b' }, "API Gateway V1 doesn't support the slash character (/)"],
    [{ basePath: 'a b' }, 'Base paths may only contain letters'],
  ])('is refused as %j', async (input, message) => {
    const { map } = await mapped();

    await expect(map(input)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
  });

  test('changes its path, stage and API, but not to the path of another', async () => {
    const { sdk, map, patch, get, restApiId } = await mapped();
    await map({ basePath: 'v1', stage: 'dev' });
    await map({ basePath: '__proto__' });

    await patch(
      'v1',
      { op: 'replace', path: '/basePath', value: 'v2' },
      { op: 'replace', path: '/stage', value: 'prod' },
    );
    await expect(
      patch('v2', { op: 'replace', path: '/basePath', value: '__proto__' }),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(
      patch('v2', { op: 'replace', path: '/restapiId', value: 'nosuchapi1' }),
    ).rejects.toThrow('Invalid REST API identifier specified');

    expect(await get('v2')).toEqual({ basePath: 'v2', restApiId, stage: 'prod' });
    await expect(get('v1')).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid base path mapping identifier specified',
    });
    const all = await sdk.send(new GetBasePathMappingsCommand({ domainName: NAME }));
    expect(all.items?.map(({ basePath }) => basePath)).toEqual(['__proto__', 'v2']);
  });

  test('prevents the deletion of its stage and API', async () => {
    const { sdk, map, restApiId } = await mapped();
    await map({ basePath: 'v1', stage: 'dev' });
    const deleteStage = () => sdk.send(new DeleteStageCommand({ restApiId, stageName: 'dev' }));
    const deleteApi = () => sdk.send(new DeleteRestApiCommand({ restApiId }));

    await expect(deleteStage()).rejects.toThrow(
      `Deleting stage dev failed. Please remove all base path mappings related to the stage in your domains: ${NAME}`,
    );
    await expect(deleteApi()).rejects.toThrow(
      `Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi in your domains: ${NAME}`,
    );
    await sdk.send(new DeleteStageCommand({ restApiId, stageName: 'prod' }));
    await sdk.send(new DeleteBasePathMappingCommand({ domainName: NAME, basePath: 'v1' }));
    await deleteStage();
    await deleteApi();
  });

  test('of a private API is not supported', async () => {
    const { stack, map, restApiId } = await mapped();
    await stack.update('RestApi', restApiId, {
      Name: 'a',
      EndpointConfiguration: { Types: ['PRIVATE'] },
    });

    await expect(map({})).rejects.toThrow('a private API under a public domain name');
  });
});
