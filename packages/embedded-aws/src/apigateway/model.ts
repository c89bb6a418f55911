import type { ThrottleSettings } from './usage-plan-model';

/** The HTTP methods of a REST API, in the order of AWS's error messages. */
export const HTTP_METHODS = [
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'ANY',
] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export const INTEGRATION_TYPES = ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

export const PASSTHROUGH_BEHAVIORS = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;
export type PassthroughBehavior = (typeof PASSTHROUGH_BEHAVIORS)[number];

export const CONTENT_HANDLINGS = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] as const;
export type ContentHandling = (typeof CONTENT_HANDLINGS)[number];

export const AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'] as const;
export type AuthorizationType = (typeof AUTHORIZATION_TYPES)[number];

/** The types that a method names an authorizer with. */
export const AUTHORIZER_TYPES = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'] as const;
export type AuthorizerType = (typeof AUTHORIZER_TYPES)[number];

export const API_KEY_SOURCES = ['HEADER', 'AUTHORIZER'] as const;
export type ApiKeySource = (typeof API_KEY_SOURCES)[number];

export const ENDPOINT_TYPES = ['REGIONAL', 'EDGE', 'PRIVATE'] as const;
export type EndpointType = (typeof ENDPOINT_TYPES)[number];

export const IP_ADDRESS_TYPES = ['ipv4', 'dualstack'] as const;
export type IpAddressType = (typeof IP_ADDRESS_TYPES)[number];

/** A map of strings, for example content types to templates or header names to expressions. */
export type TextMap = Readonly<Record<string, string>>;
/** Maps parameter names to whether they are required. */
export type FlagMap = Readonly<Record<string, boolean>>;

/** The response for one status of the backend. */
export interface IntegrationResponse {
  statusCode: string;
  selectionPattern?: string | undefined;
  responseParameters?: TextMap | undefined;
  responseTemplates?: TextMap | undefined;
  contentHandling?: ContentHandling | undefined;
}

/** How a method calls its backend. */
export interface Integration {
  type: IntegrationType;
  httpMethod?: string | undefined;
  uri?: string | undefined;
  credentials?: string | undefined;
  connectionType?: string | undefined;
  requestParameters?: TextMap | undefined;
  requestTemplates?: TextMap | undefined;
  passthroughBehavior: PassthroughBehavior;
  contentHandling?: ContentHandling | undefined;
  timeoutInMillis: number;
  cacheNamespace: string;
  cacheKeyParameters: readonly string[];
  integrationResponses: Map<string, IntegrationResponse>;
}

/** A response that a method declares for one status. */
export interface MethodResponse {
  statusCode: string;
  responseParameters?: FlagMap | undefined;
  responseModels?: TextMap | undefined;
}

/** One method of a resource: what a client may send, and how it is answered. */
export interface Method {
  httpMethod: HttpMethod;
  authorizationType: AuthorizationType;
  /** Of the types that an authorizer decides. */
  authorizerId?: string | undefined;
  /** OAuth scopes, any one of which lets an access token of a user pool in. */
  authorizationScopes?: readonly string[] | undefined;
  apiKeyRequired: boolean;
  operationName?: string | undefined;
  requestValidatorId?: string | undefined;
  requestParameters?: FlagMap | undefined;
  requestModels?: TextMap | undefined;
  /** `consumes` and `produces` of the Swagger document it comes from; only an export tells them. */
  consumes?: readonly string[] | undefined;
  produces?: readonly string[] | undefined;
  methodResponses: Map<string, MethodResponse>;
  integration?: Integration | undefined;
}

/** A node of the path tree. The root has neither a parent nor a path part. */
export interface Resource {
  id: string;
  parentId?: string | undefined;
  pathPart?: string | undefined;
  /** The full path, for example `/pets/{pet-id}`. */
  path: string;
  methods: Map<HttpMethod, Method>;
}

/** A JSON schema (draft 4) to validate payloads. */
export interface Model {
  id: string;
  name: string;
  contentType: string;
  description?: string | undefined;
  /** The schema as text, verbatim. */
  schema: string;
}

export interface RequestValidator {
  id: string;
  name: string;
  validateRequestBody: boolean;
  validateRequestParameters: boolean;
}

/**
 * Decides who may call, by a Lambda function or by tokens of user pools. Members are stored as given:
 * what is absent has its default when a request comes.
 */
export interface Authorizer {
  id: string;
  name: string;
  type: AuthorizerType;
  /** ARNs of user pools. */
  providerARNs?: readonly string[] | undefined;
  /** A free text for OpenAPI. */
  authType?: string | undefined;
  /** `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations` */
  authorizerUri?: string | undefined;
  /** The role to call the function with; without it, the function's own policy must allow the call. */
  authorizerCredentials?: string | undefined;
  /** `method.request.header.Authorization`; of REQUEST a list between commas. */
  identitySource?: string | undefined;
  identityValidationExpression?: string | undefined;
  /** 300 if absent, 0 for no cache. */
  authorizerResultTtlInSeconds?: number | undefined;
}

/** A customized response to a request that the gateway itself rejects. */
export interface GatewayResponse {
  responseType: string;
  statusCode?: string | undefined;
  responseParameters: TextMap;
  responseTemplates: TextMap;
}

/** The part of an API that a deployment freezes: everything that invocations read. */
export interface ApiDefinition {
  apiKeySource: ApiKeySource;
  binaryMediaTypes: readonly string[];
  /** Minimum size in bytes for compressing responses; undefined disables compression. */
  minimumCompressionSize?: number | undefined;
  disableExecuteApiEndpoint: boolean;
  /** The resource policy as JSON. */
  policy?: string | undefined;
  resources: Map<string, Resource>;
  models: Map<string, Model>;
  requestValidators: Map<string, RequestValidator>;
  authorizers: Map<string, Authorizer>;
  gatewayResponses: Map<string, GatewayResponse>;
}

/** An immutable copy of an API. All times are epoch seconds, as on the wire. */
export interface Deployment {
  id: string;
  description?: string | undefined;
  createdDate: number;
  readonly definition: ApiDefinition;
}

/** The key of the settings that apply to all methods of a stage. */
export const ALL_METHODS = '*/*';

/**
 * Settings of one method or of all methods of a stage. A throttling limit of -1 means the account's
 * limit.
 */
export interface MethodSetting {
  metricsEnabled: boolean;
  loggingLevel?: string | undefined;
  dataTraceEnabled: boolean;
  throttlingBurstLimit: number;
  /** Requests per second. */
  throttlingRateLimit: number;
  cachingEnabled: boolean;
  cacheTtlInSeconds: number;
  cacheDataEncrypted: boolean;
  requireAuthorizationForCacheControl: boolean;
  unauthorizedCacheControlHeaderStrategy: string;
}

export interface AccessLogSettings {
  destinationArn?: string | undefined;
  format?: string | undefined;
}

/** A part of a stage's requests goes to another deployment, with other stage variables. */
export interface CanarySettings {
  readonly deploymentId: string;
  /** Of the requests, from 0 to 100. */
  readonly percentTraffic: number;
  readonly stageVariableOverrides?: TextMap | undefined;
  /** Has no effect: stages have no caches here. */
  readonly useStageCache: boolean;
}

/** A named reference to a deployment, under which it is served. */
export interface Stage {
  stageName: string;
  deploymentId: string;
  description?: string | undefined;
  documentationVersion?: string | undefined;
  variables?: TextMap | undefined;
  accessLogSettings?: AccessLogSettings | undefined;
  canarySettings?: CanarySettings | undefined;
  /** By `{path without leading slash}/{METHOD}`, or {@link ALL_METHODS}. */
  methodSettings: Map<string, MethodSetting>;
  tracingEnabled: boolean;
  /** The web ACL that protects the stage. */
  webAclArn?: string | undefined;
  tags: TextMap;
  createdDate: number;
  lastUpdatedDate: number;
}

/** How an API is accessible. Not part of deployments: changes take effect immediately. */
export interface EndpointConfiguration {
  readonly types: readonly EndpointType[];
  readonly ipAddressType: IpAddressType;
  /**
   * VPC endpoints of a private API that get a DNS name for it, `{api-id}-{vpce-id}.execute-api.…`.
   */
  readonly vpcEndpointIds?: readonly string[] | undefined;
}

export interface RestApi extends ApiDefinition {
  id: string;
  name: string;
  description?: string | undefined;
  version?: string | undefined;
  createdDate: number;
  endpointConfiguration: EndpointConfiguration;
  tags: TextMap;
  rootResourceId: string;
  deployments: Map<string, Deployment>;
  stages: Map<string, Stage>;
}

/** The settings of an account in one region. */
export interface Account {
  cloudwatchRoleArn?: string | undefined;
  throttleSettings: ThrottleSettings;
}
