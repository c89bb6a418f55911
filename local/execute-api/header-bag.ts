/** Headers that keep the spelling of their names and are found in any spelling. */
export class HeaderBag implements Iterable<readonly [string, string]> {
  readonly #entries = new Map<string, readonly [string, string]>();
  /** Values of Set-Cookie, the one header whose values cannot be joined. */
  cookies: readonly string[] = [];

  constructor(entries: Iterable<readonly [string, string]> = []) {
    for (const [name, value] of entries) this.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#entries.get(name.toLowerCase())?.[1];
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  set(name: string, value: string): this {
    // A line break would let a value start another header.
    this.#entries.set(name.toLowerCase(), [name, value.replace(/[\r\n]+/g, ' ')]);
    return this;
  }

  /** Sets a header unless it is there. */
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
    return Object.fromEntries(this);
  }

  /** With lower-cased names, as services receive them. */
  toLowerCaseRecord(): Record<string, string> {
    return Object.fromEntries([...this.#entries].map(([name, [, value]]) => [name, value]));
  }
}
