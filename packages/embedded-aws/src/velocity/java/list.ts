import { spend } from '../../core/evaluation-budget';
import { indexOutOfBounds, javaException, unsupportedOperation } from '../errors';
import { assertListLength } from '../limits';
import { JavaCollection } from './collection';
import type { JavaValue } from './values';

/** A `java.util.List`. */
export abstract class JavaList extends JavaCollection {
  abstract get(index: number): JavaValue;
  abstract set(index: number, value: JavaValue): JavaValue;
  /** Inserts the values before `index`. */
  abstract insert(index: number, values: readonly JavaValue[]): void;
  /** Removes the values from `from` (inclusive) to `to` (exclusive). */
  abstract removeRange(from: number, to: number): void;

  protected assertIndex(index: number): void {
    if (index < 0 || index >= this.size) throw indexOutOfBounds(index, this.size);
  }

  protected assertPosition(index: number): void {
    if (index >= 0 && index <= this.size) return;
    throw javaException(
      'java.lang.IndexOutOfBoundsException',
      `Index: ${index}, Size: ${this.size}`,
    );
  }
}

const ELEMENTS_MOVED_PER_STEP = 16;

export const ARRAY_LIST = 'java.util.ArrayList';

export const JSON_ARRAY = 'net.minidev.json.JSONArray';

/** A list created by a template (ArrayList) or from JSON (JSONArray, which prints as JSON). */
export class JavaArrayList extends JavaList {
  readonly javaClass: typeof ARRAY_LIST | typeof JSON_ARRAY;
  readonly items: JavaValue[];
  modificationCount = 0;

  constructor(items: JavaValue[], javaClass: typeof ARRAY_LIST | typeof JSON_ARRAY = ARRAY_LIST) {
    super();
    this.items = items;
    this.javaClass = javaClass;
  }

  get size(): number {
    return this.items.length;
  }

  toArray(): readonly JavaValue[] {
    return this.items;
  }

  get(index: number): JavaValue {
    this.assertIndex(index);
    return this.items[index] ?? null;
  }

  set(index: number, value: JavaValue): JavaValue {
    const old = this.get(index);
    this.items[index] = value;
    return old;
  }

  insert(index: number, values: readonly JavaValue[]): void {
    this.assertPosition(index);
    assertListLength(this.items.length + values.length);
    this.modificationCount++;
    const [single] = values;
    if (values.length === 1 && single !== undefined && index === this.items.length) {
      this.items.push(single);
      return;
    }
    spend(values.length + this.items.length - index);
    const tail = this.items.splice(index);
    for (const value of values) this.items.push(value);
    for (const value of tail) this.items.push(value);
  }

  removeRange(from: number, to: number): void {
    this.modificationCount++;
    spend((this.items.length - from) / ELEMENTS_MOVED_PER_STEP);
    this.items.splice(from, to - from);
  }
}

/** A view of another list: a change to one changes the other. */
export class JavaSubList extends JavaList {
  readonly javaClass = 'java.util.ArrayList$SubList';
  readonly #parent: JavaList;
  readonly #offset: number;
  #size: number;
  #expected: number;

  constructor(parent: JavaList, from: number, to: number) {
    super();
    this.#parent = parent;
    this.#offset = from;
    this.#size = to - from;
    this.#expected = parent.modificationCount;
  }

  get size(): number {
    this.#assertCurrent();
    return this.#size;
  }

  get modificationCount(): number {
    return this.#parent.modificationCount;
  }

  toArray(): readonly JavaValue[] {
    this.#assertCurrent();
    spend(this.#size / ELEMENTS_MOVED_PER_STEP);
    return this.#parent.toArray().slice(this.#offset, this.#offset + this.#size);
  }

  get(index: number): JavaValue {
    this.assertIndex(index);
    return this.#parent.get(this.#offset + index);
  }

  set(index: number, value: JavaValue): JavaValue {
    this.assertIndex(index);
    return this.#parent.set(this.#offset + index, value);
  }

  insert(index: number, values: readonly JavaValue[]): void {
    this.assertPosition(index);
    this.#parent.insert(this.#offset + index, values);
    this.#changed(values.length);
  }

  removeRange(from: number, to: number): void {
    this.#assertCurrent();
    this.#parent.removeRange(this.#offset + from, this.#offset + to);
    this.#changed(from - to);
  }

  #changed(by: number): void {
    this.#size += by;
    this.#expected = this.#parent.modificationCount;
  }

  #assertCurrent(): void {
    if (this.#parent.modificationCount !== this.#expected) {
      throw javaException('java.util.ConcurrentModificationException');
    }
  }
}

/** A Java array, such as the result of `split`; Velocity gives arrays the methods of a list. */
export class JavaArray extends JavaList {
  readonly javaClass: string;
  readonly modificationCount = 0;
  readonly #items: JavaValue[];
  readonly #accepts: (value: JavaValue) => boolean;

  /** @param accepts returns true if the array can hold a value */
  constructor(javaClass: string, items: JavaValue[], accepts: (value: JavaValue) => boolean) {
    super();
    this.javaClass = javaClass;
    this.#items = items;
    this.#accepts = accepts;
  }

  static ofStrings(items: string[]): JavaArray {
    return new JavaArray(
      '[Ljava.lang.String;',
      items,
      (value) => value === null || typeof value === 'string',
    );
  }

  static ofObjects(items: JavaValue[]): JavaArray {
    return new JavaArray('[Ljava.lang.Object;', items, () => true);
  }

  get size(): number {
    return this.#items.length;
  }

  toArray(): readonly JavaValue[] {
    return this.#items;
  }

  get(index: number): JavaValue {
    this.assertIndex(index);
    return this.#items[index] ?? null;
  }

  set(index: number, value: JavaValue): JavaValue {
    const old = this.get(index);
    if (!this.#accepts(value)) {
      throw javaException('java.lang.IllegalArgumentException', 'array element type mismatch');
    }
    this.#items[index] = value;
    return old;
  }

  insert(_index: number, values: readonly JavaValue[]): void {
    if (values.length > 0) throw unsupportedOperation();
  }

  removeRange(from: number, to: number): void {
    if (to > from) throw unsupportedOperation();
  }
}
