/** A difference between the declared and the actual value of a property. */
export interface Difference {
  /** The differing part: `PUT /streams/{stream-name}/record`, `Model PutRecordModel`, `Role`. */
  readonly where: string;
  /** Path inside it, and both values. */
  readonly what: string;
}

/** Longer values are cut: a template's first different line says enough. */
const EXCERPT = 80;
/** How much of what both have in common stands before the difference, where that would be cut off. */
const BEFORE = 20;

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
    const own = declared.split('\n');
    const line = own.findIndex((text, index) => text !== lines[index]);
    const at = line === -1 ? own.length : line;
    const [there, wanted] = excerpts(lines[at], own[at]);
    return `differs in line ${at + 1}: ${there}, declared as ${wanted}`;
  }
  const [there, wanted] = excerpts(live, declared);
  return `is ${there}, declared as ${wanted}`;
}

/** Invisible characters: spaces other than the common one, controls, marks without width. */
const UNSEEN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const NOT_ASCII = /[^ -~]/gu;

/** Two values, so that where they differ is among what is shown, and can be seen. */
function excerpts(live: unknown, declared: unknown): [live: string, declared: string] {
  const [one, other] = [textOf(live), textOf(declared)];
  const escaped = one.normalize('NFKC') === other.normalize('NFKC') ? NOT_ASCII : UNSEEN;
  const same = commonLength(one, other);
  const from = same < EXCERPT - BEFORE ? 0 : same - BEFORE;
  return [shown(one, from, escaped), shown(other, from, escaped)];
}

const excerpt = (value: unknown): string => shown(textOf(value), 0, UNSEEN);

const textOf = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function shown(text: string, from: number, escaped: RegExp): string {
  const part = text.slice(from, from + EXCERPT).replace(escaped, escapeOf);
  return `${from > 0 ? '…' : ''}${part}${text.length > from + EXCERPT ? '…' : ''}`;
}

/** As in JSON, which has escaped tabs and ends of lines already. */
const escapeOf = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('');

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isEmpty);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
