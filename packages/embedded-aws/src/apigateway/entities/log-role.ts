import { partitionOf, type Scope } from '../../core/caller';
import { AccessDenied } from '../../iam';
import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../assume-role';
import { badRequest } from '../errors';
import type { Account, Stage } from '../model';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[!-~]+$/;

/**
 * The permissions to write logs, checked on the log group that API Gateway uses to test a new role.
 */
const LOG_ACTIONS = ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents'] as const;
const TEST_LOG_GROUP = '/aws/apigateway/welcome';

/**
 * Checks the role for writing logs: it must exist, trust API Gateway and be allowed to write. AWS
 * uses the same message for all three (hashicorp/terraform-provider-aws retries on this text while
 * a new role or policy is still propagating).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @param assumeRole if undefined, there is no IAM to check with, and every well-formed ARN is
 *   accepted
 * @returns the ARN; undefined for an empty one, which removes the role
 * @throws AwsError BadRequestException
 */
export function checkLogRole(
  roleArn: string | undefined,
  scope: Scope,
  assumeRole: AssumeRole | undefined,
): string | undefined {
  if (roleArn === undefined || roleArn === '') return undefined;
  if (!ROLE_ARN.test(roleArn)) throw badRequest('The role ARN is not well formed');
  if (assumeRole === undefined) return roleArn;
  const { accountId, region } = scope;
  const group = `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${TEST_LOG_GROUP}:*`;
  try {
    const values = { 'aws:SourceAccount': accountId };
    const role = assumeRole(roleArn, API_GATEWAY_PRINCIPAL, 'APIGateway', scope, values);
    for (const action of LOG_ACTIONS) role.authorize(`logs:${action}`, group);
  } catch (cause) {
    if (!(cause instanceof AccessDenied)) throw cause;
    throw badRequest(
      'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
      cause,
    );
  }
  return roleArn;
}

/**
 * Rejects a stage with logging if the account has no role for writing logs.
 * @throws AwsError BadRequestException
 */
export function requireLogRole(
  account: Account,
  { accessLogSettings, methodSettings }: Pick<Stage, 'accessLogSettings' | 'methodSettings'>,
): void {
  if (account.cloudwatchRoleArn !== undefined) return;
  const logsExecution = [...methodSettings.values()].some(
    ({ loggingLevel }) => loggingLevel === 'INFO' || loggingLevel === 'ERROR',
  );
  if (accessLogSettings?.destinationArn === undefined && !logsExecution) return;
  throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
}
