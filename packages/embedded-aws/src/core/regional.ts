import type { Scope } from './caller';

/** Finds what an account has in a region; services do, for their operations and resource handlers. */
export interface Stores<Store> {
  store(scope: Scope): Store;
}

/** A store for each account and region, made at its first use. */
export class Regional<Store> {
  readonly #entries: (readonly [Scope, Store])[] = [];
  readonly #all: Store[] = [];
  /** By account, then by region: every request looks here, and would have to make a key of both. */
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

  /** Every store with where it is, in the order they were made. */
  entries(): Iterable<readonly [Scope, Store]> {
    return this.#entries;
  }

  /** Every store, in the same order. */
  all(): readonly Store[] {
    return this.#all;
  }
}
