import type { CharacterTest } from './ast';
import { complement, ESCAPED_CLASSES, namedClass } from './character-classes';
import { PatternReader } from './pattern-reader';

const CONTROL_ESCAPES: Readonly<Record<string, number>> = {
  t: 0x09,
  n: 0x0a,
  r: 0x0d,
  f: 0x0c,
  a: 0x07,
  e: 0x1b,
};

/** Parses what follows a backslash, inside or outside of a class. */
export abstract class EscapeParser extends PatternReader {
  /** `\d`, `\p{...}` and similar, if one is next. */
  protected escapedClass(): CharacterTest | undefined {
    const letter = this.peek();
    if (Object.hasOwn(ESCAPED_CLASSES, letter)) {
      this.position++;
      return ESCAPED_CLASSES[letter];
    }
    if (letter !== 'p' && letter !== 'P') return undefined;
    this.position++;
    const match = /^(?:\{([^}]*)\}|([\s\S]))/.exec(this.source.slice(this.position));
    const name = match?.[1] ?? match?.[2] ?? '';
    const test = namedClass(name, this.flags.ignoreCase);
    if (match === null || test === undefined) {
      throw this.error(`Unknown character property name {${name}}`);
    }
    this.position += match[0].length;
    return letter === 'p' ? test : complement(test);
  }

  /** The character of the escape at the position. */
  protected escapedCodePoint(): number {
    const letter = this.next();
    if (letter === '') throw this.error('Unexpected internal error');
    if (Object.hasOwn(CONTROL_ESCAPES, letter)) return CONTROL_ESCAPES[letter] ?? 0;
    switch (letter) {
      case '0':
        return this.#matched(/^(?:[0-3][0-7]{2}|[0-7]{1,2})/, 8, 'Illegal octal escape sequence');
      case 'x':
        return this.#hexadecimal();
      case 'u':
        return this.#unicodeEscape();
      case 'c':
        return (this.next().charCodeAt(0) || 0) ^ 64;
      default:
        if (/^[a-zA-Z]$/.test(letter)) throw this.error('Illegal/unsupported escape sequence');
        return letter.codePointAt(0) ?? 0;
    }
  }

  #hexadecimal(): number {
    if (!this.take('{')) {
      return this.#matched(/^[0-9a-fA-F]{2}/, 16, 'Illegal hexadecimal escape sequence');
    }
    const code = this.#matched(/^[0-9a-fA-F]{1,6}/, 16, 'Illegal hexadecimal escape sequence');
    if (!this.take('}') || code > 0x10ffff) throw this.error('Illegal hexadecimal escape sequence');
    return code;
  }

  /** `\uXXXX`; two of them may form a surrogate pair. */
  #unicodeEscape(): number {
    const high = this.#matched(/^[0-9a-fA-F]{4}/, 16, 'Illegal Unicode escape sequence');
    if (high < 0xd800 || high > 0xdbff) return high;
    const match = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(this.source.slice(this.position));
    if (match === null) return high;
    this.position += match[0].length;
    return 0x10000 + ((high - 0xd800) << 10) + (Number.parseInt(match[1] ?? '', 16) - 0xdc00);
  }

  #matched(expression: RegExp, radix: number, message: string): number {
    const match = expression.exec(this.source.slice(this.position, this.position + 8));
    if (match === null) throw this.error(message);
    this.position += match[0].length;
    return Number.parseInt(match[0], radix);
  }
}
