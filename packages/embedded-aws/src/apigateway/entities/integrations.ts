import { NOT_NULL } from '../../core/validation';
import { badRequest, notFound, notInEnum, unsupported, validationError } from '../errors';
import {
  type AwsIntegrationUri,
  isApiGatewayArn,
  parseAwsIntegrationUri,
} from '../integration-uri';
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
import { checkTemplateSizes } from '../quotas';
import { checkRequestMappings } from './parameter-mappings';

/** The maximum integration timeout on AWS without a raised quota, and the default. */
const MAX_TIMEOUT_MS = 29_000;
const MIN_TIMEOUT_MS = 50;

/**
 * The backends that the embedded AWS can call; integrations with others are rejected on creation.
 */
export interface IntegrationSupport {
  /** Signing names of the embedded services; undefined allows all. */
  readonly services?: (() => readonly string[]) | undefined;
}

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
  const httpMethod = input.text('integrationHttpMethod') ?? input.text('httpMethod');
  if (type !== 'MOCK' && (httpMethod ?? '') === '') {
    throw badRequest('Enumeration value for HttpMethod must be non-empty');
  }
  const integration: Integration = {
    type,
    httpMethod: type === 'MOCK' ? undefined : httpMethod,
    uri: type === 'MOCK' ? undefined : input.text('uri'),
    credentials: input.text('credentials'),
    connectionType: readConnectionType(type, input),
    requestParameters: input.textMap('requestParameters'),
    requestTemplates: input.textMap('requestTemplates'),
    passthroughBehavior: readPassthrough(input.text('passthroughBehavior')),
    contentHandling: readContentHandling(input.text('contentHandling')),
    timeoutInMillis: readTimeout(input.number('timeoutInMillis')),
    cacheNamespace: input.text('cacheNamespace') ?? owner.resourceId,
    cacheKeyParameters: input.texts('cacheKeyParameters') ?? [],
    integrationResponses: new Map(),
  };
  rejectUnsupported(input);
  checkTemplateSizes(integration.requestTemplates);
  checkUri(integration, support);
  checkRequestMappings(owner.method, integration.requestParameters);
  return integration;
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

function readConnectionType(type: IntegrationType, input: Members): string | undefined {
  const connectionType = input.text('connectionType');
  if (connectionType === 'VPC_LINK') throw unsupported("the connection type 'VPC_LINK'");
  return connectionType ?? (type.startsWith('HTTP') ? 'INTERNET' : undefined);
}

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

/** Validates the URI like AWS, then checks that a backend for it exists here. */
export function checkUri(integration: Integration, support: IntegrationSupport): void {
  const { type, uri = '' } = integration;
  if (type === 'MOCK') return;
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    if (/^https?:\/\/./.test(uri) || uri.startsWith('$' + '{stageVariables.')) return;
    throw badRequest('Invalid HTTP endpoint specified for URI');
  }
  if (!isApiGatewayArn(uri)) throw badRequest('Invalid ARN specified in the request');
  const target = parseAwsIntegrationUri(uri);
  if (target === undefined) throw badRequest('AWS ARN for integration must contain path or action');
  if (type === 'AWS_PROXY' && target.service !== 'lambda' && target.service !== 'firehose') {
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  }
  if (target.service === 'lambda') {
    if (!INVOKES_FUNCTION.test(target.target)) throw badRequest('Invalid lambda function');
    checkSupported(target, support);
    return;
  }
  if (type === 'AWS_PROXY') throw unsupported(`integrations with ${target.service} (type ${type})`);
  if (NOT_CALLED_BY_AWS.includes(target.service)) {
    throw badRequest(`AWS Service of type ${target.service} not supported`);
  }
  if ((integration.credentials ?? '') === '') {
    throw badRequest('Role ARN must be specified for AWS integrations');
  }
  checkSupported(target, support);
}

/**
 * The only path of Lambda that API Gateway calls. A function may be named by a stage variable; then it is
 * known when the stage is called.
 */
const INVOKES_FUNCTION =
  /^2015-03-31\/functions\/(?:arn:[^:/]+:lambda:[^:/]+:[^:/]+:function:[^/]+|.*\$\{stageVariables\..*)\/invocations$/s;

/**
 * Services that API Gateway itself does not call. AWS's message is recorded when an API is deployed
 * and when CloudFormation creates a method; that PutIntegration answers with it is inferred.
 */
const NOT_CALLED_BY_AWS = ['apigateway', 'apigatewaymanagementapi', 'execute-api'];

function checkSupported(
  { service, subdomain }: AwsIntegrationUri,
  { services }: IntegrationSupport,
): void {
  if (subdomain !== undefined && service !== 's3') {
    throw unsupported(`integrations with a subdomain of a service ('${subdomain}.${service}')`);
  }
  if (services === undefined || services().includes(service)) return;
  const callable = services().filter((name) => !NOT_CALLED_BY_AWS.includes(name));
  throw unsupported(
    `integrations with the service '${service}'; it supports ${callable.sort().join(', ')}`,
  );
}
