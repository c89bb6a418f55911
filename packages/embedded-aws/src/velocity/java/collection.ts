import { javaException } from '../errors';
import { JavaObject, type JavaValue } from './values';

/** What `#foreach` and `iterator()` walk: gives nothing more after the last. */
export interface Cursor {
  hasNext(): boolean;
  /** @throws TemplateEvaluationError when there is no next, or the collection changed meanwhile */
  next(): JavaValue;
}

/** A `java.util.Collection`. */
export abstract class JavaCollection extends JavaObject {
  abstract readonly size: number;
  /** Counts the structural changes, by which an iterator notices that it is out of date. */
  abstract readonly modificationCount: number;
  abstract toArray(): readonly JavaValue[];

  cursor(): Cursor {
    return new CollectionCursor(this, this.toArray());
  }
}

/** Walks a collection and fails, as Java's do, once the collection has been changed. */
export class CollectionCursor implements Cursor {
  readonly #collection: JavaCollection;
  readonly #items: readonly JavaValue[];
  readonly #shown: (item: JavaValue) => JavaValue;
  readonly #expected: number;
  #position = 0;

  /** @param shown what of an item is given, asked for when its turn comes */
  constructor(
    collection: JavaCollection,
    items: readonly JavaValue[],
    shown: (item: JavaValue) => JavaValue = (item) => item,
  ) {
    this.#collection = collection;
    this.#items = items;
    this.#shown = shown;
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
    return this.#shown(this.#items[this.#position++] ?? null);
  }
}

/** What `iterator()` gives. */
export class JavaIterator extends JavaObject {
  readonly javaClass = 'java.util.Iterator';
  readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    super();
    this.cursor = cursor;
  }
}
