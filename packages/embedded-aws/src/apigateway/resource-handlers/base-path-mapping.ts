import type { Properties, ResourceHandler } from '../../core/resource-handler';
import {
  createMapping,
  mappingOf,
  type NewMapping,
  readBasePath,
  replaceMapping,
} from '../entities/base-path-mappings';
import { domainOf } from '../entities/domain-names';
import { Members } from '../members';
import {
  type HandlerDependencies,
  ignoreMissing,
  regionOf,
  requireProperty,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::BasePathMapping';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-basepathmapping.html */
export function basePathMappingHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const { domainName, mapping } = read(properties);
      const region = regionOf(deps, context);
      const { basePath } = createMapping(region, domainOf(region, domainName), mapping);
      return { physicalId: `${domainName}|${basePath}` };
    },
    /** Changes API or stage; a new domain name or base path replaces the resource. */
    update(context, physicalId, properties) {
      const { domainName, mapping } = read(properties);
      const region = regionOf(deps, context);
      const domain = domainOf(region, domainName);
      const before = mappingOf(domain, readBasePath(mapping.basePath));
      replaceMapping(region, domain, before, mapping);
      return { physicalId };
    },
    delete(context, physicalId) {
      const bar = physicalId.indexOf('|');
      ignoreMissing(() => {
        const domain = domainOf(regionOf(deps, context), physicalId.slice(0, bar));
        domain.mappings.delete(physicalId.slice(bar + 1));
      });
    },
  };
}

function read(properties: Properties): {
  readonly domainName: string;
  readonly mapping: NewMapping;
} {
  const input = Members.ofProperties(properties);
  input.allowOnly(TYPE, ['domainName', 'basePath', 'restApiId', 'stage']);
  return {
    domainName: requireProperty(input.text('domainName'), 'DomainName'),
    mapping: {
      basePath: input.text('basePath'),
      restApiId: input.text('restApiId'),
      stage: input.text('stage'),
    },
  };
}
