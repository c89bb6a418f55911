import type { Scope } from './caller';

/** Finds the store of an account in a region. Services implement it for their resource handlers. */
export interface Stores<Store> {
  store(scope: Scope): Store;
}

/** A store for each account and region, created at its first use. */
export class Regional<Store> {
  readonly #entries: (readonly [Scope, Store])[] = [];
  readonly #all: Store[] = [];
  /** By account, then by region: a combined key would have to be built for every request. */
  readonly #byAccount = new Map<string, Map<string, Store>>();
  readonly #create: (scope: Scope) => Store;

  constructor(create: (scope: Scope) => Store) {
    this.#create = create;
  }

  in({ accountId, region }: Scope): Store {
    const known = this.#byAccount.get(accountId)?.get(region);
    if (known !== undefined) return known;
    const scope = { accountId, region };
    const store = this.#create(scope);
    this.#entries.push([scope, store]);
    this.#all.push(store);
    const regions = this.#byAccount.get(accountId) ?? new Map<string, Store>();
    this.#byAccount.set(accountId, regions.set(region, store));
    return store;
  }

  /** Every store with its scope, in the order of creation. */
  entries(): Iterable<readonly [Scope, Store]> {
    return this.#entries;
  }

  /** Every store, in the same order. */
  all(): readonly Store[] {
    return this.#all;
  }
}
