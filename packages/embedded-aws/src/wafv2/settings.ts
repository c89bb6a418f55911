import { unsupported } from '../core/errors';
import { objectOf, textProperty } from '../core/properties';
import type { MembersOf } from '../core/shapes/shape';
import { invalidParameter } from './errors';
import type { webAclSettings } from './members';
import { BODY_LIMITS } from './rules/inspection';
import { ruleFrom } from './rules/rule';

/** The actions for requests that no rule matches. */
const DEFAULT_ACTIONS = ['Allow', 'Block'] as const;
export type DefaultAction = (typeof DEFAULT_ACTIONS)[number];

/** The settings of a web ACL. */
export interface WebAclSettings {
  readonly description: string | undefined;
  readonly defaultAction: DefaultAction;
  /** As they were given; absent in the state of earlier versions, as the limit is. */
  readonly rules?: readonly unknown[];
  /** How much of a body is inspected, in bytes. */
  readonly bodyLimit?: number;
  /** As it was given. */
  readonly associationConfig: unknown;
  /** As it was given: nothing is measured here. */
  readonly visibilityConfig: MembersOf<typeof webAclSettings>['VisibilityConfig'];
}

/** @throws AwsError NotImplemented by name, WAFInvalidParameterException */
export function settingsFrom(input: MembersOf<typeof webAclSettings>): WebAclSettings {
  const rules = input.Rules ?? [];
  const priorities = new Set(rules.map((rule) => ruleFrom(rule).priority));
  if (priorities.size < rules.length) {
    throw invalidParameter('Rule priorities must be unique.', 'RULE', 'Priority');
  }
  return {
    description: input.Description,
    defaultAction: defaultActionFrom(input.DefaultAction),
    rules,
    bodyLimit: bodyLimitFrom(input.AssociationConfig),
    associationConfig: input.AssociationConfig,
    visibilityConfig: input.VisibilityConfig,
  };
}

/** @throws AwsError NotImplemented for other resources than API Gateway's */
function bodyLimitFrom(config: unknown): number {
  const { API_GATEWAY: own, ...others } = objectOf(objectOf(config).RequestBody);
  const [other] = Object.keys(others);
  if (other !== undefined) throw unsupported(`the RequestBody of ${other} of WAF`);
  const name = textProperty(objectOf(own), 'DefaultSizeInspectionLimit') ?? 'KB_16';
  const limit = Object.hasOwn(BODY_LIMITS, name)
    ? BODY_LIMITS[name as keyof typeof BODY_LIMITS]
    : undefined;
  if (limit !== undefined) return limit;
  throw invalidParameter('The inspection limit isn’t valid.', 'ASSOCIATED_RESOURCE_TYPE', name);
}

function defaultActionFrom(value: unknown): DefaultAction {
  const given = objectOf(value);
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
  if (extra !== undefined) throw unsupported(`${extra} in the default action of WAF`);
  return action;
}
