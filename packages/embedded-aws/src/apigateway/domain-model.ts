import type { EndpointConfiguration, TextMap } from './model';

/** The base path of the mapping for all other paths, as AWS spells it. */
export const ROOT_BASE_PATH = '(none)';

/** The minimum TLS versions of a domain name. They have no effect: the gateway has no TLS. */
export const SECURITY_POLICIES = ['TLS_1_0', 'TLS_1_2'] as const;
export type SecurityPolicy = (typeof SECURITY_POLICIES)[number];

/** Maps a base path of a domain name to an API. */
export interface BasePathMapping {
  /** One path segment, or {@link ROOT_BASE_PATH}. */
  readonly basePath: string;
  readonly restApiId: string;
  /** If undefined, the next segment of the request path selects the stage. */
  readonly stage?: string | undefined;
}

/** A custom domain name for APIs. */
export interface DomainName {
  /** For example `api.example.com` or `*.example.com`. */
  readonly domainName: string;
  /** REGIONAL or EDGE; both during a migration from one to the other. */
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
