import { spend } from '../../core/evaluation-budget';
import { javaException, unsupportedOperation } from '../errors';
import { type Cursor, type JavaCollection, JavaIterator } from '../java/collection';
import { contains, javaEquals } from '../java/equality';
import {
  JavaArrayList as ArrayListClass,
  JavaArray,
  type JavaArrayList,
  type JavaList,
  JavaSubList,
} from '../java/list';
import type { JavaMapEntry, JavaMapView } from '../java/map';
import { compareNatural } from '../java/natural-order';
import type { JavaValue } from '../java/values';
import { writeJson } from '../json/printer';
import { type MethodRow, MethodTable, VOID } from './method-table';
import { OBJECT_METHODS } from './object-methods';

const COLLECTION: readonly MethodRow<JavaCollection>[] = [
  ['size', '', (target) => target.size],
  ['isEmpty', '', (target) => target.size === 0],
  ['contains', 'Object', (target, values) => contains(target, values.value(0))],
  [
    'containsAll',
    'Collection',
    (target, values) =>
      values
        .collection(0)
        .toArray()
        .every((item) => contains(target, item)),
  ],
  ['iterator', '', (target) => new JavaIterator(target.cursor())],
  ['toArray', '', (target) => JavaArray.ofObjects(copyOf(target))],
  ['toArray', '...Object', (target) => JavaArray.ofObjects(copyOf(target))],
];

const STREAMS = ['stream', 'parallelStream', 'spliterator', 'listIterator'];

const LIST: readonly MethodRow<JavaList>[] = [
  ['get', 'int', (target, values) => target.get(values.int(0))],
  ['set', 'int Object', (target, values) => target.set(values.int(0), values.value(1))],
  [
    'add',
    'Object',
    (target, values) => {
      target.insert(target.size, [values.value(0)]);
      return true;
    },
  ],
  [
    'add',
    'int Object',
    (target, values) => {
      target.insert(values.int(0), [values.value(1)]);
      return VOID;
    },
  ],
  ['addAll', 'Collection', (target, values) => addAll(target, target.size, values.collection(0))],
  [
    'addAll',
    'int Collection',
    (target, values) => addAll(target, values.int(0), values.collection(1)),
  ],
  ['remove', 'int', (target, values) => removeAt(target, values.int(0))],
  ['remove', 'Object', (target, values) => removeFirst(target, values.value(0))],
  ['removeAll', 'Collection', (target, values) => retain(target, values.collection(0), false)],
  ['retainAll', 'Collection', (target, values) => retain(target, values.collection(0), true)],
  ['indexOf', 'Object', (target, values) => indexOf(target, values.value(0))],
  ['lastIndexOf', 'Object', (target, values) => lastIndexOf(target, values.value(0))],
  ['subList', 'int int', (target, values) => subList(target, values.int(0), values.int(1))],
  [
    'clear',
    '',
    (target) => {
      target.removeRange(0, target.size);
      return VOID;
    },
  ],
  [
    'sort',
    'Comparator',
    (target) => {
      // Sorting n values takes about n log n comparisons.
      spend(target.size * Math.ceil(Math.log2(target.size + 2)));
      [...target.toArray()].sort(compareNatural).forEach((value, index) => {
        target.set(index, value);
      });
      return VOID;
    },
  ],
];

const ARRAY_LIST: readonly MethodRow<JavaArrayList>[] = [
  ['clone', '', (target) => new ArrayListClass(copyOf(target), target.javaClass)],
  ['ensureCapacity', 'int', () => VOID],
  ['trimToSize', '', () => VOID],
];

/** `java.util.ArrayList` */
export const ARRAY_LIST_METHODS = new MethodTable<JavaArrayList>(
  'java.util.ArrayList',
  [OBJECT_METHODS, COLLECTION, LIST, ARRAY_LIST],
  STREAMS,
);

/** Methods of json-smart's arrays, which extend ArrayList. */
export const JSON_ARRAY_METHODS = new MethodTable<JavaArrayList>(
  'net.minidev.json.JSONArray',
  [
    OBJECT_METHODS,
    COLLECTION,
    LIST,
    ARRAY_LIST,
    [
      ['toJSONString', '', (target) => writeJson(target)],
      ['toJSONString', 'Collection', (_, values) => writeJson(values.collection(0))],
    ],
  ],
  [...STREAMS, 'merge', 'writeJSONString'],
);

/** Lists without additional methods: sublists, and arrays, which Velocity wraps. */
export const LIST_METHODS = new MethodTable<JavaList>(
  'java.util.List',
  [OBJECT_METHODS, COLLECTION, LIST],
  STREAMS,
);

/** The keys, values or entries of a map. */
export const MAP_VIEW_METHODS = new MethodTable<JavaMapView>(
  'java.util.Collection',
  [
    OBJECT_METHODS,
    COLLECTION,
    [
      [
        'add',
        'Object',
        () => {
          throw unsupportedOperation();
        },
      ],
      [
        'addAll',
        'Collection',
        (_, values) => {
          if (values.collection(0).size > 0) throw unsupportedOperation();
          return false;
        },
      ],
      ['remove', 'Object', (target, values) => removeFromMap(target, [values.value(0)])],
      [
        'removeAll',
        'Collection',
        (target, values) => removeMatching(target, values.collection(0), true),
      ],
      [
        'retainAll',
        'Collection',
        (target, values) => removeMatching(target, values.collection(0), false),
      ],
      [
        'clear',
        '',
        (target) => {
          target.map.clear();
          return VOID;
        },
      ],
    ],
  ],
  STREAMS,
);

export const MAP_ENTRY_METHODS = new MethodTable<JavaMapEntry>('java.util.Map.Entry', [
  OBJECT_METHODS,
  [
    ['getKey', '', (target) => target.key],
    ['getValue', '', (target) => target.value],
    ['setValue', 'Object', (target, values) => target.setValue(values.value(0))],
  ],
]);

export const ITERATOR_METHODS = new MethodTable<JavaIterator>(
  'java.util.Iterator',
  [
    OBJECT_METHODS,
    [
      ['hasNext', '', ({ cursor }: { cursor: Cursor }) => cursor.hasNext()],
      ['next', '', ({ cursor }: { cursor: Cursor }) => cursor.next()],
    ],
  ],
  ['remove'],
);

const ELEMENTS_COPIED_PER_STEP = 16;

function copyOf(collection: JavaCollection): JavaValue[] {
  spend(collection.size / ELEMENTS_COPIED_PER_STEP);
  return [...collection.toArray()];
}

function addAll(target: JavaList, index: number, added: JavaCollection): boolean {
  const values = copyOf(added);
  target.insert(index, values);
  return values.length > 0;
}

function removeAt(target: JavaList, index: number): JavaValue {
  const old = target.get(index);
  target.removeRange(index, index + 1);
  return old;
}

function removeFirst(target: JavaList, value: JavaValue): boolean {
  const index = indexOf(target, value);
  if (index === -1) return false;
  target.removeRange(index, index + 1);
  return true;
}

/** Keeps the values that are in `others` (`retainsMatching`), or those that are not. */
function retain(target: JavaList, others: JavaCollection, retainsMatching: boolean): boolean {
  const retained = target.toArray().filter((item) => contains(others, item) === retainsMatching);
  if (retained.length === target.size) return false;
  target.removeRange(0, target.size);
  target.insert(0, retained);
  return true;
}

function indexOf(target: JavaList, value: JavaValue): number {
  return target.toArray().findIndex((item) => javaEquals(item, value));
}

function lastIndexOf(target: JavaList, value: JavaValue): number {
  return target.toArray().findLastIndex((item) => javaEquals(item, value));
}

function subList(target: JavaList, from: number, to: number): JavaSubList {
  if (from < 0) throw javaException('java.lang.IndexOutOfBoundsException', `fromIndex = ${from}`);
  if (to > target.size) {
    throw javaException('java.lang.IndexOutOfBoundsException', `toIndex = ${to}`);
  }
  if (from > to) {
    throw javaException(
      'java.lang.IllegalArgumentException',
      `fromIndex(${from}) > toIndex(${to})`,
    );
  }
  return new JavaSubList(target, from, to);
}

/** Removes the entry of the first view item that equals one of the values. */
function removeFromMap(view: JavaMapView, values: readonly JavaValue[]): boolean {
  const keys = view.map.keys();
  const position = view
    .toArray()
    .findIndex((item) => values.some((value) => javaEquals(item, value)));
  if (position === -1) return false;
  view.map.remove(keys[position] ?? null);
  return true;
}

function removeMatching(view: JavaMapView, others: JavaCollection, matching: boolean): boolean {
  const keys = view.map.keys();
  const removedKeys = view
    .toArray()
    .flatMap((item, index) => (contains(others, item) === matching ? [keys[index] ?? null] : []));
  for (const key of removedKeys) view.map.remove(key);
  return removedKeys.length > 0;
}
