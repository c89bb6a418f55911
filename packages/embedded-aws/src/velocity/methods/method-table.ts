import { javaException, notImplemented, nullPointer } from '../errors';
import { toBigInt, toDouble, toInteger } from '../java/arithmetic';
import { JavaCollection } from '../java/collection';
import { JavaArray } from '../java/list';
import { JavaMap } from '../java/map';
import {
  isJavaNumber,
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  JavaLong,
  JavaSmallInteger,
  type JavaValue,
} from '../java/values';

const isInt = (value: JavaValue): boolean =>
  typeof value === 'number' || value instanceof JavaSmallInteger;
const isLong = (value: JavaValue): boolean => isInt(value) || value instanceof JavaLong;
const isFloat = (value: JavaValue): boolean => isLong(value) || value instanceof JavaFloat;
const isString = (value: JavaValue): boolean => value === null || typeof value === 'string';

/**
 * The values that Velocity accepts for a parameter type: primitive types widen and do not accept
 * null, all other types accept null.
 */
const PARAMETER_TYPES = {
  Object: () => true,
  String: isString,
  CharSequence: isString,
  int: isInt,
  long: isLong,
  float: isFloat,
  double: (value) => isFloat(value) || value instanceof JavaDouble,
  boolean: (value) => typeof value === 'boolean',
  char: (value) => value instanceof JavaCharacter,
  Integer: (value) => value === null || typeof value === 'number',
  Long: (value) => value === null || value instanceof JavaLong,
  Double: (value) => value === null || value instanceof JavaDouble,
  Boolean: (value) => value === null || typeof value === 'boolean',
  Character: (value) => value === null || value instanceof JavaCharacter,
  BigInteger: (value) => value === null || typeof value === 'bigint',
  BigDecimal: (value) =>
    value === null || (isJavaNumber(value) && typeof value === 'object' && 'unscaled' in value),
  Collection: (value) =>
    value === null || (value instanceof JavaCollection && !(value instanceof JavaArray)),
  Map: (value) => value === null || value instanceof JavaMap,
  /** A type of which templates have no values except null. */
  Comparator: (value) => value === null,
  /** Any number of further arguments. */
  '...Object': () => true,
  '...CharSequence': isString,
} satisfies Record<string, (value: JavaValue) => boolean>;

export type ParameterType = keyof typeof PARAMETER_TYPES;

/** The arguments of a call, which match the parameter types of the called method. */
export class Arguments {
  readonly values: readonly JavaValue[];

  constructor(values: readonly JavaValue[]) {
    this.values = values;
  }

  value(index: number): JavaValue {
    return this.values[index] ?? null;
  }

  /** @throws TemplateEvaluationError (NullPointerException) if the argument is null */
  string(index: number): string {
    const value = this.value(index);
    if (typeof value !== 'string') throw nullPointer();
    return value;
  }

  int(index: number): number {
    const value = this.value(index);
    if (!isJavaNumber(value)) throw nullPointer();
    return toInteger(value);
  }

  long(index: number): bigint {
    const value = this.value(index);
    if (!isJavaNumber(value)) throw nullPointer();
    return toBigInt(value);
  }

  double(index: number): number {
    const value = this.value(index);
    if (!isJavaNumber(value)) throw nullPointer();
    return toDouble(value);
  }

  boolean(index: number): boolean {
    const value = this.value(index);
    if (typeof value !== 'boolean') throw nullPointer();
    return value;
  }

  character(index: number): string {
    const value = this.value(index);
    if (!(value instanceof JavaCharacter)) throw nullPointer();
    return value.value;
  }

  collection(index: number): JavaCollection {
    const value = this.value(index);
    if (!(value instanceof JavaCollection)) throw nullPointer();
    return value;
  }

  map(index: number): JavaMap {
    const value = this.value(index);
    if (!(value instanceof JavaMap)) throw nullPointer();
    return value;
  }

  /** The arguments starting at `index`. */
  rest(index: number): readonly JavaValue[] {
    return this.values.slice(index);
  }
}

/** The result of a Java method declared `void`: Velocity prints nothing for it. */
export const VOID = '';

export type MethodBody<T> = (target: T, values: Arguments) => JavaValue;

/** Calls the overload that matches the arguments; undefined if there is none. */
export type Method<T> = (target: T, values: readonly JavaValue[]) => JavaValue | undefined;

interface Overload<T> {
  readonly parameters: readonly ParameterType[];
  readonly isVariadic: boolean;
  readonly body: MethodBody<T>;
}

/**
 * A method: its name, its parameter types (separated by spaces) and its implementation. The most
 * specific overloads come first.
 */
export type MethodRow<T> = readonly [name: string, parameters: string, body: MethodBody<T>];

/** The methods that Velocity finds on objects of a Java class. */
export class MethodTable<T> {
  readonly #className: string;
  readonly #methods = new Map<string, Overload<T>[]>();
  readonly #unimplemented: ReadonlySet<string>;
  readonly #readers = {
    get: new Map<string, { readonly body: MethodBody<T> | undefined }>(),
    is: new Map<string, { readonly body: MethodBody<T> | undefined }>(),
  };

  /** @param missing names of Java methods that this engine does not implement */
  constructor(
    className: string,
    groups: readonly (readonly MethodRow<T>[])[],
    missing: readonly string[] = [],
  ) {
    this.#className = className;
    this.#unimplemented = new Set(missing);
    for (const [name, types, body] of groups.flat()) {
      const parameters = types === '' ? [] : types.split(' ').map(parameterType);
      const isVariadic = parameters.at(-1)?.startsWith('...') ?? false;
      const overloads = this.#methods.get(name) ?? [];
      overloads.push({ parameters, isVariadic, body });
      this.#methods.set(name, overloads);
    }
  }

  /**
   * Calls a method; undefined if the class has no method that accepts these arguments.
   * @throws TemplateEvaluationError if the method throws, or is not implemented here
   */
  invoke(target: T, name: string, values: readonly JavaValue[]): JavaValue | undefined {
    return this.method(name)(target, values);
  }

  /** {@link invoke} for one name, for callers that call it repeatedly. */
  method(name: string): Method<T> {
    const overloads = this.#methods.get(name) ?? [];
    return (target, values) => {
      for (const overload of overloads) {
        if (isApplicable(overload, values)) return overload.body(target, new Arguments(values));
      }
      return this.#unknown(name, values);
    };
  }

  /** Like {@link method}, for constant arguments. */
  constantMethod(name: string, values: readonly JavaValue[]): (target: T) => JavaValue | undefined {
    const overload = this.#methods.get(name)?.find((each) => isApplicable(each, values));
    if (overload === undefined) return () => this.#unknown(name, values);
    const given = new Arguments(values);
    return (target) => overload.body(target, given);
  }

  #unknown(name: string, values: readonly JavaValue[]): undefined {
    if (values.length > 0 && this.hasGetter(name)) {
      // Velocity accepts a method without parameters for any arguments, and then Java rejects the
      // call.
      throw javaException('java.lang.IllegalArgumentException', 'wrong number of arguments');
    }
    if (this.#unimplemented.has(name)) throw notImplemented(`${this.#className}.${name}()`);
    return undefined;
  }

  /** Returns true if there is a method with this name and no parameters. */
  hasGetter(name: string): boolean {
    return this.#getter(name) !== undefined;
  }

  #getter(name: string): Overload<T> | undefined {
    return this.#methods.get(name)?.find(({ parameters }) => parameters.length === 0);
  }

  /**
   * The implementation of the getter of a property: `getName` or, with `is`, `isName`. Velocity
   * tries the name as is, and with the case of its first letter changed.
   */
  propertyReader(prefix: 'get' | 'is', name: string): MethodBody<T> | undefined {
    const readers = this.#readers[prefix];
    let reader = readers.get(name);
    if (reader === undefined) {
      const overload = accessors(prefix, name).map((accessor) => this.#getter(accessor));
      reader = { body: overload.find((each) => each !== undefined)?.body };
      // Names come from templates, so their number must be limited.
      if (readers.size < MAX_CACHED_READERS) readers.set(name, reader);
    }
    return reader.body;
  }
}

const MAX_CACHED_READERS = 1_000;

/** The arguments of every call without arguments. */
export const NO_ARGUMENTS = new Arguments([]);

function accessors(prefix: string, name: string): readonly [string, string] {
  const first = name.charAt(0);
  const changed = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  return [prefix + name, prefix + changed + name.slice(1)];
}

function parameterType(name: string): ParameterType {
  if (Object.hasOwn(PARAMETER_TYPES, name)) return name as ParameterType;
  throw new TypeError(`No parameter type is called ${name}`);
}

function isApplicable(
  overload: Pick<Overload<never>, 'parameters' | 'isVariadic'>,
  values: readonly JavaValue[],
): boolean {
  const { parameters, isVariadic } = overload;
  const fixed = isVariadic ? parameters.length - 1 : parameters.length;
  if (values.length < fixed || (!isVariadic && values.length > fixed)) return false;
  for (let index = 0; index < values.length; index++) {
    const type = parameters[Math.min(index, parameters.length - 1)];
    if (type === undefined || !PARAMETER_TYPES[type](values[index] ?? null)) return false;
  }
  return true;
}
