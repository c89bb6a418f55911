import { matching } from '../../core/validation';
import { badRequest, conflict, mappingError, notFound, validationError } from '../errors';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import {
  AUTHORIZATION_TYPES,
  type AuthorizationType,
  type FlagMap,
  HTTP_METHODS,
  type HttpMethod,
  type Method,
  type MethodResponse,
  type Resource,
  type RestApi,
} from '../model';

const REQUEST_PARAMETER = /^method\.request\.(?:path|querystring|header)\.[^.].*$/;
/** Known from public reports of imports whose parameters are spelt `filter[a]`. */
const PARAMETER_NAME = /^[a-zA-Z0-9._$-]+$/;
const RESPONSE_PARAMETER = /^method\.response\.header\.[^.].*$/;
const STATUS_CODE = /^[1-5]\d\d$/;

export function methodOf(resource: Resource, httpMethod: string): Method {
  const method = isOneOf(HTTP_METHODS, httpMethod) ? resource.methods.get(httpMethod) : undefined;
  if (method === undefined) throw notFound('Invalid Method identifier specified');
  return method;
}

/** @throws AwsError BadRequestException */
export function readHttpMethod(httpMethod: string): HttpMethod {
  if (isOneOf(HTTP_METHODS, httpMethod)) return httpMethod;
  throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`);
}

/**
 * Builds a method without integration or responses.
 * @throws AwsError like PutMethod
 */
export function buildMethod(api: RestApi, httpMethod: string, input: Members): Method {
  const method: Method = {
    httpMethod: readHttpMethod(httpMethod),
    ...checkAuthorization(api, {
      authorizationType: checkAuthorizationType(input.text('authorizationType') ?? 'NONE'),
      authorizerId: input.text('authorizerId'),
      authorizationScopes: input.texts('authorizationScopes'),
    }),
    apiKeyRequired: input.flag('apiKeyRequired') ?? false,
    operationName: input.text('operationName'),
    requestValidatorId: checkValidator(api, input.text('requestValidatorId')),
    requestParameters: checkRequestParameters(input.flagMap('requestParameters')),
    requestModels: input.textMap('requestModels'),
    methodResponses: new Map(),
  };
  for (const name of Object.values(method.requestModels ?? {})) checkModelName(api, name);
  return method;
}

export function putMethod(resource: Resource, method: Method): void {
  if (resource.methods.has(method.httpMethod)) {
    throw conflict('Method already exists for this resource');
  }
  resource.methods.set(method.httpMethod, method);
}

export function deleteMethod(resource: Resource, httpMethod: string): void {
  resource.methods.delete(methodOf(resource, httpMethod).httpMethod);
}

/**
 * AWS takes `none` and `None` and stores `NONE` (recorded: test_put_integration_responses,
 * 26-05-2023); that the case of the other types does not count either is inferred.
 * @throws AwsError BadRequestException
 */
export function checkAuthorizationType(type: string): AuthorizationType {
  const name = type.toUpperCase();
  if (isOneOf(AUTHORIZATION_TYPES, name)) return name;
  throw badRequest(
    'Invalid authorization type specified. Valid options are [NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS]',
  );
}

type Authorization = Pick<Method, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

/**
 * Who may call a method. Types that no authorizer decides have neither an authorizer nor scopes: AWS
 * ignores an id there (recorded: test_update_method_validation, 15-04-2024).
 * @throws AwsError BadRequestException unless the API has an authorizer of the type; that its kind
 *   counts, too, is inferred
 */
export function checkAuthorization(api: RestApi, authorization: Authorization): Authorization {
  const { authorizationType } = authorization;
  if (authorizationType === 'NONE' || authorizationType === 'AWS_IAM') {
    return { authorizationType, authorizerId: undefined, authorizationScopes: undefined };
  }
  if (!hasAuthorizer(api, authorization)) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  }
  const { authorizerId, authorizationScopes = [] } = authorization;
  return {
    authorizationType,
    authorizerId,
    authorizationScopes: authorizationScopes.length === 0 ? undefined : authorizationScopes,
  };
}

/** Returns true if a method's authorizer, if it needs one, is there and is one of its type. */
export function hasAuthorizer(api: RestApi, method: Authorization): boolean {
  const { authorizationType, authorizerId } = method;
  if (authorizationType === 'NONE' || authorizationType === 'AWS_IAM') return true;
  const type = api.authorizers.get(authorizerId ?? '')?.type;
  const isOfPools = authorizationType === 'COGNITO_USER_POOLS';
  return type !== undefined && (type === 'COGNITO_USER_POOLS') === isOfPools;
}

export function checkValidator(api: RestApi, id: string | undefined): string | undefined {
  if (id === undefined || id === '') return undefined;
  if (api.requestValidators.has(id)) return id;
  throw badRequest('Invalid Request Validator identifier specified');
}

export function checkModelName(api: RestApi, name: string): void {
  if (!api.models.has(name)) throw badRequest(`Invalid model identifier specified: ${name}`);
}

export function checkRequestParameters(parameters: FlagMap | undefined): FlagMap | undefined {
  if (parameters === undefined) return undefined;
  const names = Object.keys(parameters);
  const wrong = names.find((name) => !REQUEST_PARAMETER.test(name));
  if (wrong !== undefined) {
    throw mappingError(`Invalid mapping expression specified: ${wrong}`);
  }
  const bare = names.map((name) => name.split('.').slice(3).join('.'));
  if (!bare.every((name) => PARAMETER_NAME.test(name))) {
    throw mappingError(
      `Parameter name should match the following regular expression: ${PARAMETER_NAME.source}`,
    );
  }
  if (new Set(bare).size < bare.length) {
    throw badRequest('Parameter names must be unique across querystring, header and path');
  }
  return parameters;
}

export function checkStatusCode(statusCode: string): string {
  if (STATUS_CODE.test(statusCode)) return statusCode;
  throw validationError({
    path: 'statusCode',
    value: statusCode,
    constraint: matching('[1-5]\\d\\d'),
  });
}

/**
 * Builds one response that the method declares.
 * @throws AwsError like PutMethodResponse
 */
export function buildMethodResponse(
  api: RestApi,
  statusCode: string,
  input: Members,
): MethodResponse {
  const responseParameters = input.flagMap('responseParameters');
  checkResponseParameters(responseParameters);
  const responseModels = input.textMap('responseModels');
  for (const name of Object.values(responseModels ?? {})) checkModelName(api, name);
  return { statusCode: checkStatusCode(statusCode), responseParameters, responseModels };
}

export function checkResponseParameters(parameters: FlagMap | undefined): void {
  const wrong = Object.keys(parameters ?? {}).find((name) => !RESPONSE_PARAMETER.test(name));
  if (wrong !== undefined) {
    throw mappingError(`Invalid mapping expression specified: ${wrong}`);
  }
}

export function putMethodResponse(method: Method, response: MethodResponse): void {
  if (method.methodResponses.has(response.statusCode)) {
    throw conflict('Response already exists for this resource');
  }
  method.methodResponses.set(response.statusCode, response);
}

export function methodResponseOf(method: Method, statusCode: string): MethodResponse {
  const response = method.methodResponses.get(checkStatusCode(statusCode));
  if (response === undefined) throw notFound('Invalid Response status code specified');
  return response;
}
