/** A set of keys in UTF-8 order, sorted lazily when it is listed. */
export class SortedKeys {
  readonly #keys = new Set<string>();
  #sorted: string[] | undefined;

  add(key: string): void {
    this.#keys.add(key);
    this.#sorted = undefined;
  }

  delete(key: string): void {
    if (this.#keys.delete(key)) this.#sorted = undefined;
  }

  /** Starts at the first key that is not less than the text. */
  *from(text: string): Generator<string> {
    this.#sorted ??= [...this.#keys].sort(compareKeys);
    const sorted = this.#sorted;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(sorted[middle] ?? '', text) < 0) low = middle + 1;
      else high = middle;
    }
    for (let index = low; index < sorted.length; index++) yield sorted[index] ?? '';
  }
}

/**
 * Compares the UTF-8 bytes of two keys. JavaScript compares UTF-16, which puts characters beyond
 * the basic plane (surrogates, 0xD800 on) before the last ones of it (0xE000 on).
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return weight(left) - weight(right);
  }
  return a.length - b.length;
}

function weight(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
