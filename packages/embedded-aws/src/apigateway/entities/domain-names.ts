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

/** Names that DNS can have; the last part tells them from addresses. */
const NAME =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** No certificate can be had for these; taking them would hide services from their clients. */
const AMAZONS_OWN = /(?:^|\.)amazonaws\.com(?:\.cn)?$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/;
/** Where CloudFront takes certificates from. */
const EDGE_REGION = 'us-east-1';

/** Members that would change what clients see and that nothing here can stand for. */
const REFUSED = {
  certificateBody: 'certificates that are uploaded',
  certificateName: 'certificates that are uploaded',
  endpointAccessMode: 'the endpoint access mode of domain names',
  mutualTlsAuthentication: 'mutual TLS',
  ownershipVerificationCertificateArn: 'mutual TLS',
  policy: 'private custom domain names',
  regionalCertificateName: 'certificates that are uploaded',
} as const;

/** What CreateDomainName and `AWS::ApiGateway::DomainName` have in common. */
export type DomainSettings = Pick<
  DomainName,
  'endpointConfiguration' | 'certificateArn' | 'regionalCertificateArn' | 'securityPolicy'
>;

/** @throws AwsError by name for what is not there, BadRequestException for what AWS refuses */
export function readDomainSettings(input: Members): DomainSettings {
  for (const [name, what] of Object.entries(REFUSED)) {
    if (input.has(name)) throw unsupported(what);
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
  /** Makes the ids in the names that DNS records point to. */
  readonly newId: (length: number) => string;
}

/**
 * Makes a domain name. It is taken for the whole of the embedded AWS: AWS tells the same name in two
 * regions apart by DNS, and here there is only the Host header.
 * @throws AwsError BadRequestException when it is taken (the code that clients of AWS report)
 */
export function createDomainName(
  store: ApiGatewayStore,
  region: RegionStore,
  { domainName, settings, tags, now, newId }: NewDomainName,
): DomainName {
  if (!NAME.test(domainName) || AMAZONS_OWN.test(domainName)) {
    throw badRequest(`Invalid domain name specified: ${domainName}`);
  }
  const owner = store.domainOwner(domainName);
  if (owner !== undefined && owner.scope.region !== region.scope.region) {
    throw unsupported(`${domainName} in two regions at once (it is in ${owner.scope.region})`);
  }
  if (owner !== undefined) throw badRequest('The domain name you provided already exists.');
  const domain: DomainName = {
    ...settings,
    domainName,
    certificateUploadDate: now,
    tags,
    mappings: new Map(),
  };
  settleEndpoints(domain, region.scope, newId);
  region.domainNames.set(domainName, domain);
  return domain;
}

export function domainOf(region: RegionStore, domainName: string): DomainName {
  const domain = region.domainNames.get(domainName);
  if (domain === undefined) throw notFound('Invalid domain name identifier specified');
  return domain;
}

/** Removes a domain name and its mappings. */
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
 * Gives a domain name what its endpoint types have, and takes away what they have not. Names that
 * DNS records may point to already are kept.
 * @throws AwsError BadRequestException when a type lacks its certificate
 */
export function settleEndpoints(
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

/** Any certificate of the right shape and region is taken: there is no ACM here to ask. */
function checkCertificate(
  arn: string | undefined,
  type: EndpointConfiguration['types'][number],
  region: string,
): void {
  if (arn === undefined || arn === '') {
    throw badRequest(`A certificate was not provided for the endpoint type ${type}.`);
  }
  const home = CERTIFICATE.exec(arn)?.[1];
  if (home === undefined) throw badRequest(`Invalid certificate ARN: ${arn}.`);
  if (home !== region) {
    throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${region}'.`);
  }
}
