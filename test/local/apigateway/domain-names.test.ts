import {
  CreateBasePathMappingCommand,
  CreateDomainNameAccessAssociationCommand,
  CreateDomainNameCommand,
  type CreateDomainNameCommandInput,
  CreateRestApiCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetTagsCommand,
  type PatchOperation,
  TagResourceCommand,
  UpdateBasePathMappingCommand,
  UpdateDomainNameCommand,
} from '@aws-sdk/client-api-gateway';
import { type ApiGateway, createApiGateway } from '../../../local/apigateway';
import { createDeployment } from '../../../local/apigateway/entities/deployments';
import { createStage } from '../../../local/apigateway/entities/stages';
import { rootCaller } from '../../../local/core/caller';
import { testCaller } from '../../support/aws-request';
import { sdkClient } from './sdk-client';
import { stackOf } from './stack';

const CERTIFICATE = 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b-2c3d';
const ELSEWHERE = 'arn:aws:acm:eu-west-1:000000000000:certificate/0a1b-2c3d';
const NAME = 'api.example.com';

const REGIONAL: Partial<CreateDomainNameCommandInput> = {
  endpointConfiguration: { types: ['REGIONAL'] },
  regionalCertificateArn: CERTIFICATE,
};

function gateway() {
  const apiGateway = createApiGateway({ now: () => Date.UTC(2026, 10, 22) });
  const sdk = sdkClient(apiGateway);
  const create = (input: Partial<CreateDomainNameCommandInput> = REGIONAL) =>
    sdk.send(new CreateDomainNameCommand({ domainName: NAME, ...input }));
  return { apiGateway, sdk, create, stack: stackOf(apiGateway) };
}

/** An API with the stages `dev` and `prod`. */
async function deployedApi(apiGateway: ApiGateway): Promise<string> {
  const { id = '', rootResourceId = '' } = await sdkClient(apiGateway).send(
    new CreateRestApiCommand({ name: 'a' }),
  );
  const region = apiGateway.store.in(testCaller);
  const api = region.restApi(id);
  await stackOf(apiGateway).create('Method', {
    RestApiId: id,
    ResourceId: rootResourceId,
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    Integration: { Type: 'MOCK' },
  });
  const { id: deploymentId } = createDeployment(api, { createdDate: 0 });
  for (const stageName of ['dev', 'prod']) {
    createStage(region, api, {
      stageName,
      deploymentId,
      settings: { tracingEnabled: false },
      now: 0,
    });
  }
  return id;
}

describe('a domain name', () => {
  test('that is Regional has an endpoint of its own in the region’s zone', async () => {
    const { sdk, create } = gateway();

    const created = await create({ ...REGIONAL, tags: { team: 'a' } });

    expect(created).toMatchObject({
      domainName: NAME,
      domainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${NAME}`,
      domainNameStatus: 'AVAILABLE',
      regionalCertificateArn: CERTIFICATE,
      regionalHostedZoneId: 'Z1UJRXOUMOOFQ8',
      securityPolicy: 'TLS_1_2',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      routingMode: 'BASE_PATH_MAPPING_ONLY',
      certificateUploadDate: new Date(Date.UTC(2026, 10, 22)),
    });
    expect(created.regionalDomainName).toMatch(
      /^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
    );
    expect(created.distributionDomainName).toBeUndefined();
    const { $metadata: _created, ...expected } = created;
    const { $metadata: _read, ...read } = await sdk.send(
      new GetDomainNameCommand({ domainName: NAME }),
    );
    expect(read).toEqual(expected);
  });

  test('is edge-optimized unless it says otherwise', async () => {
    const { create } = gateway();

    const created = await create({ certificateArn: CERTIFICATE });

    expect(created).toMatchObject({
      endpointConfiguration: { types: ['EDGE'] },
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
    });
    expect(created.distributionDomainName).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect(created.regionalDomainName).toBeUndefined();
  });

  test('is taken once', async () => {
    const { create } = gateway();
    await create();

    await expect(create()).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'The domain name you provided already exists.',
    });
  });

  test('is not had in two regions, which nothing here could tell apart', async () => {
    const { apiGateway, create } = gateway();
    await create();
    const abroad = { ...testCaller, region: 'eu-west-1' };
    const domain = {
      DomainName: NAME,
      RegionalCertificateArn: ELSEWHERE,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    };

    await expect(stackOf(apiGateway, 's', abroad).create('DomainName', domain)).rejects.toThrow(
      `does not support ${NAME} in two regions at once (it is in us-east-1)`,
    );
  });

  test.each([
    [{ ...REGIONAL, regionalCertificateArn: undefined }, 'A certificate was not provided'],
    [{ certificateArn: undefined }, 'A certificate was not provided for the endpoint type EDGE'],
    [{ certificateArn: 'arn:aws:iam::000000000000:server-certificate/x' }, 'Invalid certificate'],
    [{ certificateArn: ELSEWHERE }, "Certificate must be in 'us-east-1'."],
    [{ ...REGIONAL, domainName: 'localhost' }, 'Invalid domain name specified: localhost'],
    [{ ...REGIONAL, domainName: '127.0.0.1' }, 'Invalid domain name'],
    [{ ...REGIONAL, domainName: 'a_b.example.com' }, 'Invalid domain name'],
    [{ ...REGIONAL, domainName: 'kinesis.us-east-1.amazonaws.com' }, 'Invalid domain name'],
    [{ ...REGIONAL, domainName: `${'a.'.repeat(130)}com` }, 'Invalid domain name'],
    [{ ...REGIONAL, securityPolicy: 'TLS_9' }, 'Member must satisfy enum value set'],
  ])('is refused as %j', async (input, message) => {
    await expect(gateway().create(input as object)).rejects.toThrow(message);
  });

  test.each([
    [{ endpointConfiguration: { types: ['PRIVATE'] } }, 'private custom domain names'],
    [{ policy: '{}' }, 'private custom domain names'],
    [{ mutualTlsAuthentication: { truststoreUri: 's3://a/b' } }, 'mutual TLS'],
    [{ certificateName: 'mine' }, 'certificates that are uploaded'],
    [{ routingMode: 'ROUTING_RULE_ONLY' }, 'the routing mode ROUTING_RULE_ONLY'],
    [{ securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }, 'the security policy SecurityPolicy_'],
  ])('with %j is refused by name', async (input, what) => {
    const { create } = gateway();

    await expect(create({ ...REGIONAL, ...(input as object) })).rejects.toThrow(
      `The embedded AWS does not support ${what}`,
    );
  });

  test('migrates from edge to Regional, with both on the way, and keeps its names', async () => {
    const { sdk, create } = gateway();
    const edge = await create({ certificateArn: CERTIFICATE });
    const types = '/endpointConfiguration/types';
    const patch = (...patchOperations: PatchOperation[]) =>
      sdk.send(new UpdateDomainNameCommand({ domainName: NAME, patchOperations }));

    await expect(patch({ op: 'add', path: types, value: 'REGIONAL' })).rejects.toThrow(
      'A certificate was not provided for the endpoint type REGIONAL',
    );
    const both = await patch(
      { op: 'add', path: types, value: 'REGIONAL' },
      { op: 'add', path: '/regionalCertificateArn', value: CERTIFICATE },
    );
    const regional = await patch({ op: 'remove', path: types, value: 'EDGE' });

    expect(both.endpointConfiguration?.types).toEqual(['EDGE', 'REGIONAL']);
    expect(both.distributionDomainName).toBe(edge.distributionDomainName);
    expect(regional.endpointConfiguration?.types).toEqual(['REGIONAL']);
    expect(regional.regionalDomainName).toBe(both.regionalDomainName);
    expect(regional.distributionDomainName).toBeUndefined();
    await expect(patch({ op: 'remove', path: types, value: 'REGIONAL' })).rejects.toThrow(
      'cannot be both DISABLED',
    );
  });

  test('is listed, tagged and deleted', async () => {
    const { sdk, create } = gateway();
    const { domainNameArn: resourceArn } = await create();
    await create({ ...REGIONAL, domainName: '*.example.com' });

    await sdk.send(new TagResourceCommand({ resourceArn, tags: { team: 'b' } }));
    const listed = await sdk.send(new GetDomainNamesCommand({}));
    const { tags } = await sdk.send(new GetTagsCommand({ resourceArn }));
    await sdk.send(new DeleteDomainNameCommand({ domainName: NAME }));

    expect(listed.items?.map(({ domainName }) => domainName)).toEqual([NAME, '*.example.com']);
    expect(tags).toEqual({ team: 'b' });
    await expect(sdk.send(new DeleteDomainNameCommand({ domainName: NAME }))).rejects.toMatchObject(
      {
        name: 'NotFoundException',
        message: 'Invalid domain name identifier specified',
      },
    );
  });

  test('of a VPC is refused by name', async () => {
    const { sdk } = gateway();

    await expect(
      sdk.send(
        new CreateDomainNameAccessAssociationCommand({
          domainNameArn: 'arn:x',
          accessAssociationSource: 'vpce-1',
          accessAssociationSourceType: 'VPCE',
        }),
      ),
    ).rejects.toThrow('does not implement apigateway:CreateDomainNameAccessAssociation');
    await expect(
      sdk.send(new GetDomainNameCommand({ domainName: NAME, domainNameId: 'x' })),
    ).rejects.toThrow('does not support private custom domain names');
  });
});

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

  test.each([undefined, '', '/', '(none)'])('of %j is that of the root', async (basePath) => {
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

  test('changes its path, stage and API, but not onto another', async () => {
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

  test('keeps its stage and API from being deleted', async () => {
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

  test('of a private API is refused by name', async () => {
    const { stack, map, restApiId } = await mapped();
    await stack.update('RestApi', restApiId, {
      Name: 'a',
      EndpointConfiguration: { Types: ['PRIVATE'] },
    });

    await expect(map({})).rejects.toThrow('a private API under a public domain name');
  });
});

describe('templates', () => {
  const domain = {
    DomainName: NAME,
    RegionalCertificateArn: CERTIFICATE,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    Tags: [{ Key: 'team', Value: 'a' }],
  };

  test('get the attributes of a domain name, the same after a restart', async () => {
    const first = await gateway().stack.create('DomainName', domain, 'Domain');
    const second = await gateway().stack.create('DomainName', domain, 'Domain');

    expect(first.physicalId).toBe(NAME);
    expect(first.attributes).toMatchObject({
      RegionalHostedZoneId: 'Z1UJRXOUMOOFQ8',
      DomainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${NAME}`,
      DistributionDomainName: undefined,
    });
    expect(second.attributes).toEqual(first.attributes);
  });

  test('update a domain name in place', async () => {
    const { sdk, stack } = gateway();
    const { attributes } = await stack.create('DomainName', domain, 'Domain');

    await expect(
      stack.update('DomainName', NAME, { ...domain, RegionalCertificateArn: ELSEWHERE }),
    ).rejects.toThrow("Certificate must be in 'us-east-1'");
    const updated = await stack.update('DomainName', NAME, {
      ...domain,
      SecurityPolicy: 'TLS_1_0',
      Tags: [],
    });

    expect(updated.attributes).toEqual(attributes);
    const read = await sdk.send(new GetDomainNameCommand({ domainName: NAME }));
    expect(read.tags).toBeUndefined();
    expect(read).toMatchObject({
      securityPolicy: 'TLS_1_0',
      regionalCertificateArn: CERTIFICATE,
    });
  });

  test('map base paths and let go of them', async () => {
    const { apiGateway, sdk, stack } = gateway();
    await stack.create('DomainName', domain);
    const RestApiId = await deployedApi(apiGateway);
    const mapping = { DomainName: NAME, RestApiId, Stage: 'dev' };
    const stages = async () => {
      const { items } = await sdk.send(new GetBasePathMappingsCommand({ domainName: NAME }));
      return items?.map(({ basePath, stage }) => [basePath, stage]);
    };

    const root = await stack.create('BasePathMapping', mapping);
    const named = await stack.create('BasePathMapping', { ...mapping, BasePath: 'v1' });
    await stack.update('BasePathMapping', root.physicalId, { ...mapping, Stage: 'prod' });
    const changed = await stages();
    await stack.delete('BasePathMapping', root.physicalId, mapping);
    await stack.delete('DomainName', NAME, domain);
    await stack.delete('BasePathMapping', named.physicalId, mapping);

    expect([root.physicalId, named.physicalId]).toEqual([`${NAME}|(none)`, `${NAME}|v1`]);
    expect(changed).toEqual([
      ['v1', 'dev'],
      ['(none)', 'prod'],
    ]);
  });
});

test('a domain name is taken for other accounts too', async () => {
  const { apiGateway, create } = gateway();
  await create();
  const stranger = rootCaller({ accountId: '111111111111', region: 'us-east-1' });

  await expect(
    stackOf(apiGateway, 's', stranger).create('DomainName', {
      DomainName: NAME,
      CertificateArn: CERTIFICATE,
    }),
  ).rejects.toThrow('The domain name you provided already exists.');
});
