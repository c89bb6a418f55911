import { randomUUID } from 'node:crypto';
import type { ServedStage } from '../apigateway/store';
import type { HttpRequest } from '../core/http';
import { remember } from '../core/remember';
import type { ApiAddress } from './address';
import { commonLogTime } from './execution-log';
import { randomText } from './random-text';

/** The caller, as far as authorization has identified it. */
export interface IdentityVariables {
  sourceIp: string;
  userAgent: string | undefined;
  accountId?: string;
  accessKey?: string;
  caller?: string;
  user?: string;
  userArn?: string;
  apiKey?: string;
  apiKeyId?: string;
  /** The VPC endpoint that a request to a private API came through. */
  vpceId?: string | undefined;
}

/** Changes that a template makes by `$context.requestOverride`. */
export interface RequestOverride {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly querystring?: Readonly<Record<string, unknown>>;
  readonly path?: Readonly<Record<string, unknown>>;
}

/** Changes that a template makes by `$context.responseOverride`. */
export interface ResponseOverride {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly status?: unknown;
}

/**
 * `$context` of one invocation. It fills up on the way: with the resource at routing, the identity at
 * authorization, the integration's and response's numbers for the access log at the end.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export interface ContextVariables {
  [name: string]: unknown;
  readonly accountId: string;
  readonly apiId: string;
  readonly deploymentId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: IdentityVariables;
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly stage: string;
  /** Set for stages with a canary. */
  readonly isCanaryRequest?: boolean | undefined;
  resourceId?: string;
  resourcePath?: string;
  requestOverride?: RequestOverride;
  responseOverride?: ResponseOverride;
  status?: number;
  responseLength?: number;
  responseLatency?: number;
  integrationLatency?: number;
  integrationStatus?: number;
  integrationErrorMessage?: string;
  awsEndpointRequestId?: string | undefined;
  /** The same and more by other names. */
  integration?: {
    readonly latency: number;
    readonly status?: number | undefined;
    readonly integrationStatus?: number | undefined;
    readonly requestId?: string | undefined;
    readonly error?: string | undefined;
  };
  error?: Readonly<Record<string, string>>;
  /** The answer of a Lambda authorizer, or the claims of a user pool's token. */
  authorizer?: Readonly<Record<string, unknown>>;
  /** For access logs: the outcome of the policy that a Lambda authorizer answers with. */
  authorize?: { readonly status: number; readonly error?: string };
  xrayTraceId?: string;
  /** Set for stages with a web ACL. */
  webaclArn?: string;
  wafResponseCode?: 'WAF_ALLOW' | 'WAF_BLOCK';
}

export interface ContextParts {
  readonly accountId: string;
  readonly apiId: string;
  readonly deploymentId: string;
  readonly stage: string;
  readonly isCanaryRequest?: boolean | undefined;
  readonly httpMethod: string;
  /** The path with the stage, or as sent to a custom domain name. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  readonly vpcEndpointId?: string | undefined;
  readonly protocol: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function contextVariables(parts: ContextParts): ContextVariables {
  const { domainName, domainPrefix } = domainOf(parts.headers.host ?? '');
  return {
    accountId: parts.accountId,
    apiId: parts.apiId,
    deploymentId: parts.deploymentId,
    domainName,
    domainPrefix,
    extendedRequestId: extendedRequestId(),
    httpMethod: parts.httpMethod,
    identity: {
      sourceIp: parts.sourceIp,
      userAgent: parts.headers['user-agent'],
      vpceId: parts.vpcEndpointId,
    },
    path: parts.path,
    protocol: parts.protocol,
    requestId: randomUUID(),
    requestTime: commonLogTime(parts.now),
    requestTimeEpoch: parts.now,
    stage: parts.stage,
    isCanaryRequest: parts.isCanaryRequest,
  };
}

/** Nearly all requests name the same host. */
const domainOf = remember(100, (host: string) => {
  const domainName = host.replace(/:\d+$/, '');
  return { domainName, domainPrefix: domainName.split('.')[0] ?? '' };
});

/** `$context` of a request to a stage. */
export function servedContext(
  { region, api, stage, deployment, isCanary }: ServedStage,
  request: HttpRequest,
  { contextPath, vpcEndpointId }: ApiAddress,
  now: number,
): ContextVariables {
  return contextVariables({
    accountId: region.scope.accountId,
    apiId: api.id,
    deploymentId: deployment.id,
    stage: stage.stageName,
    isCanaryRequest: isCanary,
    httpMethod: request.method,
    path: contextPath,
    headers: request.headers,
    sourceIp: request.sourceIp,
    vpcEndpointId,
    protocol: request.protocol,
    now,
  });
}

/** The id that AWS sends as `x-amz-apigw-id`: `JKJaXmPLvHcESHA=`, in base64's alphabet for URLs. */
export function extendedRequestId(): string {
  return `${randomText(11, 'base64url')}=`;
}

/**
 * An X-Ray trace header: keeps a client's root, parent and sampling decision, and makes what is missing
 * (recorded: LocalStack's test_invocation_trace_id, 2024-08-07). Nothing is sampled by itself.
 */
export function traceHeader(incoming: string | undefined, now: number): string {
  if (incoming !== undefined) {
    const root = partOf(incoming, 'Root') ?? newRoot(now);
    const parent = partOf(incoming, 'Parent') ?? randomText(8, 'hex');
    return `Root=${root};Parent=${parent};Sampled=${partOf(incoming, 'Sampled') ?? '0'}`;
  }
  return `Root=${newRoot(now)};Parent=${randomText(8, 'hex')};Sampled=0`;
}

function newRoot(now: number): string {
  return `1-${Math.floor(now / 1000).toString(16)}-${randomText(12, 'hex')}`;
}

function partOf(header: string, name: 'Root' | 'Parent' | 'Sampled'): string | undefined {
  const start = `${name}=`;
  const part = header.split(';').find((item) => item.trim().startsWith(start));
  return part?.trim().slice(start.length) || undefined;
}
