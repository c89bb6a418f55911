import type { BasePathMapping, DomainName } from '../domain-model';
import { ROOT_BASE_PATH } from '../domain-model';
import { badRequest, conflict, notFound, unsupported } from '../errors';
import type { RegionStore } from '../store';
import { isPrivate } from './endpoint-configuration';

const BASE_PATH = /^[A-Za-z0-9$\-_.+!*'()]{1,300}$/;

/** A mapping as it is asked for. */
export interface NewMapping {
  readonly basePath?: string | undefined;
  readonly restApiId?: string | undefined;
  readonly stage?: string | undefined;
}

/** @throws AwsError ConflictException when the base path is taken */
export function createMapping(
  region: RegionStore,
  domain: DomainName,
  wanted: NewMapping,
): BasePathMapping {
  const mapping = checkMapping(region, wanted);
  if (domain.mappings.has(mapping.basePath)) throw taken();
  domain.mappings.set(mapping.basePath, mapping);
  return mapping;
}

/** Puts a mapping in the place of another, under the same base path or a new one. */
export function replaceMapping(
  region: RegionStore,
  domain: DomainName,
  before: BasePathMapping,
  wanted: NewMapping,
): BasePathMapping {
  const mapping = checkMapping(region, wanted);
  if (mapping.basePath !== before.basePath && domain.mappings.has(mapping.basePath)) throw taken();
  domain.mappings.delete(before.basePath);
  domain.mappings.set(mapping.basePath, mapping);
  return mapping;
}

export function mappingOf(domain: DomainName, basePath: string): BasePathMapping {
  const mapping = domain.mappings.get(basePath);
  if (mapping === undefined) throw notFound('Invalid base path mapping identifier specified');
  return mapping;
}

/** The one spelling of a base path: several mean the root. @throws AwsError BadRequestException */
export function readBasePath(basePath: string | undefined): string {
  if (basePath === undefined || ['', '/', ROOT_BASE_PATH].includes(basePath)) return ROOT_BASE_PATH;
  if (basePath.includes('/')) {
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
  }
  if (BASE_PATH.test(basePath)) return basePath;
  throw badRequest(
    "Base paths may only contain letters, numbers, and the following characters: $-_.+!*'()",
  );
}

function checkMapping(region: RegionStore, { basePath, restApiId, stage }: NewMapping) {
  const api = region.restApis.get(restApiId ?? '');
  if (api === undefined) throw badRequest('Invalid REST API identifier specified');
  const stageName = stage === '' || stage === ROOT_BASE_PATH ? undefined : stage;
  if (stageName !== undefined && !api.stages.has(stageName)) {
    throw badRequest('Invalid stage identifier specified');
  }
  if (isPrivate(api.endpointConfiguration)) {
    throw unsupported('a private API under a public domain name');
  }
  return { basePath: readBasePath(basePath), restApiId: api.id, stage: stageName };
}

const taken = () => conflict('Base path already exists for this domain name');

/**
 * Refuses to take away what a domain name leads to.
 * @param what `stage dev` or `RestApi abc123`, as AWS's sentence names it
 * @throws AwsError BadRequestException
 */
export function requireUnmapped(
  region: RegionStore,
  what: string,
  isMeant: (mapping: BasePathMapping) => boolean,
): void {
  const domains = [...region.domainNames.values()]
    .filter(({ mappings }) => [...mappings.values()].some(isMeant))
    .map(({ domainName }) => domainName);
  if (domains.length === 0) return;
  const [kind] = what.split(' ');
  throw badRequest(
    `Deleting ${what} failed. Please remove all base path mappings related to the ${kind} in your domains: ${domains.join(', ')}`,
  );
}
