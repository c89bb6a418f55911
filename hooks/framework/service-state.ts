import type { Serverless } from '.';

type WriteFile = NonNullable<NonNullable<Serverless['utils']>['writeFileSync']>;

/** @param write the framework's own, which writes text unchanged */
export function writeWith(write: WriteFile): WriteFile {
  return (file, contents, mayHaveCycles) => {
    const isPlain = !mayHaveCycles || !file.endsWith('.json') || typeof contents === 'string';
    if (isPlain || !contents) return write(file, contents, mayHaveCycles);
    return write(file, JSON.stringify(withoutCycles(contents), null, 2), mayHaveCycles);
  };
}

/**
 * A copy of plain data in which what was met before is the JSONPath of where that was, as in
 * Douglas Crockford's cycle.js: `{ "$ref": "$[\"a\"][0]" }`.
 */
export function withoutCycles(data: unknown): unknown {
  const met = new Map<object, string>();
  const copy = (given: unknown, path: string): unknown => {
    const value = asJson(given);
    if (typeof value !== 'object' || value === null) return value;
    const before = met.get(value);
    if (before !== undefined) return { $ref: before };
    met.set(value, path);
    if (Array.isArray(value)) return value.map((item, index) => copy(item, `${path}[${index}]`));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        return [name, copy(item, `${path}[${JSON.stringify(name)}]`)];
      }),
    );
  };
  return copy(data, '$');
}

/** The result of a value's `toJSON`; the value itself if `toJSON` throws. */
function asJson(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { toJSON?: unknown };
  if (typeof toJSON !== 'function') return value;
  try {
    return toJSON.call(value);
  } catch {
    return value;
  }
}
