import type { BasePathMapping, DomainName } from '../domain-model';
import { ROOT_BASE_PATH } from '../domain-model';
import { badRequest, conflict, notFound, unsupported } from '../errors';
import type { RegionStore } from '../store';
import { isPrivate } from './endpoint-configuration';

const BASE_PATH = /^[A-Za-z0-9$\-_.+!*'()]{1,300}$/;

/** The requested mapping, not validated. */
export interface NewMapping {
  readonly basePath?: string | undefined;
  readonly restApiId?: string | undefined;
  readonly stage?: string | undefined;
}

/** @throws AwsError ConflictException if the base path is in use */
export function createMapping(
  region: RegionStore,
  domain: DomainName,
  requested: NewMapping,
): BasePathMapping {
  const mapping = checkMapping(region, requested);
  if (domain.mappings.has(mapping.basePath)) throw basePathInUse();
  domain.mappings.set(mapping.basePath, mapping);
  return mapping;
}

/** Replaces a mapping, under the same base path or a new one. */
export function replaceMapping(
  region: RegionStore,
  domain: DomainName,
  previous: BasePathMapping,
  requested: NewMapping,
): BasePathMapping {
  const mapping = checkMapping(region, requested);
  if (mapping.basePath !== previous.basePath && domain.mappings.has(mapping.basePath))
    throw basePathInUse();
  domain.mappings.delete(previous.basePath);
  domain.mappings.set(mapping.basePath, mapping);
  return mapping;
}

export function mappingOf(domain: DomainName, basePath: string): BasePathMapping {
  const mapping = domain.mappings.get(basePath);
  if (mapping === undefined) throw notFound('Invalid base path mapping identifier specified');
  return mapping;
}

/**
 * Normalizes a base path: several spellings mean the root.
 * @throws AwsError BadRequestException
 */
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

const basePathInUse = () => conflict('Base path already exists for this domain name');

/**
 * Rejects the deletion of an API or a stage that a domain name is mapped to.
 * @param what for AWS's message: `stage dev` or `RestApi abc123`
 * @throws AwsError BadRequestException
 */
export function requireUnmapped(
  region: RegionStore,
  what: string,
  matches: (mapping: BasePathMapping) => boolean,
): void {
  const domains = [...region.domainNames.values()]
    .filter(({ mappings }) => [...mappings.values()].some(matches))
    .map(({ domainName }) => domainName);
  if (domains.length === 0) return;
  const [kind] = what.split(' ');
  throw badRequest(
    `Deleting ${what} failed. Please remove all base path mappings related to the ${kind} in your domains: ${domains.join(', ')}`,
  );
}
