import { besideAlternatives } from './alternatives';
import { isObject, resolved, type Schema, typesOf } from './schema';

/** An event that a schema must refuse. */
export interface Violation {
  /** The keyword that refuses it, and where: `minimum of $.lines[0].quantity` */
  readonly what: string;
  readonly event: unknown;
  /** A name that the refusal must tell, where API Gateway knows it. */
  readonly names?: string;
}

type Path = readonly (string | number)[];

/** A value in place of the one at a path. */
interface Change {
  readonly path: Path;
  readonly keyword: string;
  readonly value: unknown;
  readonly names?: string;
}

/** Longer texts and lists are left out: the request would be large for what it tells. */
const MOST = 2_000;

/**
 * Events that a schema must refuse, one for each of its keywords at each place that a valid event
 * has, and where there is such an event for each of its alternatives (anyOf, oneOf, not).
 */
export function violations(schema: Schema, sample: unknown): Violation[] {
  return changes(schema, schema, sample, []).map(({ path, keyword, value, names }) => ({
    what: `${keyword} of ${inWords(path)}`,
    event: replacedAt(sample, path, value),
    ...(names !== undefined && { names }),
  }));
}

const inWords = (path: Path) =>
  path.reduce<string>(
    (at, name) => at + (typeof name === 'number' ? `[${name}]` : `.${name}`),
    '$',
  );

function replacedAt(whole: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(whole)) {
    return whole.map((item, index) => (index === name ? replacedAt(item, rest, value) : item));
  }
  const members = isObject(whole) ? whole : {};
  return { ...members, [name]: replacedAt(members[name], rest, value) };
}

function changes(given: unknown, root: Schema, value: unknown, path: Path): Change[] {
  const schema = resolved(given, root);
  const at = (keyword: string, bad: readonly unknown[], names?: string): Change[] =>
    bad.map((each) => ({ path, keyword, value: each, ...(names !== undefined && { names }) }));
  const ofType = at('type', wrongTypes(schema));
  const ofEnum = at('enum', outsideEnum(schema));
  const { allOf } = schema;
  const ofAll = Array.isArray(allOf)
    ? allOf.flatMap((each) => changes(each, root, value, path))
    : [];
  const changed = (part: unknown) =>
    changes(part, root, value, []).map((each) => replacedAt(value, each.path, each.value));
  const ofAlternatives = besideAlternatives(schema, root, value, changed).flatMap((each) =>
    at(each.keyword, [each.value]),
  );
  return [
    ...ofType,
    ...ofEnum,
    ...ofAll,
    ...ofKind(schema, root, value, path, at),
    ...ofAlternatives,
  ];
}

type At = (keyword: string, bad: readonly unknown[], names?: string) => Change[];

function ofKind(schema: Schema, root: Schema, value: unknown, path: Path, at: At): Change[] {
  switch (typeof value) {
    case 'string':
      return ofText(schema, at);
    case 'number':
      return ofNumber(schema, value, at);
    default:
      if (Array.isArray(value)) return ofList(schema, root, value, path, at);
      return isObject(value) ? ofObject(schema, root, value, path, at) : [];
  }
}

function wrongTypes(schema: Schema): unknown[] {
  const types = typesOf(schema);
  if (types.length === 0) return [];
  const candidates: [unknown, readonly string[]][] = [
    [7, ['integer', 'number']],
    ['x', ['string']],
    [{}, ['object']],
    [['x'], ['array']],
    [true, ['boolean']],
  ];
  return candidates
    .filter(([, own]) => own.every((type) => !types.includes(type)))
    .slice(0, 1)
    .map(([bad]) => bad);
}

function outsideEnum({ enum: values }: Schema): unknown[] {
  if (!Array.isArray(values)) return [];
  const [first] = values;
  const bad = typeof first === 'number' ? Math.max(...values.map(Number)) + 1 : `${first}-none`;
  return values.includes(bad) ? [] : [bad];
}

/** A text that each format refuses; others constrain nothing. */
const WRONG_FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'yesterday',
  email: 'nobody',
  hostname: '-x-',
  ipv4: '300.1.1.1',
  ipv6: '300.1.1.1',
  uri: 'no uri',
  regex: '(',
};

function ofText({ minLength, maxLength, pattern, format }: Schema, at: At): Change[] {
  const least = Number(minLength ?? 0);
  const most = Number(maxLength ?? Number.POSITIVE_INFINITY);
  return [
    ...at('minLength', least > 0 && least < MOST ? ['x'.repeat(least - 1)] : []),
    ...at('maxLength', most < MOST ? ['x'.repeat(most + 1)] : []),
    ...at('pattern', typeof pattern === 'string' ? outside(pattern) : []),
    ...at('format', [WRONG_FORMATS[String(format)] ?? []].flat()),
  ];
}

function outside(pattern: string): string[] {
  const expression = new RegExp(pattern);
  return ['#', 'x', '0', ' ', ''].filter((text) => !expression.test(text)).slice(0, 1);
}

function ofNumber(schema: Schema, value: number, at: At): Change[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const least = Number(minimum ?? Number.NaN);
  const most = Number(maximum ?? Number.NaN);
  return [
    ...at('minimum', Number.isNaN(least) ? [] : [least - 1]),
    ...at('exclusiveMinimum', exclusiveMinimum === true ? [least] : []),
    ...at('maximum', Number.isNaN(most) ? [] : [most + 1]),
    ...at('exclusiveMaximum', exclusiveMaximum === true ? [most] : []),
    ...at('multipleOf', typeof multipleOf === 'number' ? [value + multipleOf / 2] : []),
  ];
}

function ofList(
  { items, minItems, maxItems, uniqueItems, additionalItems }: Schema,
  root: Schema,
  value: readonly unknown[],
  path: Path,
  at: At,
): Change[] {
  const [first = 'x'] = value;
  const least = Number(minItems ?? 0);
  const most = Number(maxItems ?? Number.POSITIVE_INFINITY);
  return [
    ...at('minItems', least > 0 ? [value.slice(0, least - 1)] : []),
    ...at('maxItems', most < MOST ? [Array(most + 1).fill(first)] : []),
    ...at('uniqueItems', uniqueItems === true ? [[first, first]] : []),
    ...at(
      'additionalItems',
      Array.isArray(items) && additionalItems === false ? [[...value, 7]] : [],
    ),
    // The first stands for all.
    ...value
      .slice(0, Array.isArray(items) ? items.length : 1)
      .flatMap((item, index) =>
        changes(Array.isArray(items) ? items[index] : items, root, item, [...path, index]),
      ),
  ];
}

function ofObject(
  schema: Schema,
  root: Schema,
  value: Readonly<Record<string, unknown>>,
  path: Path,
  at: At,
): Change[] {
  const { properties = {}, required, additionalProperties, minProperties, maxProperties } = schema;
  const names = (Array.isArray(required) ? required : []).filter((name) => name in value);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  const most = Number(maxProperties ?? Number.POSITIVE_INFINITY);
  const more = Array.from({ length: Math.min(most + 1, MOST) }, (_, index) => [`x${index}`, 1]);
  const members = isObject(properties) ? properties : {};
  const { patternProperties: patterns } = schema;
  const ofPatterns = Object.entries(isObject(patterns) ? patterns : {}).flatMap(
    ([pattern, member]) =>
      Object.keys(value)
        .filter((name) => new RegExp(pattern).test(name))
        .map((name) => [name, member] as const),
  );
  return [
    ...names.flatMap((name) => at('required', [without(name)], name)),
    ...(additionalProperties === false && !('patternProperties' in schema)
      ? at('additionalProperties', [{ ...value, verifyUnknown: 1 }], 'verifyUnknown')
      : []),
    ...at('minProperties', Number(minProperties ?? 0) > 0 ? [{}] : []),
    ...at('maxProperties', most < MOST ? [Object.fromEntries(more)] : []),
    ...[...Object.entries(members), ...ofPatterns].flatMap(([name, member]) =>
      changes(member, root, value[name], [...path, name]),
    ),
  ];
}
