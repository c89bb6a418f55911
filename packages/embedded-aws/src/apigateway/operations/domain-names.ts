import type { Scope } from '../../core/caller';
import type { DomainName } from '../domain-model';
import {
  createDomainName,
  deleteDomainName,
  domainNameArn,
  domainOf,
  readDomainSettings,
  readSecurityPolicy,
  updateEndpoints,
} from '../entities/domain-names';
import { noType } from '../entities/endpoint-configuration';
import { readTagMap } from '../entities/tags';
import { badRequest, unsupported } from '../errors';
import { randomId } from '../ids';
import { isOneOf } from '../is-one-of';
import { IP_ADDRESS_TYPES, type IpAddressType } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';

/** The endpoint types of public domain names. */
const PUBLIC_TYPES = ['REGIONAL', 'EDGE'] as const;

function readType(type: string | undefined) {
  if (isOneOf(PUBLIC_TYPES, type ?? '')) return type as (typeof PUBLIC_TYPES)[number];
  if (type === 'PRIVATE') throw unsupported('private custom domain names');
  throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE');
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-migrate.html */
const RULES: readonly PatchRule<DomainName>[] = [
  {
    path: '/certificateArn',
    ops: ['add', 'replace'],
    apply(domain, value) {
      domain.certificateArn = value;
    },
  },
  {
    path: '/regionalCertificateArn',
    ops: ['add', 'replace'],
    apply(domain, value) {
      domain.regionalCertificateArn = value;
    },
  },
  {
    path: '/securityPolicy',
    ops: ['replace'],
    apply(domain, value) {
      domain.securityPolicy = readSecurityPolicy(value);
    },
  },
  {
    path: '/endpointConfiguration/types',
    ops: ['add', 'remove'],
    apply(domain, value, _names, op) {
      const type = readType(value);
      const others = domain.endpointConfiguration.types.filter((known) => known !== type);
      const types = op === 'add' ? [...others, type] : others;
      domain.endpointConfiguration = { ...domain.endpointConfiguration, types };
    },
  },
  {
    path: '/endpointConfiguration/types/{type}',
    ops: ['replace'],
    apply(domain, value) {
      const types = [readType(value)];
      domain.endpointConfiguration = { ...domain.endpointConfiguration, types };
    },
  },
  {
    path: '/endpointConfiguration/ipAddressType',
    ops: ['replace'],
    apply(domain, value) {
      if (!isOneOf(IP_ADDRESS_TYPES, value ?? '')) {
        throw badRequest('ipAddressType must be either ipv4 or dualstack.');
      }
      const ipAddressType = value as IpAddressType;
      domain.endpointConfiguration = { ...domain.endpointConfiguration, ipAddressType };
    },
  },
];
const ERRORS = listingPatchErrors(RULES.map(({ path }) => path));

const MEMBERS = [
  'domainName',
  'certificateArn',
  'regionalCertificateArn',
  'endpointConfiguration',
  'securityPolicy',
  'routingMode',
  'tags',
] as const;

export const domainNameOperations: readonly Operation[] = [
  {
    name: 'CreateDomainName',
    route: 'POST /domainnames',
    status: 201,
    handle({ store, region, input, now }) {
      const settings = readDomainSettings(input);
      input.allowOnly('CreateDomainName', MEMBERS);
      const domain = createDomainName(store, region, {
        domainName: input.requiredText('domainName', 'Domain name cannot be empty'),
        settings,
        tags: readTagMap(input) ?? {},
        now,
        newId: randomId,
      });
      return domainNameWire(domain, region.scope);
    },
  },
  {
    name: 'GetDomainNames',
    route: 'GET /domainnames',
    status: 200,
    handle: ({ region, query }) =>
      pageOf([...region.domainNames.values()], query, (domain) =>
        domainNameWire(domain, region.scope),
      ),
  },
  {
    name: 'GetDomainName',
    route: 'GET /domainnames/{domainName}',
    status: 200,
    handle: (request) => domainNameWire(requestedDomain(request), request.region.scope),
  },
  {
    name: 'UpdateDomainName',
    route: 'PATCH /domainnames/{domainName}',
    status: 200,
    handle(request) {
      const domain = requestedDomain(request);
      const { scope } = request.region;
      const draft = { ...domain };
      applyPatch(draft, readPatchOperations(request.input), RULES, ERRORS);
      if (draft.endpointConfiguration.types.length === 0) {
        throw noType();
      }
      updateEndpoints(draft, scope, randomId);
      return domainNameWire(Object.assign(domain, draft), scope);
    },
  },
  {
    name: 'DeleteDomainName',
    route: 'DELETE /domainnames/{domainName}',
    status: 202,
    handle: (request) => deleteDomainName(request.region, requestedDomain(request).domainName),
  },
];

/** The domain name in the path. Only private domain names have an id in addition. */
export function requestedDomain({ region, query, param }: ControlRequest): DomainName {
  if (query.has('domainNameId')) throw unsupported('private custom domain names');
  return domainOf(region, param('domainName'));
}

function domainNameWire({ mappings: _mappings, ...domain }: DomainName, scope: Scope) {
  return {
    ...domain,
    domainNameArn: domainNameArn(domain, scope),
    domainNameStatus: 'AVAILABLE',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    tags: Object.keys(domain.tags).length === 0 ? undefined : domain.tags,
  };
}
