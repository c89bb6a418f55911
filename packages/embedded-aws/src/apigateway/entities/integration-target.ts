import { partitionOf, type Scope } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { badRequest, unsupported } from '../errors';
import { type AwsIntegrationUri, parseAwsIntegrationUri } from '../integration-uri';
import type { Integration } from '../model';

/**
 * The backends that the embedded AWS can call; integrations with others are rejected on creation.
 */
export interface IntegrationSupport {
  /** Signing names of the embedded services; undefined allows all. */
  readonly services?: (() => readonly string[]) | undefined;
  /** The account and region of the API; undefined leaves accounts and partitions unchecked. */
  readonly scope?: Scope | undefined;
}

const STAGE_VARIABLE = /\$\{stageVariables\.[A-Za-z0-9_]+\}/g;
const ROLE_OR_USER =
  /^arn:(?<partition>aws[a-z-]*):iam::(?<account>\d{12}|\*):(?<kind>role|user)\/.+$/;
const REGION = /^[a-z]+(?:-[a-z]+)+-\d+$/;

/**
 * Validates credentials and URI of an integration like AWS, then checks that a backend for it exists
 * here. The one place for the API, templates and OpenAPI documents.
 * @throws AwsError in AWS's words, recorded (test_put_integration_validation, 06-06-2024) unless said
 *   otherwise
 */
export function checkTarget(integration: Integration, support: IntegrationSupport): void {
  const { type, uri = '', credentials } = integration;
  checkCredentials(credentials, support.scope);
  if (type === 'HTTP' || type === 'HTTP_PROXY') checkUrl(uri);
  else if (type !== 'MOCK') checkAwsUri(integration, support);
}

/**
 * A role of the same account, or the caller itself: `arn:aws:iam::*:user/*`. Stage variables may be
 * part of it. The text for what is no ARN of one is from reports
 * (https://github.com/aws-cloudformation/aws-cloudformation-templates/issues/379), also of HTTP
 * integrations (https://github.com/aws/aws-sdk-java/issues/860); that an ARN of another partition gets
 * it, too, is inferred.
 */
function checkCredentials(credentials: string | undefined, scope: Scope | undefined): void {
  if (credentials === undefined || credentials.match(STAGE_VARIABLE) !== null) return;
  const { partition, account, kind } = ROLE_OR_USER.exec(credentials)?.groups ?? {};
  if (partition === undefined) throw invalidArn();
  if (scope === undefined) return;
  if (partition !== partitionOf(scope.region)) throw invalidArn();
  if (kind === 'role' && account !== scope.accountId) {
    throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', {
      status: 403,
    });
  }
}

/**
 * "A fully formed, encoded HTTP(S) URL", whose port is 80, 443 or above 1023; path parameters stand in
 * the path only. Which wrong URLs get AWS's text beyond those without a scheme is inferred.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
function checkUrl(uri: string): void {
  const filled = uri.replace(STAGE_VARIABLE, 'variable');
  // One variable may stand for all of it.
  if (filled === 'variable' || (filled.startsWith('variable') && filled !== uri)) return;
  const [, host = ''] = /^https?:\/\/([^/?#\s{}]+)(?:[/?#]\S*)?$/.exec(filled) ?? [];
  if (host === '' || !URL.canParse(`http://${host}`) || !isPort(new URL(`http://${host}`).port)) {
    throw badRequest('Invalid HTTP endpoint specified for URI');
  }
}

const isPort = (port: string): boolean =>
  port === '' || port === '443' || (Number(port) >= 1024 && Number(port) <= 65_535);

function checkAwsUri(integration: Integration, support: IntegrationSupport): void {
  const { type, uri = '' } = integration;
  if (!/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./s.test(uri)) throw invalidArn();
  if (!/^arn(?::[^:]*){4}:(?:path|action)\//s.test(uri)) {
    throw badRequest('AWS ARN for integration must contain path or action');
  }
  const target = parseAwsIntegrationUri(uri);
  if (target === undefined || !isHere(target, support.scope)) throw invalidArn();
  checkProxy(type, target);
  if (target.service === 'lambda') {
    if (!INVOKES_FUNCTION.test(target.target)) throw badRequest('Invalid lambda function');
    // A function's own policy may let API Gateway call it: a role is not needed.
    checkSupported(target, support);
    return;
  }
  if (NOT_CALLED_BY_AWS.includes(target.service)) {
    throw badRequest(`AWS Service of type ${target.service} not supported`);
  }
  if (integration.credentials === undefined) {
    throw badRequest('Role ARN must be specified for AWS integrations');
  }
  checkSupported(target, support);
}

/** A region of the API's partition: regions of others have no name there. Inferred. */
function isHere({ partition, region }: AwsIntegrationUri, scope: Scope | undefined): boolean {
  if (region.includes('$')) return true;
  if (!REGION.test(region) || partition !== partitionOf(region)) return false;
  return scope === undefined || partition === partitionOf(scope.region);
}

/** AWS takes no Firehose streams, though it says so; the path is that of a function's invocation. */
function checkProxy(type: Integration['type'], { service, kind, target }: AwsIntegrationUri): void {
  const isFunction =
    service === 'lambda' && kind === 'path' && target.startsWith('2015-03-31/functions/');
  if (type !== 'AWS_PROXY' || isFunction) return;
  throw badRequest(
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  );
}

/**
 * The only path of Lambda that API Gateway calls. A function may be named by a stage variable; then it is
 * known when the stage is called. The text for others is inferred.
 */
const INVOKES_FUNCTION =
  /^2015-03-31\/functions\/(?:arn:[^:/]+:lambda:[^:/]+:[^:/]+:function:[^/]+|.*\$\{stageVariables\..*)\/invocations$/s;

function invalidArn(): AwsError {
  return badRequest('Invalid ARN specified in the request');
}

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
