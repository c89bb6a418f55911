import { GetDomainNameCommand, paginateGetBasePathMappings } from '@aws-sdk/client-api-gateway';
import { compare, type Difference } from './compare';
import { compareSets, declaredOf, type Look, missing, orMissing } from './look';
import type { Properties } from './shapes';

/** How API Gateway calls the path of a mapping that has none. */
const NO_PATH = '(none)';

/** The domain's certificate and kind, and which of its paths lead to this API. */
export const lookAtDomains: Look = async (site, declared) => {
  const { apiGateway: client, target } = site;
  const found: Difference[] = [];
  for (const [, properties] of declared) {
    const domainName = String(properties.DomainName);
    const where = `Domain ${domainName}`;
    const live = await orMissing(client.send(new GetDomainNameCommand({ domainName })));
    if (live === undefined) {
      found.push(missing(where));
      continue;
    }
    const { Types: types } = (properties.EndpointConfiguration ?? {}) as Properties;
    found.push(
      ...compare(
        where,
        {
          certificate: properties.RegionalCertificateArn,
          types,
          securityPolicy: properties.SecurityPolicy,
        },
        {
          certificate: live.regionalCertificateArn,
          types: live.endpointConfiguration?.types,
          securityPolicy: live.securityPolicy,
          mutualTls: live.mutualTlsAuthentication?.truststoreUri,
        },
      ),
    );
    const mapped: string[] = [];
    for await (const { items = [] } of paginateGetBasePathMappings({ client }, { domainName })) {
      for (const { basePath = NO_PATH, restApiId, stage } of items) {
        if (restApiId === target.restApiId) mapped.push(`${basePath} to ${restApiId}/${stage}`);
      }
    }
    const expected = declaredOf(site, 'AWS::ApiGateway::BasePathMapping')
      .filter(([, mapping]) => mapping.DomainName === domainName)
      .map(
        ([, { BasePath = NO_PATH, RestApiId, Stage }]) => `${BasePath} to ${RestApiId}/${Stage}`,
      );
    found.push(...compareSets(`${where}: path`, expected, mapped));
  }
  return found;
};
