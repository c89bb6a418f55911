import { NO_VALUE } from '../../resources/cloudformation';
import { type CompiledResource, type CompiledTemplate, HookError } from '../framework';

/** Stands for an absent value. */
const NOTHING = Symbol('AWS::NoValue');

/**
 * Resolves conditions: removes them, their Fn::If and the resources that they exclude. They depend
 * only on the stage's parameters, which are known at package time, so the deployed template
 * declares exactly the stage's resources.
 * @param names the conditions to resolve, by default all; CloudFormation evaluates the others
 */
export function settleConditions(
  template: CompiledTemplate,
  names: readonly string[] = Object.keys(template.Conditions ?? {}),
): CompiledTemplate {
  const { Conditions: conditions = {}, ...rest } = template;
  const others = Object.entries(conditions).filter(([name]) => !names.includes(name));
  const left = new Set(others.map(([name]) => name));
  const evaluated = conditionsOf(conditions);
  const holds: Holds = (name) => (left.has(name) ? undefined : evaluated(name));
  const present = Object.entries(rest.Resources).filter(([, declared]) => isThere(declared, holds));
  const ids = new Set(present.map(([id]) => id));
  const resources = present.map(([id, { DependsOn, ...declared }]) => {
    const dependencies = [DependsOn ?? []].flat().filter((dependency) => ids.has(dependency));
    const settled = settle(withoutCondition(declared, holds), holds) as CompiledResource;
    return [id, dependencies.length > 0 ? { ...settled, DependsOn: dependencies } : settled];
  });
  const outputs = Object.entries((rest.Outputs ?? {}) as Record<string, Conditional>)
    .filter(([, output]) => isThere(output, holds))
    .map(([name, output]) => [name, settle(withoutCondition(output, holds), holds)]);
  return {
    ...rest,
    ...(others.length > 0 && {
      Conditions: Object.fromEntries(others.map(([name, value]) => [name, asValues(value, holds)])),
    }),
    Resources: Object.fromEntries(resources),
    ...(rest.Outputs && { Outputs: Object.fromEntries(outputs) }),
  };
}

/** The value of a condition; undefined for one that CloudFormation decides. */
type Holds = (name: string) => boolean | undefined;

interface Conditional {
  readonly Condition?: string;
}

const isThere = ({ Condition: name }: Conditional, holds: Holds) =>
  name === undefined || holds(name) !== false;

function withoutCondition<T extends Conditional>(declared: T, holds: Holds): T {
  const { Condition: name, ...rest } = declared;
  return name !== undefined && holds(name) === undefined ? declared : (rest as T);
}

/** A condition that is left, with those that it builds on and that are settled as constants. */
function asValues(expression: unknown, holds: Holds): unknown {
  if (Array.isArray(expression)) return expression.map((item) => asValues(item, holds));
  if (typeof expression !== 'object' || expression === null) return expression;
  const { Condition: name, ...rest } = expression as Conditional;
  const held = typeof name === 'string' ? holds(name) : undefined;
  if (held !== undefined && Object.keys(rest).length === 0) {
    return { 'Fn::Equals': [String(held), 'true'] };
  }
  return Object.fromEntries(
    Object.entries(expression).map(([key, item]) => [key, asValues(item, holds)]),
  );
}

function conditionsOf(conditions: Readonly<Record<string, unknown>>): (name: string) => boolean {
  const evaluate = (expression: unknown): boolean => {
    const [[operator, argument] = []] = Object.entries(expression as Record<string, unknown>);
    const list = argument as readonly unknown[];
    switch (operator) {
      case 'Fn::Equals':
        return literal(list[0]) === literal(list[1]);
      case 'Fn::Not':
        return !evaluate(list[0]);
      case 'Fn::And':
        return list.every(evaluate);
      case 'Fn::Or':
        return list.some(evaluate);
      case 'Condition':
        return holds(String(argument));
      default:
        throw unsettled(`${operator} is not an operator of conditions`);
    }
  };
  const known = new Map<string, boolean>();
  const holds = (name: string): boolean => {
    if (!Object.hasOwn(conditions, name)) throw unsettled(`there is no condition ${name}`);
    const held = known.get(name) ?? evaluate(conditions[name]);
    known.set(name, held);
    return held;
  };
  return holds;
}

function literal(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Fn::Select' in value) {
    const [index, list] = value['Fn::Select'] as readonly [number, unknown];
    return literals(list)[index] ?? '';
  }
  throw unsettled(`${JSON.stringify(value)} is known only when the stack is deployed`);
}

function literals(list: unknown): string[] {
  const { 'Fn::Split': split } = list as { 'Fn::Split'?: readonly [string, unknown] };
  if (split !== undefined) return literal(split[1]).split(split[0]);
  throw unsettled(`${JSON.stringify(list)} is not a list of strings`);
}

function unsettled(reason: string): HookError {
  return new HookError(
    'CONDITION_UNSETTLED',
    `A condition in resources/ cannot be evaluated: ${reason}. Conditions may compare the stage's parameters only.`,
  );
}

function settle(value: unknown, holds: Holds): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => settle(item, holds)).filter((item) => item !== NOTHING);
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value && value.Ref === 'AWS::NoValue') return NOTHING;
  if ('Fn::If' in value) {
    const [name, yes, no] = value['Fn::If'] as readonly [string, unknown, unknown];
    const held = holds(name);
    if (held !== undefined) return settle(held ? yes : no, holds);
    const branches = [yes, no].map((branch) => settle(branch, holds));
    return {
      'Fn::If': [name, ...branches.map((item) => (item === NOTHING ? NO_VALUE : item))],
    };
  }
  if ('Fn::Sub' in value) {
    // A parameter that is a plain text leaves nothing to fill in.
    const [text] = [value['Fn::Sub']].flat();
    if (typeof text === 'string' && !text.includes('${')) return text;
  }
  const entries: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    const settled = settle(item, holds);
    if (settled !== NOTHING) entries.push([name, settled]);
  }
  return Object.fromEntries(entries);
}
