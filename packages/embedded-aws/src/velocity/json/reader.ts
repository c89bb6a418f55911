import { spend, spendOnText } from '../../core/evaluation-budget';
import { JavaArrayList, JSON_ARRAY } from '../java/list';
import { JavaMap } from '../java/map';
import { javaTrim } from '../java/trim';
import { JavaFloat, type JavaValue } from '../java/values';
import { JSON_DEPTH } from '../limits';
import { payloadKey } from '../names';
import {
  BLANK,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  END,
  END_CODE,
  NINE,
  OPENING_BRACE,
  OPENING_BRACKET,
  SINGLE_QUOTE,
  ZERO,
} from './characters';
import { readEscapedString } from './escaped-string';
import { JsonParseError } from './json-parse-error';
import { readFraction, readInteger } from './numbers';

/** Returns false at the end of the text, where the code is NaN. */
function isBlank(code: number): boolean {
  return code === BLANK || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Characters that end an unquoted value; so does the end of the text. */
const STOPS = { key: ':', value: ',}', array: ',]', root: '' } as const;

type Stops = (typeof STOPS)[keyof typeof STOPS];

/**
 * Reads JSON like json-smart in its permissive mode, which API Gateway uses for payloads and
 * `$util.parseJson`: quotes may be single or missing, commas redundant, and text after the value is
 * ignored. Text that is not JSON at all is a string.
 *
 * Integers become Integer, Long or BigInteger; other numbers become Double, or BigDecimal if longer
 * than 18 characters. Of equal keys, the last one counts.
 * @throws JsonParseError
 */
export function readJson(text: string): JavaValue {
  spendOnText(text.length);
  return new JsonReader(text).root();
}

class JsonReader {
  readonly #text: string;
  #position = 0;
  #depth = 0;
  /**
   * The keys of the previous object at each depth: consecutive records usually have the same keys.
   */
  readonly #previousKeys: string[][] = [];
  /**
   * Position of the next backslash, as of the previous search; the end of the text if there is none.
   */
  #backslash = -1;

  constructor(text: string) {
    this.#text = text;
  }

  root(): JavaValue {
    return this.#value(STOPS.root);
  }

  get #character(): string {
    return this.#text[this.#position] ?? END;
  }

  /** NaN at the end of the text. */
  get #code(): number {
    return this.#text.charCodeAt(this.#position);
  }

  #value(stops: Stops): JavaValue {
    this.#skipBlanks();
    switch (this.#code) {
      case COLON:
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        throw this.#unexpectedCharacter();
      case OPENING_BRACE:
        return this.#object();
      case OPENING_BRACKET:
        return this.#array();
      case DOUBLE_QUOTE:
        return this.#string('"');
      case SINGLE_QUOTE:
        return this.#string("'");
      default:
        return this.#scalar(stops);
    }
  }

  #scalar(stops: Stops): JavaValue {
    const character = this.#character;
    if (character === '-' || isDigit(character)) return this.#number(stops);
    // Only a word that starts with one of these letters can be a keyword.
    return KEYWORD_STARTS.includes(character)
      ? keywordOrText(this.#unquoted(stops))
      : this.#unquoted(stops);
  }

  #enter(): void {
    this.#depth++;
    if (this.#depth > JSON_DEPTH) {
      throw new JsonParseError(
        `Malicious payload, having non natural depths, full stop on ${this.#character} at position ${this.#position}.`,
      );
    }
    this.#position++;
  }

  /** @param size number of values in the list or map */
  #leave(size: number): void {
    // Creating the container itself takes longer than creating a number, and more memory.
    spend(STEPS_OF_CONTAINER + size);
    this.#depth--;
    this.#position++;
  }

  #array(): JavaValue {
    const items: JavaValue[] = [];
    this.#enter();
    for (;;) {
      this.#skipBlanksAndCommas();
      switch (this.#code) {
        case CLOSING_BRACKET:
          this.#leave(items.length);
          return new JavaArrayList(items, JSON_ARRAY);
        case COLON:
        case CLOSING_BRACE:
          throw this.#unexpectedCharacter();
        default:
          if (this.#character === END) throw this.#unexpectedEnd('EOF');
          items.push(this.#value(STOPS.array));
      }
    }
  }

  #object(): JavaValue {
    const map = new JavaMap();
    this.#enter();
    this.#previousKeys[this.#depth] ??= [];
    for (;;) {
      this.#skipBlanksAndCommas();
      switch (this.#code) {
        case CLOSING_BRACE:
          this.#leave(map.size);
          return map;
        case COLON:
        case CLOSING_BRACKET:
        case OPENING_BRACKET:
        case OPENING_BRACE:
          throw this.#unexpectedCharacter();
        default:
      }
      this.#member(map);
      const after = this.#code;
      if (after !== CLOSING_BRACE && after !== COMMA) {
        const character = this.#character;
        throw character === END ? this.#unexpectedEnd('null') : this.#unexpectedToken(character);
      }
    }
  }

  /** Reads `key: value` and the white space that follows. */
  #member(map: JavaMap): void {
    const key = this.#key(map.size);
    this.#skipControl();
    if (this.#code !== COLON) {
      throw this.#character === END ? this.#unexpectedEnd('null') : this.#unexpectedCharacter(1);
    }
    this.#position++;
    if (this.#position >= this.#text.length) throw this.#unexpectedEnd('EOF');
    map.fill(key, this.#value(STOPS.value));
    this.#skipControl();
  }

  /** @param index number of members before it */
  #key(index: number): string {
    const first = this.#code;
    if (first === DOUBLE_QUOTE) return this.#quotedKey(index);
    return first === SINGLE_QUOTE ? this.#string("'") : this.#unquoted(STOPS.key);
  }

  #quotedKey(index: number): string {
    const start = this.#position + 1;
    const previousKeys = this.#previousKeys[this.#depth] ?? [];
    const previous = previousKeys[index];
    if (previous !== undefined && this.#text.startsWith(previous, start)) {
      const end = start + previous.length;
      if (this.#text.charCodeAt(end) === DOUBLE_QUOTE) {
        this.#position = end + 1;
        return previous;
      }
    }
    const key = payloadKey(this.#string('"'));
    // A key with escapes is not the same as its source text.
    const isWithoutEscapes = this.#position - 1 - start === key.length;
    if (isWithoutEscapes && index < MAX_CACHED_KEYS) previousKeys[index] = key;
    return key;
  }

  #string(quote: '"' | "'"): string {
    const start = this.#position + 1;
    const end = this.#text.indexOf(quote, start);
    if (end === -1) {
      throw new JsonParseError(`Unexpected End Of File position ${this.#text.length}: null`);
    }
    if (!this.#hasBackslash(start, end)) {
      this.#position = end + 1;
      return this.#text.slice(start, end);
    }
    const [text, quoteAt] = readEscapedString(this.#text, quote, start);
    this.#position = quoteAt + 1;
    return text;
  }

  /** Most texts have few backslashes or none: one search saves a search per string. */
  #hasBackslash(start: number, end: number): boolean {
    if (this.#backslash < start) {
      const next = this.#text.indexOf('\\', start);
      this.#backslash = next === -1 ? this.#text.length : next;
    }
    return this.#backslash < end;
  }

  #unquoted(stops: Stops): string {
    const start = this.#position;
    this.#skipUnquoted(stops);
    return javaTrim(this.#text.slice(start, this.#position));
  }

  #skipUnquoted(stops: Stops): void {
    const start = this.#position;
    while (this.#character !== END && !stops.includes(this.#character)) this.#position++;
    spend((this.#position - start) / UNQUOTED_PER_STEP);
  }

  /** Reads a number, or a text that only starts like one. */
  #number(stops: Stops): JavaValue {
    const start = this.#position;
    this.#position++;
    this.#skipDigits();
    const isInteger = !'.eE'.includes(this.#character);
    if (this.#character === '.') {
      this.#position++;
      this.#skipDigits();
    }
    if (this.#character === 'e' || this.#character === 'E') {
      this.#position++;
      if (!/[+\-0-9]/.test(this.#character)) return this.#unquotedFrom(start, stops);
      this.#position++;
      this.#skipDigits();
    }
    this.#skipControl();
    const next = this.#character;
    // json-smart ends a number at non-ASCII characters, and then treats them as garbage.
    const isUnquoted = next < '~' && next !== END && !stops.includes(next);
    if (isUnquoted) return this.#unquotedFrom(start, stops);
    const text = javaTrim(this.#text.slice(start, this.#position));
    return isInteger ? readInteger(text) : readFraction(text);
  }

  #unquotedFrom(start: number, stops: Stops): string {
    this.#skipUnquoted(stops);
    return javaTrim(this.#text.slice(start, this.#position));
  }

  #skipBlanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#position))) this.#position++;
  }

  #skipBlanksAndCommas(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code !== COMMA && !isBlank(code)) return;
      this.#position++;
    }
  }

  /** Skips the characters that Java's `trim` removes, up to the end of the text. */
  #skipControl(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (!(code <= BLANK) || code === END_CODE) return;
      this.#position++;
    }
  }

  #skipDigits(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (!(code >= ZERO && code <= NINE)) return;
      this.#position++;
    }
  }

  #unexpectedCharacter(before = 0): JsonParseError {
    const position = this.#position - before;
    return new JsonParseError(`Unexpected character (${this.#character}) at position ${position}.`);
  }

  #unexpectedToken(token: string): JsonParseError {
    return new JsonParseError(`Unexpected token ${token} at position ${this.#position - 1}.`);
  }

  #unexpectedEnd(what: string): JsonParseError {
    return new JsonParseError(`Unexpected End Of File position ${this.#position - 1}: ${what}`);
  }
}

const STEPS_OF_CONTAINER = 4;

/** Characters outside of quotes are inspected one by one. */
const UNQUOTED_PER_STEP = 8;

/** Objects with more members are rarely numerous. */
const MAX_CACHED_KEYS = 32;

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

const KEYWORD_STARTS = 'nftN';

function keywordOrText(text: string): JavaValue {
  switch (text) {
    case 'null':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'NaN':
      return new JavaFloat(Number.NaN);
    default:
      return text;
  }
}
