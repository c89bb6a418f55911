import type { CharacterTest } from './ast';
import { javaException } from './errors';

/** Maximum nesting of groups and classes. */
const DEPTH = 250;

export interface Flags {
  readonly ignoreCase: boolean;
  readonly unicodeCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly comments: boolean;
  readonly unixLines: boolean;
}

export const NO_FLAGS: Flags = {
  ignoreCase: false,
  unicodeCase: false,
  multiline: false,
  dotAll: false,
  comments: false,
  unixLines: false,
};

/** Reads the text of a pattern; the base of all its parsers. */
export abstract class PatternReader {
  protected readonly source: string;
  protected position = 0;
  protected flags: Flags;
  #depth = 0;

  constructor(source: string, flags: Flags) {
    this.source = source;
    this.flags = flags;
  }

  /** @throws EvaluationError if groups and classes are nested too deep */
  protected nested<T>(read: () => T): T {
    this.#depth++;
    if (this.#depth > DEPTH) throw this.error(`Nesting deeper than ${DEPTH}`);
    const result = read();
    this.#depth--;
    return result;
  }

  protected skipComments(): void {
    if (!this.flags.comments) return;
    for (;;) {
      const match = /^(?:[ \t\n\v\f\r]+|#[^\n\r\u0085\u2028\u2029]*)/.exec(
        this.source.slice(this.position),
      );
      if (match === null) return;
      this.position += match[0].length;
    }
  }

  /** The next character, a whole code point, or `''` at the end. */
  protected peek(): string {
    const code = this.source.codePointAt(this.position);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  protected next(): string {
    const character = this.peek();
    this.position += character.length;
    return character;
  }

  protected take(text: string): boolean {
    if (!this.source.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  protected error(what: string): Error {
    return javaException(
      'java.util.regex.PatternSyntaxException',
      `${what} near index ${this.position}\n${this.source}`,
    );
  }

  protected caseTest(test: CharacterTest): CharacterTest {
    if (!this.flags.ignoreCase) return test;
    const variants = this.flags.unicodeCase ? unicodeCases : asciiCases;
    return (code) => variants(code).some(test);
  }
}

function asciiCases(code: number): number[] {
  if (code >= 0x41 && code <= 0x5a) return [code, code + 0x20];
  if (code >= 0x61 && code <= 0x7a) return [code, code - 0x20];
  return [code];
}

function unicodeCases(code: number): number[] {
  const text = String.fromCodePoint(code);
  return [text, text.toLowerCase(), text.toUpperCase()].map((form) => form.codePointAt(0) ?? code);
}
