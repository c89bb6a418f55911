import type { Scope } from '../core/caller';
import type { Stores } from '../core/regional';
import { conditionContext } from '../iam/condition-context';
import { evaluate } from '../iam/evaluate';
import { compilePolicy } from '../iam/policy-document';
import type { Requester } from '../iam/principals';
import type { FunctionStore } from './store';

/** One who asks to invoke a function. */
export interface InvocationRequest {
  /** With its version, if one is asked for. */
  readonly functionArn: string;
  readonly requester: Requester;
  /** Condition keys: `aws:SourceArn`, `aws:SourceAccount`. */
  readonly values: Readonly<Record<string, string>>;
}

/** A caller that is no service has none. */
const NO_SOURCE = { 'aws:SourceAccount': undefined, 'aws:SourceArn': undefined };

const ARN = /^arn:[^:]+:lambda:(?<region>[^:]+):(?<accountId>\d{12}):function:[^:]+/;

/**
 * True if a function's own policy lets a service or an identity invoke it. Permissions are for a
 * function or for one of its versions, as each has a policy of its own.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function policyAllowsInvoke(
  lambda: Stores<FunctionStore>,
  { functionArn, requester, values }: InvocationRequest,
): boolean {
  const { region = '', accountId = '' } = ARN.exec(functionArn)?.groups ?? {};
  const scope: Scope = { accountId, region };
  const store = lambda.store(scope);
  const { permissions } = store.functions.get(store.parse(functionArn).name) ?? {};
  if (permissions === undefined || permissions.size === 0) return false;
  const policy = { Version: '2012-10-17', Statement: [...permissions.values()] };
  const decision = evaluate(compilePolicy(policy, 'resource').statements, {
    action: 'lambda:InvokeFunction',
    resource: functionArn.replace(/:\$LATEST$/, ''),
    context: conditionContext(scope, NO_SOURCE, values),
    requester,
  });
  return decision === 'allowed';
}
