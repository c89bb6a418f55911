import { BlockList, isIP } from 'node:net';
import { type Token, tokenMatcher } from '../core/wildcard';

/** Compares a value of a policy with a value of a request. */
export interface ConditionOperator {
  /** True if the condition holds when no value matches (`StringNotEquals`). */
  readonly negated: boolean;
  /** True if the policy's values may contain the wildcards `*` and `?`. */
  readonly wildcards: boolean;
  /** Validates a value of a policy: a date operator needs a date. */
  accepts(value: string): boolean;
  /** @param pattern tokens if {@link wildcards}, else the value's characters */
  matches(pattern: readonly Token[], value: string): boolean;
}

/** Names as AWS documents them, without `IfExists` and the set prefixes. */
const CONDITION_OPERATOR_NAMES = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
] as const;
export type ConditionOperatorName = (typeof CONDITION_OPERATOR_NAMES)[number];

/** `Null` tests whether the key exists, so it is not a comparison. */
export const NULL_OPERATOR = 'Null' as const;

const anything = () => true;
const textOf = (tokens: readonly Token[]): string =>
  tokens.map((token) => (typeof token === 'symbol' ? token.description : token)).join('');

function comparing(
  accepts: (value: string) => boolean,
  compare: (pattern: string, value: string) => boolean,
  negated = false,
): ConditionOperator {
  return {
    negated,
    wildcards: false,
    accepts,
    matches: (pattern, value) => compare(textOf(pattern), value),
  };
}

const like = (negated: boolean): ConditionOperator => ({
  negated,
  wildcards: true,
  accepts: anything,
  matches: (pattern, value) => tokenMatcher(pattern)(value),
});

const arn = (negated: boolean): ConditionOperator => ({
  negated,
  wildcards: true,
  accepts: anything,
  matches: matchesArn,
});

/** Each of an ARN's six parts is matched separately; the last may contain colons. */
function matchesArn(pattern: readonly Token[], value: string): boolean {
  const patterns = splitTokens(pattern);
  const parts = value.split(':');
  const values = [...parts.slice(0, 5), parts.slice(5).join(':')];
  if (patterns.length < 6) return patterns.length === 1 && tokenMatcher(pattern)(value);
  return patterns.every((part, index) => tokenMatcher(part)(values[index] ?? ''));
}

function splitTokens(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601 or seconds since 1970, in milliseconds. */
function timeOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000;
  return ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
}

const numberOf = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;

const isNumber = (text: string): boolean => !Number.isNaN(numberOf(text));
const isDate = (text: string): boolean => !Number.isNaN(timeOf(text));
const isBoolean = (text: string): boolean => /^(true|false)$/i.test(text);

type Order = (left: number, right: number) => boolean;
const equal: Order = (left, right) => left === right;
const less: Order = (left, right) => left < right;
const lessOrEqual: Order = (left, right) => left <= right;
const greater: Order = (left, right) => left > right;
const greaterOrEqual: Order = (left, right) => left >= right;

const numeric = (order: Order, negated = false) =>
  comparing(isNumber, (pattern, value) => order(numberOf(value), numberOf(pattern)), negated);
const date = (order: Order, negated = false) =>
  comparing(isDate, (pattern, value) => order(timeOf(value), timeOf(pattern)), negated);

const equals = (pattern: string, value: string) => pattern === value;
const equalsIgnoringCase = (pattern: string, value: string) =>
  pattern.toLowerCase() === value.toLowerCase();

/** An address range in CIDR notation, or one address. */
function blockListOf(range: string): BlockList | undefined {
  const [address = '', prefix, ...rest] = range.split('/');
  const version = isIP(address);
  const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
  if (version === 0 || rest.length > 0 || (prefix !== undefined && !/^\d+$/.test(prefix)))
    return undefined;
  if (bits > (version === 4 ? 32 : 128)) return undefined;
  const list = new BlockList();
  list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6');
  return list;
}

function inRange(range: string, value: string): boolean {
  const version = isIP(value);
  if (version === 0) return false;
  return blockListOf(range)?.check(value, version === 4 ? 'ipv4' : 'ipv6') ?? false;
}

const isRange = (text: string): boolean => blockListOf(text) !== undefined;

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const CONDITION_OPERATORS: Readonly<Record<ConditionOperatorName, ConditionOperator>> = {
  StringEquals: comparing(anything, equals),
  StringNotEquals: comparing(anything, equals, true),
  StringEqualsIgnoreCase: comparing(anything, equalsIgnoringCase),
  StringNotEqualsIgnoreCase: comparing(anything, equalsIgnoringCase, true),
  StringLike: like(false),
  StringNotLike: like(true),
  NumericEquals: numeric(equal),
  NumericNotEquals: numeric(equal, true),
  NumericLessThan: numeric(less),
  NumericLessThanEquals: numeric(lessOrEqual),
  NumericGreaterThan: numeric(greater),
  NumericGreaterThanEquals: numeric(greaterOrEqual),
  DateEquals: date(equal),
  DateNotEquals: date(equal, true),
  DateLessThan: date(less),
  DateLessThanEquals: date(lessOrEqual),
  DateGreaterThan: date(greater),
  DateGreaterThanEquals: date(greaterOrEqual),
  Bool: comparing(isBoolean, equalsIgnoringCase),
  BinaryEquals: comparing(anything, equals),
  IpAddress: comparing(isRange, inRange),
  NotIpAddress: comparing(isRange, inRange, true),
  ArnEquals: arn(false),
  ArnNotEquals: arn(true),
  ArnLike: arn(false),
  ArnNotLike: arn(true),
};

/** Operator names are case-insensitive, as on AWS. */
const BY_NAME = new Map<string, ConditionOperatorName | typeof NULL_OPERATOR>(
  [...CONDITION_OPERATOR_NAMES, NULL_OPERATOR].map((name) => [name.toLowerCase(), name] as const),
);

/** The operator as AWS writes it, or undefined for an unknown name. */
export function operatorNamed(
  name: string,
): ConditionOperatorName | typeof NULL_OPERATOR | undefined {
  return BY_NAME.get(name.toLowerCase());
}
