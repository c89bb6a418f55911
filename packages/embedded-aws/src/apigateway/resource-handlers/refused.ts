import type { ResourceHandler } from '../../core/resource-handler';
import { unsupported } from '../errors';

/** Types that would change what clients see, but are not implemented. */
const UNSUPPORTED = {
  'AWS::ApiGateway::BasePathMappingV2': 'private custom domain names',
  'AWS::ApiGateway::ClientCertificate': 'client certificates',
  'AWS::ApiGateway::DocumentationPart': 'API documentation',
  'AWS::ApiGateway::DocumentationVersion': 'API documentation',
  'AWS::ApiGateway::DomainNameAccessAssociation': 'private custom domain names',
  'AWS::ApiGateway::DomainNameV2': 'private custom domain names',
  'AWS::ApiGateway::VpcLink': 'VPC links',
} as const;

/** Handlers that fail on creation, naming the type and the reason. */
export function refusedHandlers(): readonly ResourceHandler[] {
  return Object.entries(UNSUPPORTED).map(([type, feature]) => {
    const error = unsupported(`${type}: ${feature}`);
    const reject = () => {
      throw error;
    };
    return { type, refusal: error.message, create: reject, update: reject, delete: () => {} };
  });
}
