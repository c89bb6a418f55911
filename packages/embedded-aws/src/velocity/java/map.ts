import { spend } from '../../core/evaluation-budget';
import { CollectionCursor, type Cursor, JavaCollection } from './collection';
import { javaEquals } from './equality';
import { toJavaString } from './to-string';
import { JavaObject, type JavaValue, javaClassName } from './values';

const KEYS_PER_STEP = 4;

/** A `java.util.LinkedHashMap`: keeps the insertion order of its keys. */
export class JavaMap extends JavaObject {
  readonly #values = new Map<JavaValue, JavaValue>();
  /** Keys that JavaScript compares by identity but Java compares by content. */
  #objectKeys: Map<string, JavaValue> | undefined;
  modificationCount = 0;

  static of(entries: Iterable<readonly [string, JavaValue]>): JavaMap {
    const map = new JavaMap();
    for (const [key, value] of entries) map.put(key, value);
    return map;
  }

  get javaClass(): string {
    return 'java.util.LinkedHashMap';
  }

  get size(): number {
    return this.#values.size;
  }

  has(key: JavaValue): boolean {
    return this.#values.has(this.#existingKey(key));
  }

  /** The value, or null if there is none. */
  get(key: JavaValue): JavaValue {
    return this.#values.get(this.#existingKey(key)) ?? null;
  }

  /** Like {@link put}, for a map that is being read from JSON and has no iterators yet. */
  fill(key: string, value: JavaValue): void {
    this.#values.set(key, value);
  }

  /** @returns the previous value, or null */
  put(key: JavaValue, value: JavaValue): JavaValue {
    const known = this.#existingKey(key);
    const old = this.#values.get(known);
    if (old === undefined) {
      this.modificationCount++;
      if (key instanceof JavaObject) this.#addObjectKey(key);
    }
    this.#values.set(known, value);
    return old ?? null;
  }

  /** @returns the previous value, or null */
  remove(key: JavaValue): JavaValue {
    const known = this.#existingKey(key);
    const old = this.#values.get(known);
    if (old === undefined) return null;
    this.modificationCount++;
    this.#values.delete(known);
    if (known instanceof JavaObject) this.#objectKeys?.delete(identity(known));
    return old;
  }

  clear(): void {
    this.modificationCount++;
    this.#values.clear();
    this.#objectKeys = undefined;
  }

  keys(): JavaValue[] {
    spend(this.size / KEYS_PER_STEP);
    return [...this.#values.keys()];
  }

  values(): JavaValue[] {
    spend(this.size / KEYS_PER_STEP);
    return [...this.#values.values()];
  }

  entries(): IterableIterator<[JavaValue, JavaValue]> {
    return this.#values.entries();
  }

  /** The equal key that the map holds, if any. */
  #existingKey(key: JavaValue): JavaValue {
    if (!(key instanceof JavaObject)) return key;
    const known = this.#objectKeys?.get(identity(key));
    return known !== undefined && javaEquals(known, key) ? known : key;
  }

  #addObjectKey(key: JavaObject): void {
    this.#objectKeys ??= new Map();
    this.#objectKeys.set(identity(key), key);
  }
}

/** Equal objects have equal identities; a Java map would use hash codes instead. */
function identity(key: JavaObject): string {
  return `${javaClassName(key)} ${toJavaString(key)}`;
}

const MAP_VIEW_CLASSES = {
  keys: 'java.util.LinkedHashMap$LinkedKeySet',
  values: 'java.util.LinkedHashMap$LinkedValues',
  entries: 'java.util.LinkedHashMap$LinkedEntrySet',
} as const;

export type MapViewKind = keyof typeof MAP_VIEW_CLASSES;

/** A live view of a map: `keySet()`, `values()` or `entrySet()`. */
export class JavaMapView extends JavaCollection {
  readonly javaClass: (typeof MAP_VIEW_CLASSES)[MapViewKind];
  readonly map: JavaMap;
  readonly kind: MapViewKind;

  constructor(map: JavaMap, kind: MapViewKind) {
    super();
    this.map = map;
    this.kind = kind;
    this.javaClass = MAP_VIEW_CLASSES[kind];
  }

  get size(): number {
    return this.map.size;
  }

  get modificationCount(): number {
    return this.map.modificationCount;
  }

  /** If a value is replaced during the iteration, the iteration returns the new one. */
  override cursor(): Cursor {
    if (this.kind !== 'values') return super.cursor();
    return new CollectionCursor(this, this.map.keys(), (key) => this.map.get(key));
  }

  toArray(): readonly JavaValue[] {
    if (this.kind === 'entries') spend(this.size);
    if (this.kind === 'entries')
      return this.map.keys().map((key) => new JavaMapEntry(this.map, key));
    return this.kind === 'keys' ? this.map.keys() : this.map.values();
  }
}

/** An entry of a map; setValue changes the map. */
export class JavaMapEntry extends JavaObject {
  readonly javaClass = 'java.util.LinkedHashMap$Entry';
  readonly #map: JavaMap;
  readonly key: JavaValue;

  constructor(map: JavaMap, key: JavaValue) {
    super();
    this.#map = map;
    this.key = key;
  }

  get value(): JavaValue {
    return this.#map.get(this.key);
  }

  setValue(value: JavaValue): JavaValue {
    return this.#map.put(this.key, value);
  }
}
