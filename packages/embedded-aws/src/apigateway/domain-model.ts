import type { EndpointConfiguration, TextMap } from './model';

/** The base path of the mapping that takes what no other does, as AWS spells it. */
export const ROOT_BASE_PATH = '(none)';

/** The protocol versions a domain name may ask for. Nothing changes here: the gateway has no TLS. */
export const SECURITY_POLICIES = ['TLS_1_0', 'TLS_1_2'] as const;
export type SecurityPolicy = (typeof SECURITY_POLICIES)[number];

/** Leads a part of a domain name's paths to an API. */
export interface BasePathMapping {
  /** One part of a path, or {@link ROOT_BASE_PATH}. */
  readonly basePath: string;
  readonly restApiId: string;
  /** Without it, the next part of a request's path names the stage. */
  readonly stage?: string | undefined;
}

/** A public name of one's own for APIs. */
export interface DomainName {
  /** `api.example.com`, or `*.example.com` */
  readonly domainName: string;
  /** REGIONAL or EDGE; both for as long as a migration from one to the other takes. */
  endpointConfiguration: EndpointConfiguration;
  certificateArn?: string | undefined;
  regionalCertificateArn?: string | undefined;
  /** Epoch seconds. */
  certificateUploadDate: number;
  regionalDomainName?: string | undefined;
  regionalHostedZoneId?: string | undefined;
  distributionDomainName?: string | undefined;
  distributionHostedZoneId?: string | undefined;
  securityPolicy: SecurityPolicy;
  tags: TextMap;
  /** By base path. */
  readonly mappings: Map<string, BasePathMapping>;
}
