import { type Resources, ref, resource } from './cloudformation';
import { logicalIds } from './logical-ids';

/** A custom domain. Its owner must point its DNS record at the output DomainTarget. */
export const domainName: Resources = {
  [logicalIds.domainName]: resource(
    'AWS::ApiGateway::DomainName',
    {
      DomainName: '${param:domainName}',
      RegionalCertificateArn: '${param:certificateArn}',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    },
    { Condition: 'HasDomain' },
  ),
  [logicalIds.basePathMapping]: resource(
    'AWS::ApiGateway::BasePathMapping',
    {
      DomainName: ref(logicalIds.domainName),
      RestApiId: ref(logicalIds.restApi),
      Stage: ref(logicalIds.stage),
    },
    { Condition: 'HasDomain' },
  ),
};
