import {
  atLeast,
  atMost,
  lowerFirst,
  MAX_VIOLATIONS,
  type Measure,
  matching,
  NOT_NULL,
  oneOf,
  type Violation,
} from '../validation';
import { compilePattern } from './pattern';
import type { MapShape, Shape, StringShape, StructureShape } from './shape';

/**
 * The constraints of a shape that a value violates, in AWS's words and no more than AWS reports; an
 * empty list if there are none.
 */
export function violationsOf(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
): readonly Violation[] {
  const violations: Violation[] = [];
  checkStructure(shape, value, '', violations);
  return violations.slice(0, MAX_VIOLATIONS);
}

/**
 * Like {@link violationsOf}, for one member:
 * `memberViolations('functionName', functionName, name)`.
 */
export function memberViolations(name: string, shape: Shape, value: unknown): readonly Violation[] {
  const violations: Violation[] = [];
  checkValue(shape, value, '', name, violations);
  return violations.slice(0, MAX_VIOLATIONS);
}

/** A violation of a constraint by a value, which is printed according to its shape. */
export function violationAt(
  path: string,
  shape: Shape,
  value: unknown,
  constraint: string,
): Violation {
  const isAbsent = value === undefined || value === null;
  return { path, value: isAbsent ? undefined : print(shape, value), constraint };
}

function checkStructure(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  prefix: string,
  violations: Violation[],
): void {
  const { members } = shape;
  for (const name in members) {
    const member = members[name];
    if (member === undefined) continue;
    checkValue(member, value[name], prefix, name, violations);
    if (violations.length >= MAX_VIOLATIONS) return;
  }
}

function checkValue(
  shape: Shape,
  value: unknown,
  prefix: string,
  name: string,
  violations: Violation[],
): void {
  if (value === undefined || value === null) {
    if (shape.required !== true && value !== null) return;
    const path = prefix + lowerFirst(name);
    violations.push(violationAt(path, shape, value, NOT_NULL));
    return;
  }
  const problems = problemsOf(shape, value);
  if (problems !== undefined) {
    const path = prefix + lowerFirst(name);
    for (const problem of problems) violations.push(violationAt(path, shape, value, problem));
  }
  if (shape.type === 'Structure') {
    const inside = `${prefix}${lowerFirst(name)}.`;
    checkStructure(shape, value as Record<string, unknown>, inside, violations);
  } else if (shape.type === 'List' && shape.member.type !== 'String') {
    checkMembers(shape.member, value as unknown[], prefix + lowerFirst(name), violations);
  } else if (shape.type === 'Map' && shape.value.type !== 'String') {
    checkEntries(
      shape,
      value as ReadonlyMap<string, unknown>,
      prefix + lowerFirst(name),
      violations,
    );
  }
}

function checkEntries(
  { value }: MapShape,
  entries: ReadonlyMap<string, unknown>,
  path: string,
  violations: Violation[],
): void {
  for (const [key, item] of entries)
    checkValue(value, item, `${path}.${key}.`, 'member', violations);
}

function checkMembers(
  member: Shape,
  items: unknown[],
  path: string,
  violations: Violation[],
): void {
  for (let index = 0; index < items.length; index++) {
    if (violations.length >= MAX_VIOLATIONS) return;
    checkValue(member, items[index], `${path}.${index + 1}.`, 'member', violations);
  }
}

/** The constraints that a value violates; undefined if there are none (the common case). */
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
        () =>
          shape.value.type === 'String'
            ? everyMember('Map value', shape.value, [...map.values()])
            : undefined,
      );
    }
    case 'Long':
    case 'Double':
      return range('value', shape, value as number);
    default:
      return undefined;
  }
}

const patterns = new Map<string, RegExp>();

function stringProblems(shape: StringShape, value: string): string[] | undefined {
  let problems: string[] | undefined;
  if (shape.values !== undefined && !shape.values.includes(value)) {
    problems = [oneOf(shape.values)];
  }
  if (shape.pattern !== undefined && !compiled(shape.pattern).test(value)) {
    problems = [...(problems ?? []), matching(shape.pattern)];
  }
  const length = range('length', shape, value.length);
  return length === undefined ? problems : [...(problems ?? []), ...length];
}

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    expression = compilePattern(pattern);
    patterns.set(pattern, expression);
  }
  return expression;
}

function range(
  measure: Measure,
  limits: { readonly min?: number; readonly max?: number },
  size: number,
): string[] | undefined {
  if (limits.max !== undefined && size > limits.max) return [atMost(measure, limits.max)];
  if (limits.min !== undefined && size < limits.min) return [atLeast(measure, limits.min)];
  return undefined;
}

/**
 * Scalars in lists and maps are not reported individually: the collection is reported as a whole.
 */
function everyMember(
  who: 'Member' | 'Map keys' | 'Map value',
  shape: StringShape,
  items: readonly unknown[],
): string[] | undefined {
  const fails = (item: unknown) =>
    typeof item !== 'string' || stringProblems(shape, item) !== undefined;
  if (!items.some(fails)) return undefined;
  const constraints = [
    ...(shape.max === undefined ? [] : [atMost('length', shape.max)]),
    ...(shape.min === undefined ? [] : [atLeast('length', shape.min)]),
    ...(shape.pattern === undefined ? [] : [matching(shape.pattern)]),
    ...(shape.values === undefined ? [] : [oneOf(shape.values)]),
  ];
  // Null keeps to no constraint where there is none (recorded of a map: API Gateway,
  // test_put_integration_response_templates, 12-02-2026).
  if (constraints.length === 0) return undefined;
  return [`${who} must satisfy constraint: [${constraints.join(', ')}]`];
}

function join(
  first: string[] | undefined,
  ...rest: readonly (() => string[] | undefined)[]
): string[] | undefined {
  const all = [first ?? [], ...rest.map((next) => next() ?? [])].flat();
  return all.length === 0 ? undefined : all;
}

/** Formats a value like the service's Java code. */
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
