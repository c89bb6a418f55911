/** A difference between the declared and the actual value of a property. */
export interface Difference {
  /** The differing part: `PUT /streams/{stream-name}/record`, `Model PutRecordModel`, `Role`. */
  readonly where: string;
  /** Path inside it, and both values. */
  readonly what: string;
}

/** Longer values are cut: a template's first different line says enough. */
const EXCERPT = 80;

/**
 * Compares two plain values; what is empty (undefined, null, false, '', {}, []) counts as absent,
 * as AWS leaves such out of its answers.
 * @returns the first difference of each member, in words
 */
export function compare(where: string, declared: unknown, live: unknown): Difference[] {
  return differences(declared, live, '').map((what) => ({ where, what }));
}

function differences(declared: unknown, live: unknown, path: string): string[] {
  if (isEmpty(declared) && isEmpty(live)) return [];
  if (isRecord(declared) && isRecord(live)) {
    const names = [...new Set([...Object.keys(declared), ...Object.keys(live)])].sort();
    return names.flatMap((name) =>
      differences(declared[name], live[name], path === '' ? name : `${path}.${name}`),
    );
  }
  if (Array.isArray(declared) && Array.isArray(live) && declared.length === live.length) {
    return declared.flatMap((item, index) => differences(item, live[index], `${path}[${index}]`));
  }
  if (String(declared) === String(live) && !isRecord(declared) && !isRecord(live)) return [];
  return [`${path || 'it'} ${inWords(declared, live)}`];
}

function inWords(declared: unknown, live: unknown): string {
  if (isEmpty(live)) return 'is missing';
  if (isEmpty(declared)) return `was added: ${excerpt(live)}`;
  if (typeof declared === 'string' && typeof live === 'string' && declared.includes('\n')) {
    const lines = live.split('\n');
    const line = declared.split('\n').findIndex((text, index) => text !== lines[index]);
    const at = line === -1 ? lines.length : line;
    return `differs in line ${at + 1}: ${excerpt(lines[at] ?? '')}`;
  }
  return `is ${excerpt(live)}, declared as ${excerpt(declared)}`;
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isEmpty);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
