import { type Caller, partitionOf, type Scope } from '../core/caller';
import {
  type ConditionContext,
  type ContextValues,
  conditionContext,
} from '../iam/condition-context';
import { type Decision, evaluate } from '../iam/evaluate';
import type { Grant } from '../iam/own-decision';
import { type CompiledPolicy, compilePolicy } from '../iam/policy-document';
import { grantOf, requesterOf } from '../iam/resource-policy';
import { badRequest } from './errors';
import { QUOTAS } from './quotas';

const ACTION = 'execute-api:Invoke';

/** One request as a resource policy sees it. */
export interface PolicyRequest {
  readonly scope: Scope;
  readonly apiId: string;
  /** For example `arn:aws:execute-api:…:abc123/stage/GET/path`. */
  readonly methodArn: string;
  /** Undefined for anonymous requests. */
  readonly caller: Caller | undefined;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** The VPC endpoint of the request; undefined for requests from the internet. */
  readonly vpcEndpointId: string | undefined;
}

/** Condition keys that only signed requests have. */
const ANONYMOUS = {
  'aws:PrincipalAccount': undefined,
  'aws:PrincipalArn': undefined,
  'aws:PrincipalType': 'Anonymous',
  'aws:username': undefined,
  'aws:userid': undefined,
} as const;

/**
 * Evaluates an API's resource policy for a request. One that names the caller's account as a whole
 * allows as much as one that names its role.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
 */
export function decideByPolicy(
  policy: string,
  request: PolicyRequest,
): { readonly decision: Decision; readonly grant?: Grant } {
  const { scope, apiId, caller } = request;
  const compiledPolicy = compile(policy, scope, apiId);
  const asked = {
    action: ACTION,
    resource: request.methodArn,
    context: policyContext(request),
    requester: caller === undefined ? ANYBODY : requesterOf(caller),
  };
  const granted = grantOf(compiledPolicy, asked);
  if (granted.decision !== 'implicitDeny') return granted;
  const decision = evaluate(compiledPolicy.statements, asked);
  return decision === 'allowed' ? { decision, grant: 'role' } : { decision };
}

const ANYBODY = { kind: 'identity', accountId: 'anonymous', arn: 'anonymous' } as const;

/**
 * The condition keys for the origin of a request. Through an endpoint, addresses are those in the
 * VPC.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 * `aws:SourceVpc` is always absent, because only the ids of endpoints are known, not their VPCs.
 */
function sourceValues({ sourceIp, vpcEndpointId }: PolicyRequest): ContextValues {
  return vpcEndpointId === undefined
    ? { 'aws:SourceIp': sourceIp }
    : {
        'aws:SourceIp': undefined,
        'aws:SourceVpce': vpcEndpointId,
        'aws:VpcSourceIp': sourceIp,
      };
}

/**
 * The condition keys of a request, for resource policies and for those that authorizers answer with.
 */
export function policyContext(request: PolicyRequest): ConditionContext {
  const { scope, caller, userAgent } = request;
  const principal =
    caller === undefined
      ? ANONYMOUS
      : { 'aws:PrincipalAccount': caller.accountId, 'aws:PrincipalArn': caller.arn };
  return conditionContext(scope, principal, {
    ...sourceValues(request),
    'aws:UserAgent': userAgent,
    'aws:Referer': undefined,
  });
}

const compiled = new Map<string, CompiledPolicy>();
const MAX_CACHED = 100;

/**
 * Policies may abbreviate ARNs to `execute-api:/stage/GET/path`, which AWS expands when saving
 * them.
 */
function compile(policy: string, { accountId, region }: Scope, apiId: string): CompiledPolicy {
  const key = `${region}/${apiId}/${policy}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= MAX_CACHED) compiled.clear();
  const prefix = `arn:${partitionOf(region)}:execute-api:${region}:${accountId}:${apiId}/`;
  const full = JSON.parse(policy, (_name, value) =>
    typeof value === 'string' ? value.replace(/^execute-api:\/+/, prefix) : value,
  );
  const result = compilePolicy(full, 'resource');
  compiled.set(key, result);
  return result;
}

/** @throws AwsError BadRequestException if the policy cannot be evaluated */
export function checkPolicy(policy: string | undefined): string | undefined {
  if (policy === undefined || policy === '') return undefined;
  if (policy.length > QUOTAS.resourcePolicyCharacters) {
    throw badRequest(
      `Invalid policy document. It has ${policy.length} characters, and at most ${QUOTAS.resourcePolicyCharacters} are allowed`,
    );
  }
  try {
    compile(policy, { accountId: '000000000000', region: 'us-east-1' }, 'check');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw badRequest(
      `Invalid policy document. Please check the policy syntax and ensure that Principals are valid. ${reason}`,
      cause,
    );
  }
  return policy;
}
