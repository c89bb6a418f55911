import type { Scope } from './caller';

/** A store for each account and region, made at its first use. */
export class Regional<Store> {
  readonly #stores = new Map<string, Store>();
  readonly #create: (scope: Scope) => Store;

  constructor(create: (scope: Scope) => Store) {
    this.#create = create;
  }

  in({ accountId, region }: Scope): Store {
    const key = `${accountId}/${region}`;
    let store = this.#stores.get(key);
    if (store === undefined) {
      store = this.#create({ accountId, region });
      this.#stores.set(key, store);
    }
    return store;
  }

  /** Every store with where it is, in the order they were made. */
  *entries(): Iterable<readonly [Scope, Store]> {
    for (const [key, store] of this.#stores) {
      const slash = key.indexOf('/');
      yield [{ accountId: key.slice(0, slash), region: key.slice(slash + 1) }, store];
    }
  }

  values(): IterableIterator<Store> {
    return this.#stores.values();
  }

  all(): Store[] {
    return [...this.#stores.values()];
  }
}
