import { invalidParameter } from './errors';
import { type MessageFilter, selectorOf } from './message';

/**
 * The tokens of a JSON pattern: parentheses and operators, texts in quotes, and everything else up
 * to the next of these.
 */
const TOKEN = /\s*(\(|\)|&&|\|\||!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|[^\s()&|!<>="]+)\s*/y;

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/**
 * Compiles a pattern of JSON properties: `{ $.status = "207" && ($.stage = dev || $.latency > 10) }`.
 * A property that is missing, or an object or a list, matches neither `=` nor `!=`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @param pattern what stands between the braces
 * @throws AwsError InvalidParameterException
 */
export function compileJsonPattern(pattern: string): MessageFilter {
  const parser = new Parser(tokensOf(pattern));
  const filter = parser.either();
  parser.end();
  return (message) => message.json !== undefined && filter(message);
}

const invalid = () => invalidParameter('Invalid metric filter pattern');

function tokensOf(pattern: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const token = TOKEN.exec(pattern)?.[1];
    if (token === undefined) throw invalid();
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly #tokens: string[];

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  /** `a || b`, which binds less than `&&`. */
  either(): MessageFilter {
    const filters = this.#separated('||', () =>
      all(this.#separated('&&', () => this.#condition())),
    );
    const [only] = filters;
    if (only !== undefined && filters.length === 1) return only;
    return (message) => filters.some((fits) => fits(message));
  }

  end(): void {
    if (this.#tokens.length > 0) throw invalid();
  }

  #separated(separator: string, next: () => MessageFilter): MessageFilter[] {
    const filters = [next()];
    while (this.#take(separator)) filters.push(next());
    return filters;
  }

  #condition(): MessageFilter {
    if (this.#take('(')) {
      const filter = this.either();
      if (!this.#take(')')) throw invalid();
      return filter;
    }
    const path = selectorOf(this.#next());
    if (path === undefined) throw invalid();
    const operator = this.#next();
    const operand = this.#next();
    const test = wordTest(operator, operand) ?? valueTest(operator, operand);
    return (message) => test(message.select(path));
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #next(): string {
    const token = this.#tokens.shift();
    if (token === undefined) throw invalid();
    return token;
  }
}

const all =
  (filters: readonly MessageFilter[]): MessageFilter =>
  (message) =>
    filters.every((fits) => fits(message));

type ValueTest = (value: unknown) => boolean;

/** `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS` */
function wordTest(operator: string, operand: string): ValueTest | undefined {
  switch (`${operator} ${operand}`) {
    case 'IS NULL':
      return (value) => value === null;
    case 'IS TRUE':
      return (value) => value === true;
    case 'IS FALSE':
      return (value) => value === false;
    case 'NOT EXISTS':
      return (value) => value === undefined;
    default:
      return undefined;
  }
}

function valueTest(operator: string, operand: string): ValueTest {
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (compare === undefined) throw invalid();
  const isQuoted = operand.startsWith('"');
  if (!isQuoted && /^%.*%$/.test(operand)) {
    throw invalidParameter(`The embedded AWS implements no regular expressions: ${operand}`);
  }
  const text = isQuoted ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  const number = !isQuoted && NUMBER.test(text) ? Number(text) : undefined;
  if (operator !== '=' && operator !== '!=') {
    if (number === undefined) throw invalid();
    return (value) => typeof value === 'number' && compare(value, number);
  }
  const wanted = operator === '=';
  const fits = termTest(text);
  return (value) => {
    if (typeof value === 'number' && number !== undefined) return compare(value, number);
    return isScalar(value) && fits(String(value)) === wanted;
  };
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** An asterisk stands for any text at the beginning or the end of a term, not inside it. */
function termTest(term: string): (value: string) => boolean {
  if (term === '*') return () => true;
  const isOpen = { before: term.startsWith('*'), after: term.endsWith('*') };
  const inner = term.slice(Number(isOpen.before), term.length - Number(isOpen.after));
  if (isOpen.before && isOpen.after) return (value) => value.includes(inner);
  if (isOpen.before) return (value) => value.endsWith(inner);
  return isOpen.after ? (value) => value.startsWith(inner) : (value) => value === term;
}
