import { javaException } from '../errors';
import { JavaObject, type JavaValue } from './values';

/** The iteration of `#foreach` and `iterator()`. */
export interface Cursor {
  hasNext(): boolean;
  /** @throws TemplateEvaluationError if there is no next item, or the collection was modified */
  next(): JavaValue;
}

/** A `java.util.Collection`. */
export abstract class JavaCollection extends JavaObject {
  abstract readonly size: number;
  /** Counts structural modifications, so that iterators detect concurrent modification. */
  abstract readonly modificationCount: number;
  abstract toArray(): readonly JavaValue[];

  cursor(): Cursor {
    return new CollectionCursor(this, this.toArray());
  }
}

/** Iterates over a collection and, like Java, fails after the collection was modified. */
export class CollectionCursor implements Cursor {
  readonly #collection: JavaCollection;
  readonly #items: readonly JavaValue[];
  readonly #resultOf: (item: JavaValue) => JavaValue;
  readonly #expected: number;
  #position = 0;

  /** @param resultOf maps an item to the value returned, when its turn comes */
  constructor(
    collection: JavaCollection,
    items: readonly JavaValue[],
    resultOf: (item: JavaValue) => JavaValue = (item) => item,
  ) {
    this.#collection = collection;
    this.#items = items;
    this.#resultOf = resultOf;
    this.#expected = collection.modificationCount;
  }

  hasNext(): boolean {
    return this.#position !== this.#collection.size;
  }

  next(): JavaValue {
    if (this.#collection.modificationCount !== this.#expected) {
      throw javaException('java.util.ConcurrentModificationException');
    }
    if (this.#position >= this.#items.length) {
      throw javaException('java.util.NoSuchElementException');
    }
    return this.#resultOf(this.#items[this.#position++] ?? null);
  }
}

/** The result of `iterator()`. */
export class JavaIterator extends JavaObject {
  readonly javaClass = 'java.util.Iterator';
  readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    super();
    this.cursor = cursor;
  }
}
