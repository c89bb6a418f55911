import type { Caller } from '../core/caller';
import { type QueryInput, textMember } from '../core/protocol/query';
import { wildcardMatcher } from '../core/wildcard';
import { isObject, type JsonObject, member, validationError } from './json';
import type { ReadTemplate } from './request';

/** The ways an update changes an existing resource, in the words of stack policies. */
export type UpdateAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

/** The resource that an update is about to change. */
interface ProtectedResource {
  readonly logicalId: string;
  readonly type: string;
}

/**
 * The text of a stack policy in a request, in the member `<name>Body` or at the URL in `<name>URL`.
 * @throws AwsError ValidationError in CloudFormation's words (LocalStack's test_stack_policies,
 *   10 to 21-11-2022)
 */
export async function requestedPolicy(
  input: QueryInput,
  name: 'StackPolicy' | 'StackPolicyDuringUpdate',
  caller: Caller,
  read: ReadTemplate,
): Promise<string | undefined> {
  const body = textMember(input, `${name}Body`);
  const url = textMember(input, `${name}URL`);
  if (body !== undefined && url !== undefined) {
    throw validationError(`You cannot specify both ${name}URL and ${name}Body`);
  }
  if (url !== undefined && !/^https?:\/\//.test(url)) {
    throw validationError(`${name}URL must be a supported URL.`);
  }
  const policy = url === undefined ? body : await read(url, caller);
  if (policy !== undefined) statementsOf(policy);
  return policy;
}

/**
 * Why a stack policy does not let an update change a resource; undefined if it does. A Deny wins;
 * with a policy, what no statement allows is denied.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export function refusalByPolicy(
  policy: string | undefined,
  action: UpdateAction,
  resource: ProtectedResource,
): string | undefined {
  const statements = policy === undefined ? [] : statementsOf(policy);
  if (statements.length === 0) return undefined;
  const applying = statements.filter((statement) => applies(statement, action, resource));
  const deny = applying.find(({ Effect }) => Effect === 'Deny');
  if (deny !== undefined) {
    // Statements count from 0 (two public quotes of policies whose second statement denies).
    const actions = list(deny.Action ?? deny.NotAction).join(', ');
    const resources = list(deny.Resource ?? deny.NotResource).join(', ');
    return `Action denied by stack policy: Statement [#${statements.indexOf(deny)}] does not allow [${actions}] for resource [${resources}];`;
  }
  return applying.length > 0 ? undefined : 'Action not allowed by stack policy';
}

/** An empty policy, `{}`, protects nothing (test_update_with_empty_policy). */
function statementsOf(policy: string): JsonObject[] {
  const document = parsed(policy);
  if (!isObject(document)) throw invalidPolicy();
  const given = member(document, 'Statement') ?? [];
  const statements: unknown[] = Array.isArray(given) ? given : [given];
  return statements.map((statement) => {
    if (!isObject(statement) || !isStatement(statement)) throw invalidPolicy();
    return statement;
  });
}

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    throw invalidPolicy();
  }
}

const invalidPolicy = () => validationError('Error validating stack policy: Invalid stack policy');

const ACTION = /^(Update:(Modify|Replace|Delete|\*)|\*)$/i;

function isStatement({ Effect, Principal, Action, NotAction }: JsonObject): boolean {
  const actions = list(Action ?? NotAction);
  return (
    (Effect === 'Allow' || Effect === 'Deny') &&
    Principal === '*' &&
    actions.length > 0 &&
    actions.every((action) => ACTION.test(action))
  );
}

/** A statement without `Resource` applies to none (github.com/serverless/serverless/pull/4803). */
function applies(
  { Action, NotAction, Resource, NotResource, Condition }: JsonObject,
  action: UpdateAction,
  { logicalId, type }: ProtectedResource,
): boolean {
  const id = `LogicalResourceId/${logicalId}`;
  const isAction = (given: unknown) => matches(list(given), action);
  const isResource = (given: unknown) => matches(list(given), id);
  return (
    (Action === undefined ? !isAction(NotAction) : isAction(Action)) &&
    (Resource === undefined
      ? NotResource !== undefined && !isResource(NotResource)
      : isResource(Resource)) &&
    isOfType(Condition, type)
  );
}

/** Stack policies have one condition key, `ResourceType`. */
function isOfType(condition: unknown, type: string): boolean {
  if (!isObject(condition)) return true;
  return Object.entries(condition).every(([operator, keys]) => {
    const types = list(isObject(keys) ? member(keys, 'ResourceType') : undefined);
    return operator === 'StringLike' ? matches(types, type) : types.includes(type);
  });
}

function matches(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => wildcardMatcher(pattern)(text));
}

function list(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string');
}
