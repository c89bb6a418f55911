import { TemplateParseError } from '../errors';
import { TEMPLATE_DEPTH } from '../limits';
import type { Lexer, Token } from './lexer';
import type { TokenKind } from './token-patterns';

/** A production did not match; not an error during a lookahead. */
class UnexpectedTokenError extends TemplateParseError {}

/**
 * The tokens as the parser sees them: read from the lexer on demand, and kept for lookaheads and
 * for directives that print their own source.
 */
export class TokenReader {
  readonly lexer: Lexer;
  readonly #tokens: Token[] = [];
  #position = 0;
  #depth = 0;

  constructor(lexer: Lexer) {
    this.lexer = lexer;
  }

  /** Position of the next token. */
  get position(): number {
    return this.#position;
  }

  /** The kind of the next token, or of one further ahead. */
  peek(ahead = 0): TokenKind {
    return this.#at(this.#position + ahead).kind;
  }

  peekToken(): Token {
    return this.#at(this.#position);
  }

  /** @throws UnexpectedTokenError if the next token is of another kind */
  take(...kinds: readonly TokenKind[]): Token {
    const token = this.#at(this.#position);
    if (!kinds.includes(token.kind)) throw this.unexpected();
    this.#position++;
    return token;
  }

  /** Consumes the next token if it is of this kind. */
  skip(kind: TokenKind): boolean {
    if (this.peek() !== kind) return false;
    this.#position++;
    return true;
  }

  /** Returns true if the production matches from here on. Consumes nothing. */
  matchesAhead(production: () => void): boolean {
    const start = this.#position;
    try {
      production();
      return true;
    } catch (error) {
      if (error instanceof UnexpectedTokenError) return false;
      throw error;
    } finally {
      this.#position = start;
    }
  }

  /** @throws TemplateParseError if productions are nested too deep */
  nested<T>(production: () => T): T {
    this.#depth++;
    if (this.#depth > TEMPLATE_DEPTH) {
      throw new TemplateParseError(
        `The template is nested more than ${TEMPLATE_DEPTH} levels deep`,
      );
    }
    try {
      return production();
    } finally {
      this.#depth--;
    }
  }

  /** The source of the tokens from `start` to the last one consumed, as Velocity stores it. */
  literal(start: number): string {
    return this.#tokens.slice(start, this.#position).map(tokenLiteral).join('');
  }

  /** The images of the tokens from `start` to the last one consumed. */
  images(start: number): string {
    return this.#tokens
      .slice(start, this.#position)
      .map((token) => token.image)
      .join('');
  }

  unexpected(): UnexpectedTokenError {
    const token = this.peekToken();
    const problem =
      token.kind === 'EOF'
        ? 'ends unexpectedly'
        : `has an unexpected ${JSON.stringify(token.image)}`;
    return new UnexpectedTokenError(`The template ${problem}`);
  }

  #at(index: number): Token {
    let token = this.#tokens[index];
    while (token === undefined) {
      this.#tokens.push(this.lexer.next());
      token = this.#tokens[index];
    }
    return token;
  }
}

/**
 * A token's text including its special text: a `$` or `#` that started nothing is printed after
 * all.
 */
export function tokenLiteral(token: Token): string {
  if (token.kind === 'MULTI_LINE_COMMENT') return '';
  if (token.special.length === 0 || token.special.at(-1)?.startsWith('##')) return token.image;
  return token.special.map(specialText).join('') + token.image;
}

/** Of special text, Velocity keeps `$`, `#` and the backslashes before a `$`. */
function specialText(special: string): string {
  let kept = '';
  for (let i = 0; i < special.length; i++) {
    const character = special.charAt(i);
    if (character === '#' || character === '$') kept += character;
    if (character !== '\\') continue;
    let end = i;
    while (special[end] === '\\') end++;
    if (special[end] !== '$') continue;
    kept += special.slice(i, end + 1);
    i = end + 1;
  }
  return kept;
}
