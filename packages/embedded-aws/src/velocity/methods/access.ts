import { spend, spendOnText, workLeft } from '../../core/evaluation-budget';
import { JavaBigDecimal } from '../java/big-decimal';
import { JavaIterator } from '../java/collection';
import { JavaArray, JavaArrayList, JavaList, JSON_ARRAY } from '../java/list';
import { JavaMap, JavaMapEntry, JavaMapView } from '../java/map';
import {
  JavaCharacter,
  JavaDouble,
  JavaLong,
  JavaNumberObject,
  type JavaObject,
  type JavaValue,
} from '../java/values';
import { FOREACH_SCOPE_METHODS, ForeachScope } from '../template/foreach-scope';
import { TemplateObject } from '../variables/template-object';
import {
  ARRAY_LIST_METHODS,
  ITERATOR_METHODS,
  JSON_ARRAY_METHODS,
  LIST_METHODS,
  MAP_ENTRY_METHODS,
  MAP_VIEW_METHODS,
} from './collection-methods';
import { MAP_METHODS } from './map-methods';
import { type Method, type MethodTable, NO_ARGUMENTS } from './method-table';
import {
  BIG_DECIMAL_METHODS,
  BIG_INTEGER_METHODS,
  DOUBLE_METHODS,
  INTEGER_METHODS,
  LONG_METHODS,
  SMALL_NUMBER_METHODS,
} from './number-methods';
import { PLAIN_OBJECT_METHODS } from './object-methods';
import { BOOLEAN_METHODS, CHARACTER_METHODS } from './scalar-methods';
import { STRING_METHODS } from './string-methods';

type Value = NonNullable<JavaValue>;

/** The method table of an object's class, with an erased target type. */
type AnyMethodTable = MethodTable<never>;

/** String methods whose cost does not depend on the length of the string. */
const CHEAP_ON_TEXT: ReadonlySet<string> = new Set([
  'charAt',
  'codePointAt',
  'endsWith',
  'intern',
  'isEmpty',
  'length',
  'startsWith',
  'subSequence',
  'substring',
  'toString',
]);

/** String methods that search a text with a regular expression. */
const SEARCHES: ReadonlySet<string> = new Set(['matches', 'replaceAll', 'replaceFirst']);

/** Longer texts are rarely the same twice. */
const REMEMBERED_LENGTH = 256;

/** Counts the cost of a string method before the call. */
function spendOnCall(target: Value, isCheap: boolean): void {
  if (typeof target === 'string' && !isCheap) spendOnText(target.length);
}

function methodsOf(target: Value): AnyMethodTable {
  switch (typeof target) {
    case 'string':
      return STRING_METHODS;
    case 'number':
      return INTEGER_METHODS;
    case 'boolean':
      return BOOLEAN_METHODS;
    case 'bigint':
      return BIG_INTEGER_METHODS;
    default:
      return methodsOfObject(target);
  }
}

function methodsOfObject(target: JavaObject): AnyMethodTable {
  if (target instanceof JavaMap) return MAP_METHODS;
  if (target instanceof JavaArrayList) {
    return target.javaClass === JSON_ARRAY ? JSON_ARRAY_METHODS : ARRAY_LIST_METHODS;
  }
  if (target instanceof ForeachScope) return FOREACH_SCOPE_METHODS;
  if (target instanceof JavaMapEntry) return MAP_ENTRY_METHODS;
  if (target instanceof JavaList) return LIST_METHODS;
  if (target instanceof JavaMapView) return MAP_VIEW_METHODS;
  if (target instanceof JavaIterator) return ITERATOR_METHODS;
  if (target instanceof JavaCharacter) return CHARACTER_METHODS;
  return target instanceof JavaNumberObject ? methodsOfNumber(target) : PLAIN_OBJECT_METHODS;
}

function methodsOfNumber(target: JavaNumberObject): AnyMethodTable {
  if (target instanceof JavaLong) return LONG_METHODS;
  if (target instanceof JavaDouble) return DOUBLE_METHODS;
  return target instanceof JavaBigDecimal ? BIG_DECIMAL_METHODS : SMALL_NUMBER_METHODS;
}

/**
 * Calls a method of an object; undefined if it has no method that accepts these arguments.
 * @throws TemplateEvaluationError if the method throws
 */
export function invokeMethod(
  target: Value,
  name: string,
  values: readonly JavaValue[],
): JavaValue | undefined {
  if (target instanceof TemplateObject) return target.invoke(name, values);
  spendOnCall(target, CHEAP_ON_TEXT.has(name));
  return methodsOf(target).invoke(target as never, name, values);
}

/**
 * {@link invokeMethod} for one call in a template that runs repeatedly. It caches the method for
 * the class of the last target, which is usually the class of the next one too.
 */
export function callOf(
  name: string,
): (target: Value, values: readonly JavaValue[]) => JavaValue | undefined {
  const isCheap = CHEAP_ON_TEXT.has(name);
  let known: AnyMethodTable | undefined;
  let method: Method<never> | undefined;
  return (target, values) => {
    if (target instanceof TemplateObject) return target.invoke(name, values);
    spendOnCall(target, isCheap);
    const methods = methodsOf(target);
    if (methods !== known || method === undefined) {
      known = methods;
      method = methods.method(name);
    }
    return method(target as never, values);
  };
}

/** Like {@link callOf}, for constant arguments, or none. */
export function constantCallOf(
  name: string,
  values: readonly JavaValue[],
): (target: Value) => JavaValue | undefined {
  const isCheap = CHEAP_ON_TEXT.has(name);
  let known: AnyMethodTable | undefined;
  let method: ((target: never) => JavaValue | undefined) | undefined;
  return (target) => {
    if (target instanceof TemplateObject) return target.invoke(name, values);
    spendOnCall(target, isCheap);
    const methods = methodsOf(target);
    if (methods !== known || method === undefined) {
      known = methods;
      const found = methods.constantMethod(name, values);
      const isSearch = methods === STRING_METHODS && SEARCHES.has(name);
      method = isSearch ? rememberingLast(found) : found;
    }
    return method(target as never);
  };
}

/**
 * A search that remembers the last text with its result, which is a text or a boolean: one record and
 * one request after another ask about the same names. It counts the same steps again.
 */
function rememberingLast(
  search: (text: never) => JavaValue | undefined,
): (text: string) => JavaValue | undefined {
  let last: { readonly text: string; readonly result: JavaValue; readonly steps: number };
  return (text) => {
    if (last?.text === text) {
      spend(last.steps);
      return last.result;
    }
    const before = workLeft();
    const result = search(text as never);
    const steps = before - workLeft();
    // Outside of a template nothing is counted.
    if (result !== undefined && text.length <= REMEMBERED_LENGTH && Number.isFinite(steps)) {
      last = { text, result, steps };
    }
    return result;
  };
}

/**
 * Reads a property like Velocity: `getName()`, a map entry, `isName()`.
 * @returns null if there is none
 */
export function getProperty(target: Value, name: string): JavaValue {
  if (target instanceof JavaMap) return target.get(name);
  if (target instanceof TemplateObject) return target.getProperty(name) ?? null;
  // Velocity gives arrays the methods of a list, but no properties.
  if (target instanceof JavaArray) return null;
  const methods = methodsOf(target);
  const getter = methods.propertyReader('get', name);
  if (getter !== undefined) return getter(target as never, NO_ARGUMENTS);
  if (target instanceof ForeachScope) return target.get(name);
  return methods.propertyReader('is', name)?.(target as never, NO_ARGUMENTS) ?? null;
}

/** Sets a property if the object allows it; otherwise does nothing. */
export function setProperty(target: Value, name: string, value: JavaValue): void {
  if (target instanceof JavaMap) target.put(name, value);
  else if (target instanceof ForeachScope) target.put(name, value);
  else if (target instanceof TemplateObject) target.setProperty(name, value);
  else if (target instanceof JavaMapEntry && /^[vV]alue$/.test(name)) target.setValue(value);
}
