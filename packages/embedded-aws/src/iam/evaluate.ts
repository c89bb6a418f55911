import { AwsError } from '../core/errors';
import type { ConditionContext } from './condition-context';
import type { CompiledStatement } from './policy-document';
import type { PrincipalMatch, Requester } from './principals';

/** The result of evaluating policies for one request. */
const DECISIONS = ['allowed', 'explicitDeny', 'implicitDeny'] as const;
export type Decision = (typeof DECISIONS)[number];

/** One action on one resource. */
export interface AccessRequest {
  /** `kinesis:PutRecord` */
  readonly action: string;
  /** An ARN, or `*` for actions that take no resource. */
  readonly resource: string;
  readonly context: ConditionContext;
  /** The requester; required by policies with principals. */
  readonly requester?: Requester;
  /**
   * `role`: Allows for the whole account do not count; `direct`: neither do those for the role
   * behind a session. All count if absent.
   */
  readonly named?: Exclude<PrincipalMatch, 'account' | undefined>;
}

/**
 * IAM's logic within one account: a matching Deny wins, then an Allow; the default is deny.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws AwsError NotImplemented naming a condition key on which the result depends and that the
 *   embedded AWS does not supply
 */
export function evaluate(
  statements: Iterable<CompiledStatement>,
  request: AccessRequest,
): Decision {
  let allowed = false;
  let unknownKey: string | undefined;
  for (const statement of statements) {
    // A second Allow adds nothing to the first.
    if (statement.effect === 'Allow' && allowed) continue;
    const applies = appliesTo(statement, request);
    if (applies === false) continue;
    if (applies !== true) {
      if (statement.effect === 'Deny') throw undecidable(applies.unknownKey, request);
      unknownKey = applies.unknownKey;
    } else if (statement.effect === 'Deny') {
      return 'explicitDeny';
    } else {
      allowed = true;
    }
  }
  if (allowed) return 'allowed';
  if (unknownKey !== undefined) throw undecidable(unknownKey, request);
  return 'implicitDeny';
}

function appliesTo(statement: CompiledStatement, request: AccessRequest) {
  const { action, resource, context } = request;
  if (!statement.matchesAction(action)) return false;
  if (!statement.matchesResource(resource, context)) return false;
  return isNamed(statement, request) && statement.condition(context);
}

function isNamed(
  { effect, matchPrincipal }: CompiledStatement,
  { requester, named }: AccessRequest,
): boolean {
  if (matchPrincipal === undefined) return true;
  const match = requester === undefined ? undefined : matchPrincipal(requester);
  // A Deny for the account or the role applies to all its identities.
  if (match === undefined || match === 'direct' || effect === 'Deny') return match !== undefined;
  return named === undefined || named === match;
}

function undecidable(key: string, { action, resource }: AccessRequest): AwsError {
  return new AwsError(
    'NotImplemented',
    `The embedded AWS does not supply the condition key ${key}, on which ${action} on ${resource} depends.`,
    { status: 501 },
  );
}
