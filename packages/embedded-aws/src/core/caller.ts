/** The account that stands in for credentials that do not name one. */
export const DEFAULT_ACCOUNT_ID = '000000000000';

/** Where resources live: every store of the embedded AWS is kept per account and region. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

/** Who makes a request, and what they may do. */
export interface Caller extends Scope {
  /** ARN of the identity, as STS GetCallerIdentity tells it. */
  readonly arn: string;
  readonly accessKeyId: string;
  /**
   * Checks one action on one resource against the caller's policies.
   * @param action IAM's name of the action, `kinesis:PutRecord`
   * @param resource the ARN acted on, or `*` for actions that take no resource
   * @throws AwsError AccessDeniedException in AWS's wording when no policy allows it
   */
  authorize(action: string, resource: string): void;
}

/** The owner of an account: may do everything, as the root user's keys may. */
export function rootCaller(scope: Scope, accessKeyId = 'local'): Caller {
  const { accountId, region } = scope;
  const arn = `arn:${partitionOf(region)}:iam::${accountId}:root`;
  // Member by member: every request makes one, and spreading costs ten times as much.
  return { accountId, region, accessKeyId, arn, authorize: allow };
}

const allow = (): void => {};

/** The partition that a region belongs to: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
