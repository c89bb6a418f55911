import { listProperty, objectOf } from '../core/properties';
import { constraintViolation, invalidParameter, unsupported } from './errors';
import { type Input, isGiven, lowerFirst, requiredText, text } from './input';

/** What a web ACL does with requests that no rule decides. */
const DEFAULT_ACTIONS = ['Allow', 'Block'] as const;
export type DefaultAction = (typeof DEFAULT_ACTIONS)[number];

/** What CreateWebACL, UpdateWebACL and `AWS::WAFv2::WebACL` have in common. */
export interface WebAclSettings {
  readonly description: string | undefined;
  readonly defaultAction: DefaultAction;
  /** As it was given: nothing is measured or sampled here. */
  readonly visibilityConfig: Input;
}

/** Members that are acted on; each other one would change what happens to requests. */
const SUPPORTED: readonly string[] = [
  'DefaultAction',
  'Description',
  'Id',
  'LockToken',
  'Name',
  'Rules',
  'Scope',
  'Tags',
  'VisibilityConfig',
];

/** @throws AwsError NotImplemented by name for rules, and as WAF does for what it does not take */
export function readSettings(input: Input): WebAclSettings {
  const other = Object.keys(input).find(
    (name) => !SUPPORTED.includes(name) && isGiven(input, name),
  );
  if (other !== undefined) throw unsupported(other);
  for (const rule of listProperty(input, 'Rules')) throw unsupportedRule(objectOf(rule));
  return {
    description: text(input, 'Description'),
    defaultAction: readDefaultAction(input),
    visibilityConfig: readVisibility(input),
  };
}

/** A rule that is taken and not applied would let through what it is there to stop. */
function unsupportedRule(rule: Input): Error {
  const [kind = 'a rule without a statement'] = Object.keys(objectOf(rule.Statement));
  return unsupported(`${kind} (rule '${text(rule, 'Name') ?? ''}')`);
}

function readDefaultAction(input: Input): DefaultAction {
  requireMember(input, 'DefaultAction');
  const given = objectOf(input.DefaultAction);
  const [action, ...others] = DEFAULT_ACTIONS.filter(
    (name) => given[name] !== undefined && given[name] !== null,
  );
  if (action === undefined || others.length > 0) {
    throw invalidParameter(
      'You have used none or multiple values for a field that requires exactly one value.',
      'DEFAULT_ACTION',
      'DefaultAction',
    );
  }
  const [extra] = Object.keys(objectOf(given[action]));
  if (extra !== undefined) throw unsupported(`${extra} in the default action`);
  return action;
}

function readVisibility(input: Input): Input {
  requireMember(input, 'VisibilityConfig');
  const config = objectOf(input.VisibilityConfig);
  for (const name of ['SampledRequestsEnabled', 'CloudWatchMetricsEnabled']) {
    requireMember(config, name, 'visibilityConfig.');
  }
  requiredText(config, 'MetricName');
  return config;
}

function requireMember(input: Input, name: string, path = ''): void {
  if (Object.hasOwn(input, name) && input[name] !== undefined && input[name] !== null) return;
  throw constraintViolation(`${path}${lowerFirst(name)}`, null, 'Member must not be null');
}
