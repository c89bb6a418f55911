import type { Regional } from '../core/regional';
import type { Persistent, StateDocument } from './persistent';

/** A persisted Map of a store: where it is, and how entries convert to plain data. */
export interface PersistedMap<Store, Entry, Written = Entry> {
  readonly of: (store: Store) => Map<string, Entry>;
  readonly write?: (entry: Entry) => Written;
  readonly read?: (written: Written, store: Store) => Entry;
}

/** Declares a persisted map. */
export const persistedMap = <Store, Entry, Written = Entry>(
  map: PersistedMap<Store, Entry, Written>,
): PersistedMap<Store, unknown> => map as PersistedMap<Store, unknown>;

/** The state of a service whose stores are Maps: each entry is a document. */
export function regionalMaps<Store>(
  name: string,
  stores: Regional<Store>,
  maps: Readonly<Record<string, PersistedMap<Store, unknown>>>,
): Persistent {
  return {
    name,
    *documents(): Iterable<StateDocument> {
      for (const [{ accountId, region }, store] of stores.entries()) {
        for (const [kind, { of, write }] of Object.entries(maps)) {
          for (const [id, entry] of of(store)) {
            const value = () => (write === undefined ? entry : write(entry));
            yield { key: [kind, accountId, region, id], value };
          }
        }
      }
    },
    restore(documents) {
      for (const { key, value } of documents) {
        const [kind = '', accountId = '', region = '', id = ''] = key;
        const map = Object.hasOwn(maps, kind) ? maps[kind] : undefined;
        if (map === undefined) throw new Error(`unknown document ${key.join('/')}`);
        const store = stores.in({ accountId, region });
        map.of(store).set(id, map.read === undefined ? value : map.read(value, store));
      }
    },
  };
}
