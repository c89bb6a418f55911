/** The account for credentials that do not name one. */
export const DEFAULT_ACCOUNT_ID = '000000000000';

/** An account and a region. Every such pair has stores of its own. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

/** One or several values by condition key; `undefined` if the request certainly lacks the key. */
export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The identity that makes a request, and its permissions. */
export interface Caller extends Scope {
  /** ARN of the identity, as in the answer of STS GetCallerIdentity. */
  readonly arn: string;
  readonly accessKeyId: string;
  /** UserId in STS, for a user or a role's session. */
  readonly userId?: string;
  /**
   * Checks one action on one resource against the caller's policies.
   * @param action IAM's name of the action, `kinesis:PutRecord`
   * @param resource the ARN acted on, or `*` for actions that take no resource
   * @param values condition keys that only this action supplies: `iam:PassedToService`
   * @throws AwsError AccessDeniedException in AWS's wording when no policy allows it
   */
  authorize(action: string, resource: string, values?: ConditionValues): void;
}

/** The owner of an account, with all permissions, like the keys of a root user. */
export function rootCaller(scope: Scope, accessKeyId = 'local'): Caller {
  const { accountId, region } = scope;
  const arn = `arn:${partitionOf(region)}:iam::${accountId}:root`;
  // Member by member: every request creates one, and a spread costs ten times as much.
  return { accountId, region, accessKeyId, arn, authorize: allow };
}

const allow = (): void => {};

/** The partition that a region belongs to: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
