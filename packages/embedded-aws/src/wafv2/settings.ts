import { unsupported } from '../core/errors';
import { objectOf, textProperty } from '../core/properties';
import type { MembersOf } from '../core/shapes/shape';
import { invalidParameter } from './errors';
import type { webAclSettings } from './members';

/** The actions for requests that no rule matches. */
const DEFAULT_ACTIONS = ['Allow', 'Block'] as const;
export type DefaultAction = (typeof DEFAULT_ACTIONS)[number];

/** The settings of a web ACL. */
export interface WebAclSettings {
  readonly description: string | undefined;
  readonly defaultAction: DefaultAction;
  /** As it was given: nothing is measured or sampled here. */
  readonly visibilityConfig: MembersOf<typeof webAclSettings>['VisibilityConfig'];
}

/** @throws AwsError NotImplemented by name for rules, WAFInvalidParameterException for actions */
export function settingsFrom(input: MembersOf<typeof webAclSettings>): WebAclSettings {
  for (const rule of input.Rules ?? []) throw unsupportedRule(rule);
  return {
    description: input.Description,
    defaultAction: defaultActionFrom(input.DefaultAction),
    visibilityConfig: input.VisibilityConfig,
  };
}

/** A rule that is accepted and not applied would let through what it is there to stop. */
function unsupportedRule(value: unknown): Error {
  const rule = objectOf(value);
  const [kind = 'a rule without a statement'] = Object.keys(objectOf(rule.Statement));
  return unsupported(`${kind} (rule '${textProperty(rule, 'Name') ?? ''}') of WAF`);
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
