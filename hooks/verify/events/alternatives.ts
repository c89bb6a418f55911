import { violations as problems } from '../../../resources/contracts/validator';
import { isObject, resolved, type Schema } from './schema';

/** Keywords that refuse by what other schemas say, or by other members. */
const KEYWORDS = ['anyOf', 'oneOf', 'not', 'dependencies'] as const;

/** Values of each type, for whatever takes none of them. */
const VALUES = [7, 'x', {}, ['x'], true, null];

/**
 * Values that only one of these keywords refuses: if the model lacked it, they would be taken.
 * @param changed the value as other keywords of a schema refuse it
 * @returns none for a keyword where nothing that was tried is such a value
 */
export function besideAlternatives(
  schema: Schema,
  root: Schema,
  value: unknown,
  changed: (part: unknown) => readonly unknown[],
): { readonly keyword: string; readonly value: unknown }[] {
  return KEYWORDS.filter((keyword) => keyword in schema).flatMap((keyword) => {
    const { [keyword]: own, ...rest } = schema;
    const candidates = [...candidatesFor(keyword, own, root, value, changed), ...VALUES];
    const bad = candidates.find(
      (each) => isRefused({ [keyword]: own }, root, each) && !isRefused(rest, root, each),
    );
    return bad === undefined ? [] : [{ keyword, value: bad }];
  });
}

function candidatesFor(
  keyword: (typeof KEYWORDS)[number],
  own: unknown,
  root: Schema,
  value: unknown,
  changed: (part: unknown) => readonly unknown[],
): readonly unknown[] {
  switch (keyword) {
    case 'not':
      return forbidden(resolved(own, root), value);
    case 'dependencies':
      return isObject(value) && isObject(own) ? depending(own, value) : [];
    default:
      return Array.isArray(own) ? own.flatMap(changed) : [];
  }
}

/** The value as a schema has it that must not match. */
function forbidden({ enum: values, required, properties }: Schema, value: unknown): unknown[] {
  const ofEnum = Array.isArray(values) ? values : [];
  if (!isObject(value)) return ofEnum;
  const names = Array.isArray(required) ? required : [];
  const members = isObject(properties) ? properties : {};
  const more = Object.entries(members).flatMap(([name, member]) => {
    const first = isObject(member) && Array.isArray(member.enum) ? member.enum[0] : undefined;
    return first === undefined ? [] : [[name, first] as const];
  });
  const missing = names.filter((name) => !(name in value)).map((name) => [name, 'x'] as const);
  return [...ofEnum, { ...value, ...Object.fromEntries([...missing, ...more]) }];
}

/** An object with a member, and without what that needs. */
function depending(
  dependencies: Readonly<Record<string, unknown>>,
  value: Readonly<Record<string, unknown>>,
): unknown[] {
  const without = (name: string) =>
    Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  return Object.entries(dependencies).flatMap(([name, needed]) => [
    ...(Array.isArray(needed) ? needed.map((each) => ({ [name]: 'x', ...without(each) })) : []),
    { [name]: 'x', ...value },
  ]);
}

/** Schemas may refer to the definitions of the whole; what refers elsewhere is not judged. */
function isRefused(schema: Schema, { definitions }: Schema, value: unknown): boolean | undefined {
  try {
    const whole = definitions === undefined ? schema : { ...schema, definitions };
    return problems(whole, value).length > 0;
  } catch {
    return undefined;
  }
}
