import { unsupported } from '../../core/errors';
import { listProperty, numberProperty, objectOf, textProperty } from '../../core/properties';
import { fieldOf } from './fields';
import type { Matcher } from './inspection';

type Statement = Readonly<Record<string, unknown>>;

const COMPARISONS: Readonly<Record<string, (length: number, size: number) => boolean>> = {
  EQ: (length, size) => length === size,
  NE: (length, size) => length !== size,
  LE: (length, size) => length <= size,
  LT: (length, size) => length < size,
  GE: (length, size) => length >= size,
  GT: (length, size) => length > size,
};

const POSITIONS: Readonly<Record<string, (bytes: Buffer, search: Buffer) => boolean>> = {
  EXACTLY: (bytes, search) => bytes.equals(search),
  STARTS_WITH: (bytes, search) => bytes.subarray(0, search.length).equals(search),
  ENDS_WITH: (bytes, search) =>
    bytes.length >= search.length && bytes.subarray(bytes.length - search.length).equals(search),
  CONTAINS: (bytes, search) => bytes.includes(search),
};

const KINDS: Readonly<Record<string, (statement: Statement, rule: string) => Matcher>> = {
  SizeConstraintStatement(statement) {
    const compare = chosen(COMPARISONS, statement, 'ComparisonOperator');
    const size = numberProperty(statement, 'Size') ?? 0;
    return onField(statement, (bytes) => compare(bytes.length, size));
  },
  ByteMatchStatement(statement) {
    const isThere = chosen(POSITIONS, statement, 'PositionalConstraint');
    const search = Buffer.from(textProperty(statement, 'SearchString') ?? '', 'base64');
    return onField(statement, (bytes) => isThere(bytes, search));
  },
  LabelMatchStatement(statement) {
    const key = textProperty(statement, 'Key') ?? '';
    const isNamespace = textProperty(statement, 'Scope') === 'NAMESPACE';
    return ({ labels }) =>
      isNamespace ? [...labels].some((label) => label.startsWith(key)) : labels.has(key);
  },
  AndStatement(statement, rule) {
    const all = listProperty(statement, 'Statements').map((each) => matcherOf(each, rule));
    return (inspection) => all.every((matches) => matches(inspection));
  },
  OrStatement(statement, rule) {
    const some = listProperty(statement, 'Statements').map((each) => matcherOf(each, rule));
    return (inspection) => some.some((matches) => matches(inspection));
  },
  NotStatement(statement, rule) {
    const matches = matcherOf(statement.Statement, rule);
    return (inspection) => !matches(inspection);
  },
};

/**
 * Compiles a rule's statement, except for managed rule groups. Bytes to search are in base64, as in
 * WAF's own API.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_Statement.html
 * @param rule its name, for what is refused
 * @throws AwsError NotImplemented by name
 */
export function matcherOf(value: unknown, rule: string): Matcher {
  const [[kind, statement] = ['a rule without a statement', {}]] = Object.entries(objectOf(value));
  const compile = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (compile === undefined) throw unsupported(`${kind} (rule '${rule}') of WAF`);
  return compile(objectOf(statement), rule);
}

function onField(statement: Statement, matches: (bytes: Buffer) => boolean): Matcher {
  const field = fieldOf(statement);
  return (inspection) => {
    const bytes = field(inspection);
    return Buffer.isBuffer(bytes) ? matches(bytes) : bytes === 'match';
  };
}

function chosen<T>(table: Readonly<Record<string, T>>, statement: Statement, member: string): T {
  const name = textProperty(statement, member) ?? '';
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw unsupported(`the ${member} ${name} of WAF`);
  return found;
}
