import { spend } from '../../core/evaluation-budget';
import { remember } from '../../core/remember';
import { javaException, PayloadParseError } from '../errors';
import { JavaMap } from '../java/map';
import type { JavaValue } from '../java/values';
import { JsonParseError } from '../json/json-parse-error';
import { writeJson } from '../json/printer';
import { readJson } from '../json/reader';
import { evaluateJsonPath } from '../jsonpath/evaluator';
import { type JsonPath, parseJsonPath } from '../jsonpath/parser';
import { FOREACH_ITERATIONS } from '../limits';
import { TemplateObject } from './template-object';
import { isPrinted, readWritten, UNREAD } from './written';

/** Request parameters by name. */
export interface InputParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, string>>;
}

/**
 * `$input`: the payload and the parameters. The payload is parsed once, when a template first reads
 * a part of it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference
 */
export class InputVariable extends TemplateObject {
  readonly javaClass = 'com.amazonaws.apigateway.Input';
  readonly #body: string;
  readonly #parameters: InputParameters;
  readonly #written: unknown;
  #document: { readonly value: JavaValue } | undefined;
  #parameterMap: JavaMap | undefined;

  /**
   * @param body the payload's text; API Gateway reads an empty one as `{}` (recorded)
   * @param written the value that `JSON.stringify` made the text from, where it is known
   */
  constructor(body: string, parameters: InputParameters, written?: unknown) {
    super();
    this.#written = written;
    this.#body = body === '' ? '{}' : body;
    this.#parameters = parameters;
  }

  override getProperty(name: string): JavaValue | undefined {
    return name === 'body' ? this.#body : undefined;
  }

  override invoke(name: string, values: readonly JavaValue[]): JavaValue | undefined {
    const [first] = values;
    if (name === 'params') return this.#params(values);
    if (values.length !== 1) return undefined;
    if (first === null && (name === 'path' || name === 'json')) {
      throw javaException('java.lang.IllegalArgumentException', 'json can not be null or empty');
    }
    if (typeof first !== 'string') return undefined;
    switch (name) {
      case 'path':
        return this.#select(first) ?? null;
      case 'json':
        return this.#json(first);
      default:
        return undefined;
    }
  }

  #json(path: string): string {
    if (this.#isUnread() && pathOf(path).tokens.length === 0 && isPrinted(this.#body)) {
      return this.#body;
    }
    // A missing value is an empty JSON string (observed in AWS's console).
    const found = this.#select(path);
    return writeJson(found === undefined ? '' : found);
  }

  #params(values: readonly JavaValue[]): JavaValue {
    const [name] = values;
    if (name === undefined) return this.#allParameters();
    if (values.length === 1 && name === null) return null;
    if (values.length === 1 && typeof name === 'string') return this.#parameter(name);
    // As for any Java method without parameters.
    throw javaException('java.lang.IllegalArgumentException', 'wrong number of arguments');
  }

  /** The value that the path selects; undefined if there is none. */
  #select(path: string): JavaValue | undefined {
    const parsed = pathOf(path);
    if (this.#isUnread()) {
      const value = readWritten(this.#written, parsed);
      if (value !== UNREAD) return value;
    }
    return evaluateJsonPath(parsed, this.#parse());
  }

  /** True while no template can have changed the payload, and what it was written from is known. */
  #isUnread(): boolean {
    return this.#written !== undefined && this.#document === undefined;
  }

  /** @throws PayloadParseError */
  #parse(): JavaValue {
    if (this.#document === undefined) {
      try {
        this.#document = { value: readJson(this.#body) };
      } catch (error) {
        if (!(error instanceof JsonParseError)) throw error;
        throw new PayloadParseError(error.message, { cause: error });
      }
    }
    return this.#document.value;
  }

  /**
   * Of equal names, the path parameter takes precedence over the query string, and that over the
   * header.
   */
  #parameter(name: string): JavaValue {
    for (const kind of PARAMETER_KINDS) {
      const source = this.#parameters[kind];
      if (Object.hasOwn(source, name)) return source[name] ?? null;
    }
    return null;
  }

  #allParameters(): JavaMap {
    const { path, querystring, header } = this.#parameters;
    this.#parameterMap ??= JavaMap.of([
      ['path', JavaMap.of(Object.entries(path))],
      ['querystring', JavaMap.of(Object.entries(querystring))],
      ['header', JavaMap.of(Object.entries(header))],
    ]);
    return this.#parameterMap;
  }
}

const PARAMETER_KINDS = ['path', 'querystring', 'header'] as const;

/** Enough for a few loops with the maximum number of iterations and one path per element. */
const CACHE_SIZE = 4 * FOREACH_ITERATIONS;
/** Longer paths are unlikely to be reused. */
const MAX_CACHED_LENGTH = 200;
const cachedPath = remember(CACHE_SIZE, parsePath);

function parsePath(path: string): JsonPath {
  spend(path.length);
  return parseJsonPath(path);
}

/** Templates use the same few paths repeatedly. */
function pathOf(path: string): JsonPath {
  return path.length > MAX_CACHED_LENGTH ? parsePath(path) : cachedPath(path);
}
