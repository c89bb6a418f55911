import {
  CreateDomainNameAccessAssociationCommand,
  DeleteDomainNameCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetTagsCommand,
  type PatchOperation,
  TagResourceCommand,
  UpdateDomainNameCommand,
} from '@aws-sdk/client-api-gateway';
import { rootCaller } from '../../src/core/caller';
import { testCaller } from '../support/aws-request';
import { CERTIFICATE, ELSEWHERE, gateway, NAME, REGIONAL } from './domain-name-gateway';
import { stackOf } from './stack';

describe('a domain name', () => {
  test('has its own endpoint in the region’s hosted zone if it is regional', async () => {
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

  test('is edge-optimized by default', async () => {
    const { create } = gateway();

    const created = await create({ certificateArn: CERTIFICATE });

    expect(created).toMatchObject({
      endpointConfiguration: { types: ['EDGE'] },
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
    });
    expect(created.distributionDomainName).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect(created.regionalDomainName).toBeUndefined();
  });

  test('can be created only once', async () => {
    const { create } = gateway();
    await create();

    await expect(create()).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'The domain name you provided already exists.',
    });
  });

  test('cannot be created in two regions, which could not be distinguished here', async () => {
    const { apiGateway, create } = gateway();
    await create();
    const abroad = { ...testCaller, region: 'eu-west-1' };
    const domain = {
      DomainName: NAME,
      RegionalCertificateArn: ELSEWHERE,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    };

    await expect(stackOf(apiGateway, 's', abroad).create('DomainName', domain)).rejects.toThrow(
      `does not support ${NAME} in two regions (it exists in us-east-1)`,
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
    [{ certificateName: 'mine' }, 'uploaded certificates'],
    [{ routingMode: 'ROUTING_RULE_ONLY' }, 'the routing mode ROUTING_RULE_ONLY'],
    [{ securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }, 'the security policy SecurityPolicy_'],
  ])('with %j is not supported', async (input, what) => {
    const { create } = gateway();

    await expect(create({ ...REGIONAL, ...(input as object) })).rejects.toThrow(
      `The embedded AWS does not support ${what}`,
    );
  });

  test('migrates from edge to regional, through both, and keeps its target names', async () => {
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

  test('for a VPC is not supported', async () => {
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

test('a domain name is unique across accounts', async () => {
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
