/** The HTTP methods a REST API can declare, in the order AWS lists them in its errors. */
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

export const API_KEY_SOURCES = ['HEADER', 'AUTHORIZER'] as const;
export type ApiKeySource = (typeof API_KEY_SOURCES)[number];

export const ENDPOINT_TYPES = ['REGIONAL', 'EDGE', 'PRIVATE'] as const;
export type EndpointType = (typeof ENDPOINT_TYPES)[number];

export const IP_ADDRESS_TYPES = ['ipv4', 'dualstack'] as const;
export type IpAddressType = (typeof IP_ADDRESS_TYPES)[number];

/** A string map as it travels on the wire: content types to templates, header names to expressions. */
export type TextMap = Readonly<Record<string, string>>;
/** Parameter names to whether they are required. */
export type FlagMap = Readonly<Record<string, boolean>>;

/** What one status of the backend becomes. */
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

/** What a client may be answered with one status. */
export interface MethodResponse {
  statusCode: string;
  responseParameters?: FlagMap | undefined;
  responseModels?: TextMap | undefined;
}

/** One method of one resource: what a client may send, and what answers it. */
export interface Method {
  httpMethod: HttpMethod;
  authorizationType: AuthorizationType;
  apiKeyRequired: boolean;
  operationName?: string | undefined;
  requestValidatorId?: string | undefined;
  requestParameters?: FlagMap | undefined;
  requestModels?: TextMap | undefined;
  methodResponses: Map<string, MethodResponse>;
  integration?: Integration | undefined;
}

/** A node of the path tree. The root has neither parent nor path part. */
export interface Resource {
  id: string;
  parentId?: string | undefined;
  pathPart?: string | undefined;
  /** The whole path, `/pets/{pet-id}`. */
  path: string;
  methods: Map<HttpMethod, Method>;
}

/** A JSON schema (draft 4) that payloads can be validated against. */
export interface Model {
  id: string;
  name: string;
  contentType: string;
  description?: string | undefined;
  /** The schema as text, as it was given. */
  schema: string;
}

export interface RequestValidator {
  id: string;
  name: string;
  validateRequestBody: boolean;
  validateRequestParameters: boolean;
}

/** A customized answer to what the gateway itself refuses. */
export interface GatewayResponse {
  responseType: string;
  statusCode?: string | undefined;
  responseParameters: TextMap;
  responseTemplates: TextMap;
}

/** All that a deployment freezes: what invocations read, and nothing else. */
export interface ApiDefinition {
  apiKeySource: ApiKeySource;
  binaryMediaTypes: readonly string[];
  /** Bytes from which responses are compressed; undefined turns compression off. */
  minimumCompressionSize?: number | undefined;
  disableExecuteApiEndpoint: boolean;
  /** The resource policy as JSON text. */
  policy?: string | undefined;
  resources: Map<string, Resource>;
  models: Map<string, Model>;
  requestValidators: Map<string, RequestValidator>;
  gatewayResponses: Map<string, GatewayResponse>;
}

/** An immutable copy of an API. Times are epoch seconds throughout, as on the wire. */
export interface Deployment {
  id: string;
  description?: string | undefined;
  createdDate: number;
  readonly definition: ApiDefinition;
}

/** The key of the settings that hold for every method of a stage. */
export const ALL_METHODS = '*/*';

/** Settings of one method, or of all, on one stage. A throttling limit of -1 means the account's. */
export interface MethodSetting {
  metricsEnabled: boolean;
  loggingLevel?: string | undefined;
  dataTraceEnabled: boolean;
  throttlingBurstLimit: number;
  /** Requests a second. */
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

/** A name under which one deployment is served. */
export interface Stage {
  stageName: string;
  deploymentId: string;
  description?: string | undefined;
  documentationVersion?: string | undefined;
  variables?: TextMap | undefined;
  accessLogSettings?: AccessLogSettings | undefined;
  /** By `{path without leading slash}/{METHOD}`, or {@link ALL_METHODS}. */
  methodSettings: Map<string, MethodSetting>;
  tracingEnabled: boolean;
  /** The web ACL in front of the stage. */
  webAclArn?: string | undefined;
  tags: TextMap;
  createdDate: number;
  lastUpdatedDate: number;
}

/** Where an API is reached. Not part of deployments: a change holds at once. */
export interface EndpointConfiguration {
  readonly types: readonly EndpointType[];
  readonly ipAddressType: IpAddressType;
  /** Endpoints of a private API that get a DNS name for it, `{api-id}-{vpce-id}.execute-api.…`. */
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

/** An API key; its value is what clients send as `x-api-key`. */
export interface ApiKey {
  id: string;
  value: string;
  name?: string | undefined;
  customerId?: string | undefined;
  description?: string | undefined;
  enabled: boolean;
  /** Stages that the key was made for, `{api}/{stage}`; only a usage plan lets it in there. */
  stageKeys: readonly string[];
  tags: TextMap;
  createdDate: number;
  lastUpdatedDate: number;
}

export interface ThrottleSettings {
  burstLimit: number;
  /** Requests a second. */
  rateLimit: number;
}

/** A usage plan may name one limit and leave the other open. */
export type PlanThrottle = Readonly<Partial<ThrottleSettings>>;

export const QUOTA_PERIODS = ['DAY', 'WEEK', 'MONTH'] as const;
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

export interface QuotaSettings {
  limit: number;
  /** Requests subtracted from the limit in the first period. */
  offset: number;
  period: QuotaPeriod;
}

export interface UsagePlanStage {
  apiId: string;
  stage: string;
  /** Throttling of single methods by `{resourcePath}/{METHOD}`. */
  throttle?: Readonly<Record<string, PlanThrottle>> | undefined;
}

/** What the keys of a plan may call, how fast and how often. */
export interface UsagePlan {
  id: string;
  name: string;
  description?: string | undefined;
  apiStages: readonly UsagePlanStage[];
  throttle?: PlanThrottle | undefined;
  quota?: QuotaSettings | undefined;
  tags: TextMap;
  /** Ids of the API keys of the plan. */
  keyIds: Set<string>;
}

/** Settings of the account in one region. */
export interface Account {
  cloudwatchRoleArn?: string | undefined;
  throttleSettings: ThrottleSettings;
}
