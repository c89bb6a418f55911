import { type Mark, YamlError } from './yaml-error';

/** Returned by {@link Characters.peek} at the end of the text. */
export const END = '\0';

/** True for line breaks of YAML 1.1. */
export const isBreak = (char: string): boolean =>
  char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';

export const isBreakOrEnd = (char: string): boolean => char === END || isBreak(char);

/** True for what ends a word: blanks, line breaks and the end of the text. */
export const isBlank = (char: string): boolean =>
  char === ' ' || char === '\t' || isBreakOrEnd(char);

/** Everything that a YAML 1.1 stream may not contain: control characters and lone surrogates. */
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A text that is read from its beginning to its end, with the place of the next character. */
export class Characters {
  readonly #text: string;
  #index = 0;
  #line = 0;
  #column = 0;

  /** @throws YamlError for control characters */
  constructor(text: string) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
    const unprintable = UNPRINTABLE.exec(this.#text);
    if (unprintable === null) return;
    this.skip(unprintable.index);
    throw new YamlError('special characters are not allowed', this.mark());
  }

  /** Position in the text, for distances. */
  get index(): number {
    return this.#index;
  }

  get line(): number {
    return this.#line;
  }

  get column(): number {
    return this.#column;
  }

  mark(): Mark {
    return { line: this.#line, column: this.#column };
  }

  /** The character at a distance from the next one. */
  peek(distance = 0): string {
    return this.#text[this.#index + distance] ?? END;
  }

  /** True if the text continues with a prefix. */
  startsWith(prefix: string): boolean {
    return this.#text.startsWith(prefix, this.#index);
  }

  /** The next characters, which stay where they are. */
  prefix(length: number): string {
    return this.#text.slice(this.#index, this.#index + length);
  }

  skip(length = 1): void {
    for (let rest = length; rest > 0 && this.#index < this.#text.length; rest--) {
      const char = this.peek();
      this.#index++;
      if (isBreak(char) && !(char === '\r' && this.peek() === '\n')) {
        this.#line++;
        this.#column = 0;
      } else if (!isLowSurrogate(char)) {
        this.#column++;
      }
    }
  }

  /** Takes characters of one line. */
  take(length: number): string {
    const taken = this.prefix(length);
    this.#index += taken.length;
    this.#column += taken.length - (taken.match(LOW_SURROGATES)?.length ?? 0);
    return taken;
  }

  /** Takes characters of one line as long as they satisfy a condition. */
  takeWhile(accepts: (char: string) => boolean): string {
    let length = 0;
    while (this.#index + length < this.#text.length && accepts(this.peek(length))) length++;
    return this.take(length);
  }

  /** Takes a line break, normalised as YAML 1.1 does; an empty text if there is none. */
  takeBreak(): string {
    const char = this.peek();
    if (!isBreak(char)) return '';
    this.skip(char === '\r' && this.peek(1) === '\n' ? 2 : 1);
    return char === '\u2028' || char === '\u2029' ? char : '\n';
  }

  /** True at the `---` or `...` that separates documents. */
  atDocumentMarker(marker?: string): boolean {
    if (this.#column !== 0 || !isBlank(this.peek(3))) return false;
    return marker === undefined
      ? this.startsWith('---') || this.startsWith('...')
      : this.startsWith(marker);
  }
}

/** The second halves of characters that count as one. */
const LOW_SURROGATES = /[\udc00-\udfff]/g;

function isLowSurrogate(char: string): boolean {
  return char >= '\udc00' && char <= '\udfff';
}
