import type {
  Authorizer,
  GatewayResponse,
  Method,
  Model,
  RequestValidator,
  ThrottleSettings,
  UsagePlan,
} from '@aws-sdk/client-api-gateway';

// The one shape in which what a template declares and what API Gateway answers are compared: only
// what the stack decides, under the SDK's names.

export type Properties = Record<string, unknown>;

/** The resources of a type, by logical id, with their properties resolved. */
export type Declared = readonly (readonly [string, Properties])[];

/** API Gateway's default timeout for a backend. */
const TIMEOUT_MS = 29_000;

/**
 * The default status of gateway responses, by type; DEFAULT_4XX and DEFAULT_5XX have none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const USUAL_STATUS: Readonly<Record<string, string>> = {
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  QUOTA_EXCEEDED: '429',
  THROTTLED: '429',
};

const byStatus = <T>(items: readonly T[] | undefined, key: (item: T) => unknown) =>
  Object.fromEntries((items ?? []).map((item) => [String(key(item)), item]));

export function declaredMethod(properties: Properties) {
  const integration = (properties.Integration ?? {}) as Properties;
  const responses = byStatus(
    integration.IntegrationResponses as Properties[],
    (item) => item.StatusCode,
  );
  const methodResponses = byStatus(
    properties.MethodResponses as Properties[],
    (item) => item.StatusCode,
  );
  return {
    authorizationType: properties.AuthorizationType,
    authorizer: properties.AuthorizerId,
    authorizationScopes: sorted(properties.AuthorizationScopes),
    apiKeyRequired: properties.ApiKeyRequired,
    requestParameters: properties.RequestParameters,
    requestModels: properties.RequestModels,
    requestValidatorId: properties.RequestValidatorId,
    integration: {
      type: integration.Type,
      httpMethod: integration.IntegrationHttpMethod,
      uri: integration.Uri,
      credentials: integration.Credentials,
      requestParameters: integration.RequestParameters,
      requestTemplates: integration.RequestTemplates,
      passthroughBehavior: integration.PassthroughBehavior,
      contentHandling: integration.ContentHandling,
      timeout:
        integration.Type === 'MOCK' ? undefined : (integration.TimeoutInMillis ?? TIMEOUT_MS),
      responses: mapValues(responses, (item) => ({
        selectionPattern: item.SelectionPattern,
        contentHandling: item.ContentHandling,
        responseParameters: item.ResponseParameters,
        responseTemplates: item.ResponseTemplates,
      })),
    },
    // Only the names of declared headers matter: `required` has no meaning in responses.
    responses: mapValues(methodResponses, (item) =>
      Object.keys(item.ResponseParameters ?? {}).sort(),
    ),
  };
}

export function liveMethod({ methodIntegration: integration, methodResponses, ...method }: Method) {
  return {
    authorizationType: method.authorizationType,
    authorizer: method.authorizerId,
    authorizationScopes: sorted(method.authorizationScopes),
    apiKeyRequired: method.apiKeyRequired,
    requestParameters: method.requestParameters,
    requestModels: method.requestModels,
    requestValidatorId: method.requestValidatorId,
    integration: {
      type: integration?.type,
      // A mock integration has no method of its own.
      httpMethod: integration?.type === 'MOCK' ? undefined : integration?.httpMethod,
      uri: integration?.uri,
      credentials: integration?.credentials,
      requestParameters: integration?.requestParameters,
      requestTemplates: integration?.requestTemplates,
      passthroughBehavior: integration?.passthroughBehavior,
      contentHandling: integration?.contentHandling,
      timeout:
        integration?.type === 'MOCK' ? undefined : (integration?.timeoutInMillis ?? TIMEOUT_MS),
      responses: mapValues(integration?.integrationResponses ?? {}, (item) => ({
        selectionPattern: item.selectionPattern,
        contentHandling: item.contentHandling,
        responseParameters: item.responseParameters,
        responseTemplates: item.responseTemplates,
      })),
    },
    responses: mapValues(methodResponses ?? {}, (item) =>
      Object.keys(item.responseParameters ?? {}).sort(),
    ),
  };
}

/** In API Gateway's own words, where nothing else is said. */
const USUAL_TTL_S = 300;
const USUAL_SOURCE = 'method.request.header.Authorization';

/** An authorizer: whom it asks, what about, and for how long its answers are kept. */
export const declaredAuthorizer = (properties: Properties) =>
  authorizerOf({
    type: properties.Type,
    uri: properties.AuthorizerUri,
    credentials: properties.AuthorizerCredentials,
    source: properties.IdentitySource,
    validation: properties.IdentityValidationExpression,
    ttlSeconds: properties.AuthorizerResultTtlInSeconds,
    userPools: properties.ProviderARNs,
  });

export const liveAuthorizer = (authorizer: Authorizer) =>
  authorizerOf({
    type: authorizer.type,
    uri: authorizer.authorizerUri,
    credentials: authorizer.authorizerCredentials,
    source: authorizer.identitySource,
    validation: authorizer.identityValidationExpression,
    ttlSeconds: authorizer.authorizerResultTtlInSeconds,
    userPools: authorizer.providerARNs,
  });

const authorizerOf = ({ source, ttlSeconds, userPools, ...given }: Properties) => ({
  ...given,
  identitySources: String(source ?? (given.type === 'REQUEST' ? '' : USUAL_SOURCE))
    .split(',')
    .map((each) => each.trim()),
  // Nothing is kept for user pools: each token is looked at.
  ttlSeconds: given.type === 'COGNITO_USER_POOLS' ? undefined : String(ttlSeconds ?? USUAL_TTL_S),
  userPools: sorted(userPools),
});

/** A list whose order has no meaning. */
const sorted = (list: unknown) => (Array.isArray(list) ? list.map(String).sort() : undefined);

export const declaredModel = (properties: Properties) => ({
  contentType: properties.ContentType,
  schema: properties.Schema,
});

export const liveModel = ({ contentType, schema = '{}' }: Model) => ({
  contentType,
  schema: JSON.parse(schema),
});

export const declaredGatewayResponse = (properties: Properties) => ({
  responseParameters: properties.ResponseParameters,
  responseTemplates: properties.ResponseTemplates,
});

export const liveGatewayResponse = (response: GatewayResponse) => ({
  responseParameters: response.responseParameters,
  responseTemplates: response.responseTemplates,
});

export const declaredValidator = (properties: Properties) => ({
  validateRequestBody: properties.ValidateRequestBody,
  validateRequestParameters: properties.ValidateRequestParameters,
});

export const liveValidator = (validator: RequestValidator) => ({
  validateRequestBody: validator.validateRequestBody,
  validateRequestParameters: validator.validateRequestParameters,
});

function mapValues<A, B>(record: Record<string, A>, map: (item: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, map(item)]));
}

interface Limits {
  readonly RateLimit?: unknown;
  readonly BurstLimit?: unknown;
}

const declaredLimits = (limits: Limits | undefined) =>
  limits && { rateLimit: limits.RateLimit, burstLimit: limits.BurstLimit };

const liveLimits = (limits: ThrottleSettings | undefined) =>
  limits && { rateLimit: limits.rateLimit, burstLimit: limits.burstLimit };

/** A usage plan: limits of each of its keys, and the stages that they open. */
export function declaredPlan(properties: Properties) {
  const {
    Quota: quota,
    Throttle: throttle,
    ApiStages: stages = [],
  } = properties as {
    readonly Quota?: { readonly Limit?: unknown; readonly Period?: unknown };
    readonly Throttle?: Limits;
    readonly ApiStages?: readonly {
      readonly ApiId?: unknown;
      readonly Stage?: unknown;
      readonly Throttle?: Readonly<Record<string, Limits>>;
    }[];
  };
  return {
    quota: { limit: quota?.Limit, period: quota?.Period },
    throttle: declaredLimits(throttle),
    stages: Object.fromEntries(
      stages.map(({ ApiId, Stage, Throttle = {} }) => [
        `${ApiId}/${Stage}`,
        { opens: true, throttle: mapValues(Throttle, declaredLimits) },
      ]),
    ),
  };
}

export const livePlan = ({ quota, throttle, apiStages = [] }: UsagePlan) => ({
  quota: { limit: quota?.limit, period: quota?.period },
  throttle: liveLimits(throttle),
  stages: Object.fromEntries(
    apiStages.map(({ apiId, stage, throttle: ofMethods = {} }) => [
      `${apiId}/${stage}`,
      { opens: true, throttle: mapValues(ofMethods, liveLimits) },
    ]),
  ),
});
