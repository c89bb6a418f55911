import { unsupported } from '../../core/errors';
import { listProperty, numberProperty, objectOf, textProperty } from '../../core/properties';
import { invalidParameter } from '../errors';
import { askCoreRuleSet, CORE_RULE_SET, coreRuleNames } from './core-rule-set';
import type { Inspection } from './inspection';
import { matcherOf } from './statements';

type Properties = Readonly<Record<string, unknown>>;

/** The action of a rule on a request that it matches. */
export type RuleAction = 'Allow' | 'Block' | 'Count';

const MEMBERS = ['Name', 'Priority', 'Statement', 'Action', 'OverrideAction', 'VisibilityConfig'];

/** A rule of a web ACL, ready to be asked. */
export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly metricName: string;
  readonly isSampled: boolean;
  /** @returns what is done with the request; undefined if the rule does not match */
  ask(
    inspection: Inspection,
  ): { readonly action: RuleAction; readonly within?: string } | undefined;
}

/**
 * Reads a rule: statements on sizes, bytes and labels, and the managed core rule set.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html
 * @throws AwsError NotImplemented by name, WAFInvalidParameterException
 */
export function ruleFrom(value: unknown): Rule {
  const given = objectOf(value);
  const name = textProperty(given, 'Name') ?? '';
  const statement = objectOf(given.Statement);
  const other = Object.keys(given).find((member) => !MEMBERS.includes(member));
  const ask = Object.hasOwn(statement, 'ManagedRuleGroupStatement')
    ? groupAsker(objectOf(statement.ManagedRuleGroupStatement), given, name)
    : ownAsker(given, name);
  if (other !== undefined) throw unsupported(`${other} (rule '${name}') of WAF`);
  const visibility = objectOf(given.VisibilityConfig);
  return {
    name,
    priority: numberProperty(given, 'Priority') ?? 0,
    metricName: textProperty(visibility, 'MetricName') ?? name,
    isSampled: textProperty(visibility, 'SampledRequestsEnabled') === 'true',
    ask,
  };
}

function ownAsker(given: Properties, name: string): Rule['ask'] {
  const matches = matcherOf(given.Statement, name);
  const action = only(given.Action, ['Allow', 'Block', 'Count'], 'RULE_ACTION', name);
  return (inspection) => (matches(inspection) ? { action } : undefined);
}

const GROUP_MEMBERS = ['VendorName', 'Name', 'RuleActionOverrides', 'ScopeDownStatement'];

function groupAsker(group: Properties, given: Properties, rule: string): Rule['ask'] {
  const vendor = textProperty(group, 'VendorName') ?? '';
  const name = textProperty(group, 'Name') ?? '';
  if (vendor !== 'AWS' || name !== CORE_RULE_SET) {
    throw unsupported(`the managed rule group ${name} of ${vendor} (rule '${rule}') of WAF`);
  }
  const other = Object.keys(group).find((member) => !GROUP_MEMBERS.includes(member));
  if (other !== undefined) throw unsupported(`${other} of a managed rule group of WAF`);
  const override = only(given.OverrideAction, ['None', 'Count'], 'OVERRIDE_ACTION', rule);
  const counted = new Set(listProperty(group, 'RuleActionOverrides').map(countedRule));
  const isInScope =
    group.ScopeDownStatement === undefined ? () => true : matcherOf(group.ScopeDownStatement, rule);
  return (inspection) => {
    if (!isInScope(inspection)) return undefined;
    const within = askCoreRuleSet(inspection, override === 'Count' ? ALL : counted);
    return within === undefined
      ? undefined
      : { action: 'Block', within: `${vendor}#${name}#${within}` };
  };
}

const ALL: ReadonlySet<string> = new Set(coreRuleNames);

/** @returns the name of the rule that is counted */
function countedRule(value: unknown): string {
  const override = objectOf(value);
  const name = textProperty(override, 'Name') ?? '';
  only(override.ActionToUse, ['Count'], 'RULE_ACTION', name);
  if (ALL.has(name)) return name;
  throw invalidParameter(
    'The rule name isn’t valid for the managed rule group.',
    'RULE_ACTION_OVERRIDES',
    name,
  );
}

/** The one member that is set, and empty. @throws AwsError as {@link ruleFrom} */
function only<const Name extends string>(
  value: unknown,
  names: readonly Name[],
  field: string,
  rule: string,
): Name {
  const given = objectOf(value);
  const [set, ...others] = Object.keys(given).filter((name) => given[name] !== undefined);
  if (set === undefined || others.length > 0) {
    throw invalidParameter(
      'You have used none or multiple values for a field that requires exactly one value.',
      field,
      rule,
    );
  }
  const name = names.find((each) => each === set);
  const [extra] = Object.keys(objectOf(given[set]));
  if (name !== undefined && extra === undefined) return name;
  throw unsupported(`${extra ?? set} in an action (rule '${rule}') of WAF`);
}
