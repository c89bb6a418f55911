/** Headers that keep the spelling of their names and are found in any spelling. */
export class HeaderBag implements Iterable<readonly [string, string]> {
  readonly #entries = new Map<string, readonly [string, string]>();
  /** Values of Set-Cookie, the one header whose values cannot be joined. */
  cookies: readonly string[] = [];

  constructor(entries: Iterable<readonly [string, string]> = []) {
    for (const [name, value] of entries) this.set(name, value);
  }

  /** A bag of its own with the same headers; cookies stay behind. */
  static copyOf(other: HeaderBag): HeaderBag {
    const copy = new HeaderBag();
    for (const [lower, entry] of other.#entries) copy.#entries.set(lower, entry);
    return copy;
  }

  get(name: string): string | undefined {
    return this.#entries.get(name.toLowerCase())?.[1];
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  set(name: string, value: string): this {
    this.#entries.set(name.toLowerCase(), [name, safeValue(value)]);
    return this;
  }

  /** Sets a header unless it exists. */
  setDefault(name: string, value: string): this {
    return this.has(name) ? this : this.set(name, value);
  }

  delete(name: string): void {
    this.#entries.delete(name.toLowerCase());
  }

  [Symbol.iterator](): IterableIterator<readonly [string, string]> {
    return this.#entries.values();
  }

  /** As the server writes them. */
  toRecord(): Record<string, string> {
    const record: Record<string, string> = {};
    for (const [name, value] of this.#entries.values()) define(record, name, value);
    return record;
  }

  /** With lower-cased names, as services receive them. */
  toLowerCaseRecord(): Record<string, string> {
    const record: Record<string, string> = {};
    for (const [lower, [, value]] of this.#entries) define(record, lower, value);
    return record;
  }
}

const LINE_BREAK = /[\r\n]/;

/** A value without line breaks, which would let it start another header. */
export function safeValue<Value extends string | undefined>(value: Value): Value | string {
  return value !== undefined && LINE_BREAK.test(value) ? value.replace(/[\r\n]+/g, ' ') : value;
}

/** Assigning is the fastest, but makes no member of a header that is called `__proto__`. */
function define(record: Record<string, string>, name: string, value: string): void {
  if (name !== '__proto__') record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true });
}
