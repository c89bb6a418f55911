import { GetBasePathMappingsCommand, GetDomainNameCommand } from '@aws-sdk/client-api-gateway';
import { CERTIFICATE, deployedApi, ELSEWHERE, gateway, NAME } from './domain-name-gateway';

describe('templates', () => {
  const domain = {
    DomainName: NAME,
    RegionalCertificateArn: CERTIFICATE,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    Tags: [{ Key: 'team', Value: 'a' }],
  };

  test('get the attributes of a domain name, which survive a restart', async () => {
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

  test('map base paths and delete the mappings', async () => {
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
