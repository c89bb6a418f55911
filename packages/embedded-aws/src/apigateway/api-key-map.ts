import type { ApiKey } from './usage-plan-model';

/** API keys by id, and by value: a region has each value once, and every request brings one. */
export class ApiKeyMap extends Map<string, ApiKey> {
  readonly #byValue = new Map<string, ApiKey>();

  withValue(value: string): ApiKey | undefined {
    return this.#byValue.get(value);
  }

  override set(id: string, key: ApiKey): this {
    this.#forget(id);
    this.#byValue.set(key.value, key);
    return super.set(id, key);
  }

  override delete(id: string): boolean {
    this.#forget(id);
    return super.delete(id);
  }

  #forget(id: string): void {
    const before = this.get(id);
    if (before !== undefined) this.#byValue.delete(before.value);
  }
}
