import { partitionOf, type Scope } from '../../core/caller';
import type { DomainName, SecurityPolicy } from '../domain-model';
import { SECURITY_POLICIES } from '../domain-model';
import { badRequest, notFound, notInEnum, unsupported, validationError } from '../errors';
import { EDGE_HOSTED_ZONE, regionalHostedZone } from '../hosted-zones';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import type { EndpointConfiguration, TextMap } from '../model';
import type { ApiGatewayStore, RegionStore } from '../store';
import { isPrivate, readEndpointConfiguration } from './endpoint-configuration';

/** Valid DNS names; the last label distinguishes them from IP addresses. */
const NAME =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/**
 * No certificates exist for these names, and accepting them would hide AWS services from their
 * clients.
 */
const AWS_DOMAIN = /(?:^|\.)amazonaws\.com(?:\.cn)?$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/;
/** CloudFront requires its certificates in this region. */
const EDGE_REGION = 'us-east-1';

/** Members that would change what clients see, but are not implemented. */
const UNSUPPORTED = {
  certificateBody: 'uploaded certificates',
  certificateName: 'uploaded certificates',
  endpointAccessMode: 'the endpoint access mode of domain names',
  mutualTlsAuthentication: 'mutual TLS',
  ownershipVerificationCertificateArn: 'mutual TLS',
  policy: 'private custom domain names',
  regionalCertificateName: 'uploaded certificates',
} as const;

/** The settings that CreateDomainName and `AWS::ApiGateway::DomainName` share. */
export type DomainSettings = Pick<
  DomainName,
  'endpointConfiguration' | 'certificateArn' | 'regionalCertificateArn' | 'securityPolicy'
>;

/**
 * @throws AwsError naming an unsupported member, or BadRequestException for input that AWS rejects
 */
export function readDomainSettings(input: Members): DomainSettings {
  for (const [name, feature] of Object.entries(UNSUPPORTED)) {
    if (input.has(name)) throw unsupported(feature);
  }
  const routingMode = input.text('routingMode') ?? 'BASE_PATH_MAPPING_ONLY';
  if (routingMode !== 'BASE_PATH_MAPPING_ONLY')
    throw unsupported(`the routing mode ${routingMode}`);
  const endpointConfiguration = readEndpointConfiguration(
    input.group('endpointConfiguration'),
    'createDomainNameInput',
  );
  if (isPrivate(endpointConfiguration)) throw unsupported('private custom domain names');
  return {
    endpointConfiguration,
    certificateArn: input.text('certificateArn'),
    regionalCertificateArn: input.text('regionalCertificateArn'),
    securityPolicy: readSecurityPolicy(input.text('securityPolicy')),
  };
}

export function readSecurityPolicy(policy = 'TLS_1_2'): SecurityPolicy {
  if (isOneOf(SECURITY_POLICIES, policy)) return policy;
  if (policy.startsWith('SecurityPolicy_')) throw unsupported(`the security policy ${policy}`);
  throw validationError([
    notInEnum(policy, 'createDomainNameInput.securityPolicy', SECURITY_POLICIES),
  ]);
}

export interface NewDomainName {
  readonly domainName: string;
  readonly settings: DomainSettings;
  readonly tags: TextMap;
  /** Epoch seconds. */
  readonly now: number;
  /** Creates the ids in the target names of DNS records. */
  readonly newId: (length: number) => string;
}

/**
 * Creates a domain name. It must be unique in the whole embedded AWS: on AWS, DNS distinguishes the
 * same name in two regions, but here there is only the Host header.
 * @throws AwsError BadRequestException if the name is in use (the code reported by clients of AWS)
 */
export function createDomainName(
  store: ApiGatewayStore,
  region: RegionStore,
  { domainName, settings, tags, now, newId }: NewDomainName,
): DomainName {
  if (!NAME.test(domainName) || AWS_DOMAIN.test(domainName)) {
    throw badRequest(`Invalid domain name specified: ${domainName}`);
  }
  const owner = store.domainOwner(domainName);
  if (owner !== undefined && owner.scope.region !== region.scope.region) {
    throw unsupported(`${domainName} in two regions (it exists in ${owner.scope.region})`);
  }
  if (owner !== undefined) throw badRequest('The domain name you provided already exists.');
  const domain: DomainName = {
    ...settings,
    domainName,
    certificateUploadDate: now,
    tags,
    mappings: new Map(),
  };
  updateEndpoints(domain, region.scope, newId);
  region.domainNames.set(domainName, domain);
  return domain;
}

export function domainOf(region: RegionStore, domainName: string): DomainName {
  const domain = region.domainNames.get(domainName);
  if (domain === undefined) throw notFound('Invalid domain name identifier specified');
  return domain;
}

/** Deletes a domain name and its mappings. */
export function deleteDomainName(region: RegionStore, domainName: string): void {
  domainOf(region, domainName);
  region.domainNames.delete(domainName);
}

export function domainNameArn(
  { domainName }: Pick<DomainName, 'domainName'>,
  { region }: Scope,
): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::/domainnames/${domainName}`;
}

/**
 * Sets the attributes that the endpoint types of a domain name require, and clears the others.
 * Keeps existing target names, because DNS records may point to them.
 * @throws AwsError BadRequestException if a type lacks its certificate
 */
export function updateEndpoints(
  domain: DomainName,
  { region }: Scope,
  newId: (length: number) => string,
): void {
  const { types } = domain.endpointConfiguration;
  const { regionalDomainName, distributionDomainName } = domain;
  const isRegional = types.includes('REGIONAL');
  const isEdge = types.includes('EDGE');
  if (isRegional) checkCertificate(domain.regionalCertificateArn, 'REGIONAL', region);
  if (isEdge) checkCertificate(domain.certificateArn, 'EDGE', EDGE_REGION);
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  domain.regionalDomainName = isRegional
    ? (regionalDomainName ?? `d-${newId(10)}.execute-api.${region}.${suffix}`)
    : undefined;
  domain.regionalHostedZoneId = isRegional ? regionalHostedZone(region) : undefined;
  domain.distributionDomainName = isEdge
    ? (distributionDomainName ?? `d${newId(13)}.cloudfront.net`)
    : undefined;
  domain.distributionHostedZoneId = isEdge ? EDGE_HOSTED_ZONE : undefined;
}

/**
 * Accepts any well-formed certificate ARN of the right region, because there is no ACM to check it.
 */
function checkCertificate(
  arn: string | undefined,
  type: EndpointConfiguration['types'][number],
  region: string,
): void {
  if (arn === undefined || arn === '') {
    throw badRequest(`A certificate was not provided for the endpoint type ${type}.`);
  }
  const certificateRegion = CERTIFICATE.exec(arn)?.[1];
  if (certificateRegion === undefined) throw badRequest(`Invalid certificate ARN: ${arn}.`);
  if (certificateRegion !== region) {
    throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${region}'.`);
  }
}
