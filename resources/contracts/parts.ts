import { isKeyword, KEYWORDS, NOTES } from './keywords';

/** A schema of draft 4, after its dialect was checked. */
export type Draft4 = Readonly<Record<string, unknown>>;

/** Replaces the schemas that a schema consists of; the schema itself stays. */
export function mapParts(schema: Draft4, change: (part: Draft4) => unknown): Draft4 {
  const one = (part: unknown) => (isSchema(part) ? change(part) : part);
  const map = (parts: object) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, one(part)]));
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      const kind = isKeyword(keyword) ? KEYWORDS[keyword] : 'value';
      if (kind === 'value' || kind === 'text') return [keyword, value];
      if (Array.isArray(value)) return [keyword, value.map(one)];
      return [keyword, kind === 'map' ? map(value as object) : one(value)];
    }),
  );
}

/** A schema without what constrains nothing; models have a limit of size. */
export function withoutNotes(schema: Draft4): Draft4 {
  const constraints = Object.entries(schema).filter(([keyword]) => !NOTES.includes(keyword));
  return mapParts(Object.fromEntries(constraints), withoutNotes);
}

const isSchema = (part: unknown): part is Draft4 =>
  typeof part === 'object' && part !== null && !Array.isArray(part);
