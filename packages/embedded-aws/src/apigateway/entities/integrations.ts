import { NOT_NULL } from '../../core/validation';
import { badRequest, notFound, notInEnum, unsupported, validationError } from '../errors';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import {
  CONTENT_HANDLINGS,
  type ContentHandling,
  INTEGRATION_TYPES,
  type Integration,
  type IntegrationType,
  type Method,
  PASSTHROUGH_BEHAVIORS,
  type PassthroughBehavior,
} from '../model';
import { checkTemplateSizes, QUOTAS } from '../quotas';
import { checkTarget, type IntegrationSupport } from './integration-target';
import { readHttpMethod } from './methods';
import { checkCacheKeys, checkRequestMappings } from './parameter-mappings';

/** The longest timeout is also the default. */
const { longestTimeoutMs: MAX_TIMEOUT_MS, shortestTimeoutMs: MIN_TIMEOUT_MS } = QUOTAS;

export function integrationOf(method: Method): Integration {
  if (method.integration === undefined) {
    throw notFound('Invalid Integration identifier specified');
  }
  return method.integration;
}

/**
 * Builds the integration of a method.
 * @param owner the method, whose declared parameters the mappings may read
 * @throws AwsError like PutIntegration, and naming what only AWS can call
 */
export function buildIntegration(
  owner: { readonly method: Method; readonly resourceId: string },
  input: Members,
  support: IntegrationSupport,
): Integration {
  const type = readType(input.text('type'));
  // Values of the wrong type are refused before those of the wrong content (recorded:
  // test_put_integration_request_parameter_bool_type, 12-12-2024).
  const requestParameters = input.textMap('requestParameters');
  const requestTemplates = input.templates('requestTemplates');
  const httpMethod = input.text('integrationHttpMethod') ?? input.text('httpMethod');
  const integration: Integration = {
    type,
    httpMethod: type === 'MOCK' ? undefined : readBackendMethod(httpMethod),
    uri: type === 'MOCK' ? undefined : input.text('uri'),
    credentials: input.text('credentials') || undefined,
    connectionType: readConnectionType(type, input.text('connectionType')),
    requestParameters,
    requestTemplates,
    passthroughBehavior: readPassthrough(input.text('passthroughBehavior')),
    contentHandling: readContentHandling(input.text('contentHandling')),
    timeoutInMillis: readTimeout(input.number('timeoutInMillis')),
    cacheNamespace: input.text('cacheNamespace') ?? owner.resourceId,
    cacheKeyParameters: input.texts('cacheKeyParameters') ?? [],
    integrationResponses: new Map(),
  };
  rejectUnsupported(input);
  checkTemplateSizes(integration.requestTemplates);
  checkTarget(integration, support);
  checkRequestMappings(owner.method, integration.requestParameters);
  checkCacheKeys(owner.method, integration);
  return integration;
}

/**
 * The method that the backend is called with. That AWS refuses other names in these words, and takes
 * any case, is inferred from PutMethod and from documents of OpenAPI.
 * @throws AwsError BadRequestException
 */
export function readBackendMethod(httpMethod: string | undefined): string {
  if ((httpMethod ?? '') === '') {
    throw badRequest('Enumeration value for HttpMethod must be non-empty');
  }
  return readHttpMethod((httpMethod ?? '').toUpperCase());
}

function readType(type: string | undefined): IntegrationType {
  if (type !== undefined && isOneOf(INTEGRATION_TYPES, type)) return type;
  const path = 'putIntegrationInput.type';
  throw validationError(
    type === undefined
      ? { path, value: undefined, constraint: NOT_NULL }
      : notInEnum(type, path, INTEGRATION_TYPES),
  );
}

export function readConnectionType(
  type: IntegrationType,
  connectionType: string | undefined,
): string | undefined {
  if (connectionType === 'VPC_LINK') throw unsupported("the connection type 'VPC_LINK'");
  if (connectionType === undefined) return type.startsWith('HTTP') ? 'INTERNET' : undefined;
  if (isOneOf(CONNECTION_TYPES, connectionType)) return connectionType;
  throw validationError(
    notInEnum(connectionType, 'putIntegrationInput.connectionType', CONNECTION_TYPES),
  );
}

const CONNECTION_TYPES = ['INTERNET', 'VPC_LINK'] as const;

export function readPassthrough(behavior: string | undefined): PassthroughBehavior {
  const requested = behavior ?? 'WHEN_NO_MATCH';
  if (isOneOf(PASSTHROUGH_BEHAVIORS, requested)) return requested;
  throw badRequest(
    'Invalid passthrough behavior specified. Valid options are WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER',
  );
}

export function readContentHandling(handling: string | undefined): ContentHandling | undefined {
  if (handling === undefined || isOneOf(CONTENT_HANDLINGS, handling)) return handling;
  throw validationError([notInEnum(handling, 'contentHandling', CONTENT_HANDLINGS)]);
}

export function readTimeout(timeout: number | undefined): number {
  if (timeout === undefined) return MAX_TIMEOUT_MS;
  if (timeout >= MIN_TIMEOUT_MS && timeout <= MAX_TIMEOUT_MS) return timeout;
  throw badRequest(`Timeout should be between ${MIN_TIMEOUT_MS} ms and ${MAX_TIMEOUT_MS} ms`);
}

function rejectUnsupported(input: Members): void {
  if (input.group('tlsConfig')?.flag('insecureSkipVerification') === true) {
    throw unsupported("'insecureSkipVerification' of an integration");
  }
  const transfer = input.text('responseTransferMode');
  if (transfer !== undefined && transfer !== 'BUFFERED') {
    throw unsupported(`the response transfer mode '${transfer}'`);
  }
}
