import { derivedId } from '../../core/ids';
import type {
  Properties,
  ResourceContext,
  ResourceHandler,
  ResourceState,
} from '../../core/resource-handler';
import type { DomainName } from '../domain-model';
import {
  createDomainName,
  deleteDomainName,
  domainNameArn,
  domainOf,
  readDomainSettings,
  updateEndpoints,
} from '../entities/domain-names';
import { Members } from '../members';
import {
  epochSeconds,
  type HandlerDependencies,
  ignoreMissing,
  readTags,
  regionOf,
  requireProperty,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::DomainName';
const PROPERTIES = [
  'domainName',
  'certificateArn',
  'regionalCertificateArn',
  'endpointConfiguration',
  'securityPolicy',
  'routingMode',
  'tags',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html */
export function domainNameHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    read(context, name) {
      const domain = regionOf(deps, context).domainNames.get(name);
      return domain && stateOf(domain, context);
    },
    create(context, properties) {
      const { input, settings } = read(properties);
      const domain = createDomainName(deps.store, regionOf(deps, context), {
        domainName: requireProperty(input.text('domainName'), 'DomainName'),
        settings,
        tags: readTags(input),
        now: epochSeconds(deps),
        newId: newIdFor(context),
      });
      return stateOf(domain, context);
    },
    update(context, physicalId, properties) {
      const { input, settings } = read(properties);
      const domain = domainOf(regionOf(deps, context), physicalId);
      const draft = { ...domain, ...settings, tags: readTags(input) };
      updateEndpoints(draft, context.caller, newIdFor(context));
      return stateOf(Object.assign(domain, draft), context);
    },
    delete(context, physicalId) {
      ignoreMissing(() => deleteDomainName(regionOf(deps, context), physicalId));
    },
  };
}

function read(properties: Properties) {
  const input = Members.ofProperties(properties);
  const settings = readDomainSettings(input);
  input.allowOnly(TYPE, PROPERTIES);
  return { input, settings };
}

/** Ids derived from the resource, so that DNS records survive a restart. */
const newIdFor = (context: ResourceContext) => (length: number) =>
  derivedId(`${context.seed}/${length}`, length);

function stateOf(domain: DomainName, { caller }: ResourceContext): ResourceState {
  return {
    physicalId: domain.domainName,
    attributes: {
      DistributionDomainName: domain.distributionDomainName,
      DistributionHostedZoneId: domain.distributionHostedZoneId,
      DomainNameArn: domainNameArn(domain, caller),
      RegionalDomainName: domain.regionalDomainName,
      RegionalHostedZoneId: domain.regionalHostedZoneId,
    },
  };
}
