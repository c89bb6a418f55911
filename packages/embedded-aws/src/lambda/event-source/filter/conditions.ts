import { unsupported } from '../../../core/errors';

/** Tests a value of a record; undefined where the record has none. */
export type Condition = (value: unknown) => boolean;

/** Thrown for a pattern that is not one; the caller knows AWS's words. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One element of a pattern's list: a literal, or an object with one operator. */
export function conditionOf(element: unknown): Condition {
  if (!isObject(element)) return literal(element);
  const [operator, ...others] = Object.entries(element);
  if (operator === undefined || others.length > 0) throw new PatternError('one operator');
  const [name, argument] = operator;
  const build = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (build !== undefined) return build(argument);
  if (OTHERS.includes(name)) throw unsupported(`the operator ${name} in filter patterns`);
  throw new PatternError(`no operator ${name}`);
}

/** Operators of EventBridge that Lambda's documentation does not list. */
const OTHERS: readonly string[] = ['cidr', 'wildcard'];

/**
 * The operators, by their names in patterns.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
const OPERATORS: Readonly<Record<string, (argument: unknown) => Condition>> = {
  'anything-but': anythingBut,
  'equals-ignore-case': (argument) => {
    const wanted = text(argument).toLowerCase();
    return (value) => isText(value) && value.toLowerCase() === wanted;
  },
  exists: (argument) => {
    if (typeof argument !== 'boolean') throw new PatternError('exists is true or false');
    return (value) => (value !== undefined) === argument;
  },
  numeric,
  prefix: (argument) => affix(argument, (value, wanted) => value.startsWith(wanted)),
  suffix: (argument) => affix(argument, (value, wanted) => value.endsWith(wanted)),
};

function literal(wanted: unknown): Condition {
  if (Array.isArray(wanted)) throw new PatternError('a list in a list');
  return (value) => value === wanted;
}

function text(value: unknown): string {
  if (!isText(value)) throw new PatternError('a text is wanted');
  return value;
}

function affix(argument: unknown, test: (value: string, wanted: string) => boolean): Condition {
  if (!isObject(argument)) {
    const wanted = text(argument);
    return (value) => isText(value) && test(value, wanted);
  }
  const names = Object.keys(argument);
  if (names.length !== 1 || names[0] !== 'equals-ignore-case') {
    throw new PatternError('a text or equals-ignore-case');
  }
  const wanted = text(argument['equals-ignore-case']).toLowerCase();
  return (value) => isText(value) && test(value.toLowerCase(), wanted);
}

/** Matches a value that is there and meets none of the conditions. */
function anythingBut(argument: unknown): Condition {
  const conditions = exceptions(argument);
  return (value) => value !== undefined && !conditions.some((condition) => condition(value));
}

function exceptions(argument: unknown): Condition[] {
  if (!isObject(argument)) {
    const list = Array.isArray(argument) ? argument : [argument];
    if (list.length === 0 || !list.every((item) => isText(item) || isNumber(item))) {
      throw new PatternError('texts or numbers');
    }
    return list.map(literal);
  }
  const [name = '', ...others] = Object.keys(argument);
  if (others.length > 0 || !['prefix', 'suffix', 'equals-ignore-case'].includes(name)) {
    throw new PatternError('prefix, suffix or equals-ignore-case');
  }
  const values = [argument[name]].flat();
  return values.map((value) => conditionOf({ [name]: value }));
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 10, "<=", 20]` */
function numeric(argument: unknown): Condition {
  if (!Array.isArray(argument) || ![2, 4].includes(argument.length)) {
    throw new PatternError('one comparison or two');
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < argument.length; at += 2) {
    const compare = Object.hasOwn(COMPARISONS, String(argument[at]))
      ? COMPARISONS[argument[at]]
      : undefined;
    const bound: unknown = argument[at + 1];
    if (compare === undefined || !isNumber(bound)) throw new PatternError('a comparison');
    tests.push((value) => compare(value, bound));
  }
  return (value) => isNumber(value) && tests.every((test) => test(value));
}
