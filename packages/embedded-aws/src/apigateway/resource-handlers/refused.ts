import type { ResourceHandler } from '../../core/resource-handler';
import { unsupported } from '../errors';

/** Types that would change what clients see and that nothing here can stand for. */
const REFUSED = {
  'AWS::ApiGateway::Authorizer': 'authorizers (Lambda and Cognito)',
  'AWS::ApiGateway::BasePathMappingV2': 'private custom domain names',
  'AWS::ApiGateway::ClientCertificate': 'client certificates',
  'AWS::ApiGateway::DocumentationPart': 'API documentation',
  'AWS::ApiGateway::DocumentationVersion': 'API documentation',
  'AWS::ApiGateway::DomainNameAccessAssociation': 'private custom domain names',
  'AWS::ApiGateway::DomainNameV2': 'private custom domain names',
  'AWS::ApiGateway::VpcLink': 'VPC links',
} as const;

/** Handlers that fail at creation and say which type and why. */
export function refusedHandlers(): readonly ResourceHandler[] {
  return Object.entries(REFUSED).map(([type, what]) => {
    const refuse = () => {
      throw unsupported(`${type}: ${what}`);
    };
    return { type, create: refuse, update: refuse, delete: () => {} };
  });
}
