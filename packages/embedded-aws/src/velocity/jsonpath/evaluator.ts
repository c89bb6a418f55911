import { spend } from '../../core/evaluation-budget';
import { javaException, TemplateEvaluationError } from '../errors';
import { JavaArray, JavaArrayList, JavaList, JSON_ARRAY } from '../java/list';
import { JavaMap } from '../java/map';
import type { JavaValue } from '../java/values';
import { passes } from './filter';
import type { JsonPath, PathToken } from './parser';

/**
 * Maximum number of values that one path visits, also outside of templates: nested scans multiply.
 */
const MAX_VISITS = 2_000_000;

const STEPS_OF_VISIT = 2;

/** In addition to the cost of the paths in the filter. */
const STEPS_OF_FILTER = 3;

/** Jayway's `PathNotFoundException`. */
class PathNotFound extends Error {
  override readonly name = 'PathNotFound';
}

/** Created once: missing members are common, and every new error would capture a stack trace. */
const PATH_NOT_FOUND = new PathNotFound();

/**
 * Evaluates a path like Jayway's JsonPath 2.0.
 * @returns the value of a definite path, or a list for any other; undefined if the path does not
 *   exist
 * @throws TemplateEvaluationError if Jayway throws an exception other than that for a missing path
 */
export function evaluateJsonPath(path: JsonPath, document: JavaValue): JavaValue | undefined {
  return new Evaluation(document).evaluate(path, document);
}

class Evaluation {
  readonly #root: JavaValue;
  #visits = 0;

  constructor(root: JavaValue) {
    this.#root = root;
  }

  evaluate(path: JsonPath, value: JavaValue): JavaValue | undefined {
    if (path.isDefinite) return this.#follow(path.tokens, value);
    const found: JavaValue[] = [];
    try {
      this.#token(path.tokens, 0, value, found);
    } catch (error) {
      if (error instanceof PathNotFound) return undefined;
      throw error;
    }
    return new JavaArrayList(found, JSON_ARRAY);
  }

  #visit(): void {
    spend(STEPS_OF_VISIT);
    this.#visits++;
    if (this.#visits > MAX_VISITS) {
      throw new TemplateEvaluationError(`A JSONPath visited more than ${MAX_VISITS} values`);
    }
  }

  /**
   * Fast path for definite paths, which do not branch: most paths are definite, and loops use many.
   */
  #follow(tokens: readonly PathToken[], document: JavaValue): JavaValue | undefined {
    let value: JavaValue | undefined = document;
    this.#visit();
    for (let index = 0; index < tokens.length && value !== undefined; index++) {
      const token = tokens[index];
      if (token?.type === 'index') value = elementAt(token.index, value);
      else if (token?.type === 'properties') {
        value = member(token.names, index === tokens.length - 1, value);
      }
      this.#visit();
    }
    return value;
  }

  /** Applies the token at `index` to the value, and the remaining tokens to what it selects. */
  #token(tokens: readonly PathToken[], index: number, value: JavaValue, found: JavaValue[]): void {
    this.#visit();
    const token = tokens[index];
    if (token === undefined) {
      found.push(value);
      return;
    }
    const next = (selected: JavaValue) => this.#token(tokens, index + 1, selected, found);
    switch (token.type) {
      case 'properties':
        this.#properties(token.names, tokens, index, value, next);
        break;
      case 'wildcard':
        wildcard(value, next);
        break;
      case 'scan':
        this.#scan(tokens, index + 1, value, found);
        break;
      case 'filter':
        this.#filter(token, value, next);
        break;
      default:
        elements(token, value, next);
    }
  }

  #properties(
    names: readonly string[],
    tokens: readonly PathToken[],
    index: number,
    value: JavaValue,
    next: (selected: JavaValue) => void,
  ): void {
    const isLast = index === tokens.length - 1;
    const selected = member(names, isLast, value);
    if (selected !== undefined) next(selected);
    else if (!(value instanceof JavaMap) || isLast || isDefiniteAround(tokens, index)) {
      throw PATH_NOT_FOUND;
    }
  }

  #filter(
    token: Extract<PathToken, { type: 'filter' }>,
    value: JavaValue,
    next: (selected: JavaValue) => void,
  ): void {
    if (value instanceof JavaMap) {
      if (this.#accepts(token, value)) next(value);
    } else if (isArray(value)) {
      for (const item of value.toArray()) if (this.#accepts(token, item)) next(item);
    } else {
      throw javaException(
        'com.jayway.jsonpath.InvalidPathException',
        'A filter can not be applied to primitives',
      );
    }
  }

  #accepts(token: Extract<PathToken, { type: 'filter' }>, item: JavaValue): boolean {
    this.#visit();
    spend(STEPS_OF_FILTER);
    return passes(token.filter, item, this.#root, (path, value) => this.evaluate(path, value));
  }

  /** `..`: applies the token at `index` to every descendant that it fits. */
  #scan(tokens: readonly PathToken[], index: number, value: JavaValue, found: JavaValue[]): void {
    const token = tokens[index];
    if (token === undefined) return;
    this.#visit();
    if (value instanceof JavaMap) {
      if (this.#fits(token, value)) this.#token(tokens, index, value, found);
      for (const child of members(value)) this.#scan(tokens, index, child, found);
    } else if (isArray(value)) {
      if (this.#fits(token, value)) this.#scanList(tokens, index, value, found);
      for (const child of value.toArray()) this.#scan(tokens, index, child, found);
    }
  }

  /** If more tokens follow, Jayway applies them to all elements, regardless of this token. */
  #scanList(tokens: readonly PathToken[], index: number, list: JavaList, found: JavaValue[]): void {
    if (index === tokens.length - 1) {
      this.#token(tokens, index, list, found);
      return;
    }
    for (const item of list.toArray()) this.#token(tokens, index + 1, item, found);
  }

  #fits(token: PathToken, value: JavaMap | JavaList): boolean {
    switch (token.type) {
      case 'properties':
        return value instanceof JavaMap && token.names.every((name) => value.has(name));
      case 'wildcard':
        return true;
      case 'filter':
        return this.#accepts(token, value);
      case 'scan':
        return false;
      default:
        return value instanceof JavaList;
    }
  }
}

/**
 * The member with a name, or a map of the members with several names; undefined if there is none.
 */
function member(
  names: readonly string[],
  isLast: boolean,
  value: JavaValue,
): JavaValue | undefined {
  if (!(value instanceof JavaMap)) return undefined;
  const [name] = names;
  if (names.length === 1 && name !== undefined)
    return value.has(name) ? value.get(name) : undefined;
  if (!isLast) {
    throw javaException(
      'com.jayway.jsonpath.InvalidPathException',
      'Several properties can only be selected at the end of a path',
    );
  }
  const present = names.filter((each) => value.has(each));
  return JavaMap.of(present.map((each) => [each, value.get(each)] as const));
}

/** Jayway 2.0's condition for failing: no token from the previous one on selects several values. */
function isDefiniteAround(tokens: readonly PathToken[], index: number): boolean {
  return tokens
    .slice(Math.max(0, index - 1))
    .every(({ type }) => type === 'properties' || type === 'index');
}

/** A JSON array, as opposed to a Java array that a template has put into the payload. */
function isArray(value: JavaValue): value is JavaList {
  return value instanceof JavaList && !(value instanceof JavaArray);
}

/** Jayway casts keys to strings; a template may have put keys of other types into the payload. */
function members(map: JavaMap): JavaValue[] {
  if (map.keys().some((key) => key !== null && typeof key !== 'string')) {
    throw javaException('java.lang.ClassCastException', 'A key cannot be cast to java.lang.String');
  }
  return map.values();
}

/** All members or elements, without elements that lack the rest of the path. */
function wildcard(value: JavaValue, next: (selected: JavaValue) => void): void {
  if (value instanceof JavaMap) {
    for (const member of members(value)) next(member);
    return;
  }
  if (!isArray(value)) return;
  for (const item of value.toArray()) {
    try {
      next(item);
    } catch (error) {
      if (!(error instanceof PathNotFound)) throw error;
    }
  }
}

function elements(
  token: Extract<PathToken, { type: 'index' | 'indexes' | 'slice' }>,
  value: JavaValue,
  next: (selected: JavaValue) => void,
): void {
  const items = itemsOf(value);
  if (items === undefined) throw PATH_NOT_FOUND;
  for (const index of positions(token, items.length)) {
    if (index >= items.length) throw PATH_NOT_FOUND;
    next(items[index] ?? null);
  }
}

/** The element at a position; undefined if there is none. */
function elementAt(index: number, value: JavaValue): JavaValue | undefined {
  const items = itemsOf(value);
  return items === undefined || index >= items.length ? undefined : (items[index] ?? null);
}

/**
 * The elements to which an index can be applied; undefined for null.
 * @throws TemplateEvaluationError if the value is not an array
 */
function itemsOf(value: JavaValue): readonly JavaValue[] | undefined {
  if (value === null) return undefined;
  if (isArray(value)) return value.toArray();
  throw javaException(
    'com.jayway.jsonpath.InvalidPathException',
    'An index can only be applied to arrays',
  );
}

function positions(
  token: Extract<PathToken, { type: 'index' | 'indexes' | 'slice' }>,
  length: number,
): readonly number[] {
  if (token.type === 'index') return [token.index];
  if (token.type === 'indexes') return token.indexes;
  const from = token.from ?? 0;
  const to = token.to ?? length;
  const start = Math.max(0, from < 0 ? length + from : from);
  const end = Math.min(length, to < 0 ? length + to : to);
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
}
