import { javaException, notImplemented, type TemplateEvaluationError } from '../errors';
import { type Filter, parseFilter } from './filter-parser';

export type PathToken =
  | { readonly type: 'properties'; readonly names: readonly string[] }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'indexes'; readonly indexes: readonly number[] }
  /** `[from:to]`; negative bounds count from the end. */
  | { readonly type: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: 'wildcard' }
  | { readonly type: 'scan' }
  | { readonly type: 'filter'; readonly filter: Filter };

export interface JsonPath {
  readonly tokens: readonly PathToken[];
  /** True if the path selects a single value; other paths return a list. */
  readonly isDefinite: boolean;
}

/** Maximum nesting of filters in paths in filters. */
const MAX_DEPTH = 20;
const MAX_LENGTH = 10_000;

/**
 * Parses a path of Jayway's JsonPath. The version that API Gateway uses is unknown, so features on
 * which versions disagree are rejected: functions such as `length()`, negative indexes, names in
 * double quotes, and grouping and word operators in filters.
 * @throws TemplateEvaluationError for invalid and for rejected paths
 */
export function parseJsonPath(source: string, depth = 0): JsonPath {
  const trimmed = source.trim();
  if (trimmed === '') throw invalidPath(source, 'is empty');
  if (trimmed.length > MAX_LENGTH || depth > MAX_DEPTH) throw invalidPath(source, 'is too long');
  const rooted = /^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`;
  const tokens = new PathParser(rooted, depth).tokens();
  const isDefinite = tokens.every(({ type }) => type === 'properties' || type === 'index');
  return { tokens, isDefinite };
}

function invalidPath(path: string, problem: string): TemplateEvaluationError {
  return javaException('com.jayway.jsonpath.InvalidPathException', `The path ${path} ${problem}`);
}

class PathParser {
  readonly #source: string;
  readonly #depth: number;
  #position = 1;

  constructor(source: string, depth: number) {
    this.#source = source;
    this.#depth = depth;
  }

  tokens(): PathToken[] {
    const tokens: PathToken[] = [];
    while (this.#position < this.#source.length) {
      const character = this.#source.charAt(this.#position);
      if (character === '[') tokens.push(this.#bracket());
      else if (character === '.') tokens.push(...this.#dotted());
      else throw this.#invalid(`has ${JSON.stringify(character)} instead of "." or "["`);
    }
    if (tokens.at(-1)?.type === 'scan') throw this.#invalid('ends with a scan');
    return tokens;
  }

  /** `.name`, `.*`, `..`, or the dot before a bracket. */
  #dotted(): PathToken[] {
    this.#position++;
    const tokens: PathToken[] = [];
    if (this.#source[this.#position] === '.') {
      tokens.push({ type: 'scan' });
      this.#position++;
    }
    const name = /^[^.[ ]*/.exec(this.#source.slice(this.#position))?.[0] ?? '';
    this.#position += name.length;
    if (name === '') {
      if (this.#source[this.#position] !== '[') throw this.#invalid('has a "." without a name');
      return tokens;
    }
    if (/['"\]]/.test(name)) throw notImplemented(`The JSONPath name ${name}`);
    if (/\(.*\)$/.test(name)) throw notImplemented(`The JSONPath function ${name}`);
    tokens.push(name === '*' ? { type: 'wildcard' } : { type: 'properties', names: [name] });
    return tokens;
  }

  #bracket(): PathToken {
    const rest = this.#source.slice(this.#position);
    if (/^\[\s*\?/.test(rest)) return this.#filter();
    const quoted = /^\[\s*'[^']*'(?:\s*,\s*'[^']*')*\s*\]/.exec(rest)?.[0];
    if (quoted !== undefined) {
      this.#position += quoted.length;
      const names = [...quoted.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
      return { type: 'properties', names };
    }
    const end = rest.indexOf(']');
    if (end === -1) throw this.#invalid('has an unclosed "["');
    this.#position += end + 1;
    return this.#subscript(rest.slice(1, end).trim());
  }

  #subscript(content: string): PathToken {
    if (content === '*') return { type: 'wildcard' };
    const slice = /^(-?\d+)?\s*:\s*(-?\d+)?$/.exec(content);
    if (slice !== null) return this.#slice(slice[1], slice[2]);
    if (/^\d+$/.test(content)) return { type: 'index', index: Number(content) };
    if (/^\d+(?:\s*,\s*\d+)+$/.test(content)) {
      return { type: 'indexes', indexes: content.split(',').map(Number) };
    }
    if (/^(?:-\d|"|\(|[\d,:\s]*$)/.test(content)) {
      throw notImplemented(`The JSONPath subscript [${content}]`);
    }
    throw this.#invalid(`has the invalid subscript [${content}]`);
  }

  #slice(from: string | undefined, to: string | undefined): PathToken {
    const isEmpty = from === undefined && to === undefined;
    const hasBoth = from !== undefined && to !== undefined;
    if (isEmpty || (hasBoth && `${from}${to}`.includes('-'))) {
      throw notImplemented(`The JSONPath slice [${from ?? ''}:${to ?? ''}]`);
    }
    return {
      type: 'slice',
      from: from === undefined ? undefined : Number(from),
      to: to === undefined ? undefined : Number(to),
    };
  }

  /** `[?(...)]`: ends at the bracket after its closing parenthesis. */
  #filter(): PathToken {
    const start = this.#position;
    let open = 0;
    let inString = false;
    for (let i = start; i < this.#source.length; i++) {
      const character = this.#source.charAt(i);
      if (character === "'" && this.#source[i - 1] !== '\\') inString = !inString;
      if (inString) continue;
      if (character === '(') open++;
      else if (character === ')') open--;
      else if (character === ']' && open === 0) {
        this.#position = i + 1;
        return { type: 'filter', filter: this.#parseFilter(start, i) };
      }
    }
    throw this.#invalid('has an unclosed filter');
  }

  #parseFilter(start: number, end: number): Filter {
    const content = this.#source.slice(start + 1, end).trim();
    const inner = /^\?\s*\(([\s\S]*)\)$/.exec(content)?.[1];
    if (inner === undefined) throw this.#invalid(`has the invalid filter [${content}]`);
    return parseFilter(inner, (path) => this.#operandPath(path));
  }

  #operandPath(path: string): JsonPath {
    const parsed = parseJsonPath(path, this.#depth + 1);
    if (!parsed.isDefinite) throw this.#invalid(`has the indefinite path ${path} in a filter`);
    return parsed;
  }

  #invalid(problem: string): TemplateEvaluationError {
    return invalidPath(this.#source, problem);
  }
}
