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

/** Where a value is: in which other, and under which name or index. */
interface Place {
  readonly inside: Place | undefined;
  readonly step: string | number;
}

/**
 * A copy of plain data in which what was met before is the JSONPath of where that was, as in
 * Douglas Crockford's cycle.js: `{ "$ref": "$[\"a\"][0]" }`.
 */
export function withoutCycles(data: unknown): unknown {
  const met = new Map<object, Place | undefined>();
  const copy = (given: unknown, place: Place | undefined): unknown => {
    const value = asJson(given);
    if (typeof value !== 'object' || value === null) return value;
    if (met.has(value)) return { $ref: pathOf(met.get(value)) };
    met.set(value, place);
    if (Array.isArray(value)) return value.map((item, step) => copy(item, { inside: place, step }));
    return Object.fromEntries(
      Object.entries(value).map(([step, item]) => [step, copy(item, { inside: place, step })]),
    );
  };
  return copy(data, undefined);
}

/** Spelled out for what is met again: a path for every value would take a tenth of a second. */
function pathOf(place: Place | undefined): string {
  if (place === undefined) return '$';
  return `${pathOf(place.inside)}[${JSON.stringify(place.step)}]`;
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
