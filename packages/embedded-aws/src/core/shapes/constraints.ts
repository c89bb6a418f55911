import { validationError } from '../../kinesis/errors';
import type { Shape, StringShape, StructureShape } from './shape';

/** The service reports no more than this many of a request's errors. */
const MAX_ERRORS = 10;

/**
 * What of a read request violates the constraints its shape declares, up to ten things, each in
 * AWS's words; nothing is an empty list.
 */
export function violationsOf(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
): readonly string[] {
  const violations: string[] = [];
  checkStructure(shape, value, '', violations);
  return violations.slice(0, MAX_ERRORS);
}

/** The ValidationException for violations worded by {@link violation}. */
export function constraintError(violations: readonly string[]) {
  const errors = violations.length === 1 ? 'error' : 'errors';
  return validationError(
    `${violations.length} validation ${errors} detected: ${violations.join('; ')}`,
  );
}

/** One violation: where it is, what was there and what should have been. */
export function violation(path: string, shape: Shape, value: unknown, constraint: string): string {
  const shown = value === undefined || value === null ? 'null' : `'${print(shape, value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function checkStructure(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  prefix: string,
  violations: string[],
): void {
  const { members } = shape;
  for (const name in members) {
    const member = members[name];
    if (member === undefined) continue;
    checkValue(member, value[name], prefix, name, violations);
    if (violations.length >= MAX_ERRORS) return;
  }
}

function checkValue(
  shape: Shape,
  value: unknown,
  prefix: string,
  name: string,
  violations: string[],
): void {
  if (value === undefined || value === null) {
    if (shape.required !== true && value !== null) return;
    const path = prefix + lowerFirst(name);
    violations.push(violation(path, shape, value, 'Member must not be null'));
    return;
  }
  const problems = problemsOf(shape, value);
  if (problems !== undefined) {
    const path = prefix + lowerFirst(name);
    for (const problem of problems) violations.push(violation(path, shape, value, problem));
  }
  if (shape.type === 'Structure') {
    const inside = `${prefix}${lowerFirst(name)}.`;
    checkStructure(shape, value as Record<string, unknown>, inside, violations);
  } else if (shape.type === 'List' && shape.member.type !== 'String') {
    checkMembers(shape.member, value as unknown[], prefix + lowerFirst(name), violations);
  }
}

function checkMembers(member: Shape, items: unknown[], path: string, violations: string[]): void {
  for (let index = 0; index < items.length; index++) {
    if (violations.length >= MAX_ERRORS) return;
    checkValue(member, items[index], `${path}.${index + 1}.`, 'member', violations);
  }
}

/** The constraints that a present value violates; undefined when none (the common case). */
function problemsOf(shape: Shape, value: unknown): string[] | undefined {
  switch (shape.type) {
    case 'String':
      return stringProblems(shape, value as string);
    case 'Integer':
      return range('value', shape, value as number);
    case 'Blob':
      return range('length', shape, (value as Buffer).length);
    case 'List':
      return join(range('length', shape, (value as unknown[]).length), () =>
        shape.member.type === 'String'
          ? everyMember('Member', shape.member, value as unknown[])
          : undefined,
      );
    case 'Map': {
      const map = value as ReadonlyMap<string, unknown>;
      return join(
        range('length', shape, map.size),
        () => everyMember('Map keys', shape.key, [...map.keys()]),
        () => everyMember('Map value', shape.value, [...map.values()]),
      );
    }
    default:
      return undefined;
  }
}

const patterns = new Map<string, RegExp>();

function stringProblems(shape: StringShape, value: string): string[] | undefined {
  let problems: string[] | undefined;
  if (shape.values !== undefined && !shape.values.includes(value)) {
    problems = [describeEnum(shape.values)];
  }
  if (shape.pattern !== undefined && !compiled(shape.pattern).test(value)) {
    problems = [...(problems ?? []), describePattern(shape.pattern)];
  }
  const length = range('length', shape, value.length);
  return length === undefined ? problems : [...(problems ?? []), ...length];
}

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(`^(?:${pattern})$`, 'u');
    patterns.set(pattern, expression);
  }
  return expression;
}

function range(
  what: 'value' | 'length',
  limits: { readonly min?: number; readonly max?: number },
  size: number,
): string[] | undefined {
  if (limits.max !== undefined && size > limits.max) return [describeMax(what, limits.max)];
  if (limits.min !== undefined && size < limits.min) return [describeMin(what, limits.min)];
  return undefined;
}

/** Scalars in lists and maps are not reported one by one: the collection fails as a whole. */
function everyMember(
  who: 'Member' | 'Map keys' | 'Map value',
  shape: StringShape,
  items: readonly unknown[],
): string[] | undefined {
  const fails = (item: unknown) =>
    typeof item !== 'string' || stringProblems(shape, item) !== undefined;
  if (!items.some(fails)) return undefined;
  const constraints = [
    ...(shape.max === undefined ? [] : [describeMax('length', shape.max)]),
    ...(shape.min === undefined ? [] : [describeMin('length', shape.min)]),
    ...(shape.pattern === undefined ? [] : [describePattern(shape.pattern)]),
    ...(shape.values === undefined ? [] : [describeEnum(shape.values)]),
  ];
  return [`${who} must satisfy constraint: [${constraints.join(', ')}]`];
}

function join(
  first: string[] | undefined,
  ...rest: readonly (() => string[] | undefined)[]
): string[] | undefined {
  const all = [first ?? [], ...rest.map((next) => next() ?? [])].flat();
  return all.length === 0 ? undefined : all;
}

const describeMin = (what: string, min: number) =>
  `Member must have ${what} greater than or equal to ${min}`;
const describeMax = (what: string, max: number) =>
  `Member must have ${what} less than or equal to ${max}`;
const describePattern = (pattern: string) =>
  `Member must satisfy regular expression pattern: ${pattern}`;
const describeEnum = (values: readonly string[]) =>
  `Member must satisfy enum value set: [${values.join(', ')}]`;

/** How the service's Java prints a value. */
function print(shape: Shape, value: unknown): string {
  if (value === null) return 'null';
  switch (shape.type) {
    case 'Blob': {
      const { length } = value as Buffer;
      return `java.nio.HeapByteBuffer[pos=0 lim=${length} cap=${length}]`;
    }
    case 'List':
      return `[${(value as unknown[]).map((item) => print(shape.member, item)).join(', ')}]`;
    case 'Map': {
      const pairs = [...(value as ReadonlyMap<string, unknown>)];
      return `{${pairs.map(([key, item]) => `${key}=${item}`).join(', ')}}`;
    }
    case 'Structure':
      return shape.javaName ?? JSON.stringify(value);
    default:
      return String(value);
  }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
