import { type CompiledResource, type CompiledTemplate, HookError } from '../framework';

/** What stands for a value that is not there. */
const NOTHING = Symbol('AWS::NoValue');

/**
 * The template without Conditions, Fn::If and the resources that they leave out. Conditions depend on
 * the stage's parameters only, which are known when the template is packaged: so the deployed template
 * declares what is there, not what might be.
 */
export function settleConditions(template: CompiledTemplate): CompiledTemplate {
  const { Conditions: conditions = {}, ...rest } = template;
  const holds = conditionsOf(conditions);
  const present = Object.entries(rest.Resources).filter(([, { Condition }]) => holds(Condition));
  const ids = new Set(present.map(([id]) => id));
  const resources = present.map(([id, { Condition: _, DependsOn, ...declared }]) => {
    const dependencies = [DependsOn ?? []].flat().filter((dependency) => ids.has(dependency));
    const settled = settle(declared, holds) as CompiledResource;
    return [id, dependencies.length > 0 ? { ...settled, DependsOn: dependencies } : settled];
  });
  const outputs = Object.entries(rest.Outputs ?? {})
    .filter(([, output]) => holds((output as { Condition?: string }).Condition))
    .map(([name, output]) => {
      const { Condition: _, ...declared } = output as Record<string, unknown>;
      return [name, settle(declared, holds)];
    });
  return {
    ...rest,
    Resources: Object.fromEntries(resources),
    ...(rest.Outputs && { Outputs: Object.fromEntries(outputs) }),
  };
}

type Holds = (name: string | undefined) => boolean;

function conditionsOf(conditions: Readonly<Record<string, unknown>>): Holds {
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
  const holds: Holds = (name) => {
    if (name === undefined) return true;
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
    return settle(holds(name) ? yes : no, holds);
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
