import { TemplateParseError } from '../errors';
import { type LexicalState, PATTERNS_BY_STATE, type TokenKind } from './token-patterns';

export interface Token {
  readonly kind: TokenKind;
  /** The token's text. Like in Velocity, the parser removes escapes from it. */
  image: string;
  /** Preceding text that formed no token: a `$` or `#` that started nothing. */
  readonly special: readonly string[];
}

interface StackedState {
  readonly state: LexicalState;
  readonly openParentheses: number;
  readonly closedParentheses: number;
}

interface Match {
  readonly kind: TokenKind;
  readonly role: 'token' | 'more' | 'special' | 'skip';
  readonly length: number;
}

const COMMENT_TEXT = /[^$#*\\\r\n]*/y;
const TEXTBLOCK_TEXT = /[^$#\]\\]*/y;
const LEFT_PARENTHESIS_AHEAD = /[ \t\r\n]*\(/y;

/**
 * The lexer of Velocity 1.7. It reads one token at a time, because the parser switches its state in
 * between; a stack of states handles nested references and directives.
 */
export class Lexer {
  readonly #input: string;
  #position = 0;
  #state: LexicalState = 'text';
  #stack: StackedState[] = [];
  #openParentheses = 0;
  #closedParentheses = 0;
  #inComment = false;
  inSet = false;

  constructor(input: string) {
    this.#input = input;
  }

  /** @throws TemplateParseError if no token matches */
  next(): Token {
    const special: string[] = [];
    let start = this.#position;
    let prefix = '';
    for (;;) {
      const atStart = this.#position === start && prefix === '';
      if (this.#position >= this.#input.length) {
        if (atStart) return { kind: 'EOF', image: '', special };
        throw this.#error('ends inside a token');
      }
      const match = this.#longestMatch();
      if (match === undefined) throw this.#error('has an unexpected character');
      this.#position += match.length;
      if (match.role === 'more') {
        prefix = this.#more(match.kind, prefix, match.length);
        continue;
      }
      const image = prefix + this.#input.slice(this.#position - match.length, this.#position);
      if (match.role === 'token') return this.#token(match.kind, image, special);
      if (match.role === 'special') {
        special.push(image);
        // The character that ended the reference or directive becomes text again.
        this.#position -= 1;
        this.popState();
      } else {
        this.#skipRun(COMMENT_TEXT);
      }
      start = this.#position;
      prefix = '';
    }
  }

  /** Called by the parser after a directive's name; its arguments follow. */
  enterDirective(): void {
    this.#state = 'directive';
  }

  /** Returns true if a `(` follows, possibly after spaces and newlines. Consumes nothing. */
  isLeftParenthesisAhead(): boolean {
    LEFT_PARENTHESIS_AHEAD.lastIndex = this.#position;
    return LEFT_PARENTHESIS_AHEAD.test(this.#input);
  }

  popState(): boolean {
    const stacked = this.#stack.pop();
    if (stacked === undefined) {
      this.#openParentheses = 0;
      this.#state = 'text';
      return false;
    }
    this.#state = stacked.state;
    this.#openParentheses = stacked.openParentheses;
    this.#closedParentheses = stacked.closedParentheses;
    return true;
  }

  #pushState(next: LexicalState): void {
    this.#stack.push({
      state: this.#state,
      openParentheses: this.#openParentheses,
      closedParentheses: this.#closedParentheses,
    });
    this.#openParentheses = 0;
    this.#state = next;
  }

  #longestMatch(): Match | undefined {
    let best: Match | undefined;
    for (const { kind, match, role } of PATTERNS_BY_STATE.get(this.#state) ?? []) {
      const length = match(this.#input, this.#position);
      if (length > (best?.length ?? 0)) best = { kind, role, length };
    }
    return best;
  }

  /** Consumes a run of characters at once that would each match separately. */
  #skipRun(run: RegExp): string {
    run.lastIndex = this.#position;
    const text = run.exec(this.#input)?.[0] ?? '';
    this.#position += text.length;
    return text;
  }

  #more(kind: TokenKind, prefix: string, length: number): string {
    const image = prefix + this.#input.slice(this.#position - length, this.#position);
    if (kind === 'TEXTBLOCK_CHARACTER') return image + this.#skipRun(TEXTBLOCK_TEXT);
    if (this.#inComment) return image;
    switch (kind) {
      case 'DOLLAR':
      case 'DOLLARBANG':
        this.#leaveReference(['reference']);
        this.#pushState('reference');
        break;
      case 'HASH':
        this.#leaveReference(['reference', 'referenceModifier']);
        this.#pushState('directiveName');
        break;
      case 'TEXTBLOCK_START':
        this.#enterComment('textblock');
        break;
      case 'FORMAL_COMMENT_START':
        // The character after "#**" was only a lookahead.
        this.#position -= 1;
        this.#enterComment('formalComment');
        break;
      case 'MULTI_LINE_COMMENT_START':
        this.#enterComment('multiLineComment');
        break;
      default:
    }
    return image;
  }

  #leaveReference(states: readonly LexicalState[]): void {
    if (states.includes(this.#state)) this.popState();
  }

  #enterComment(state: LexicalState): void {
    this.#inComment = true;
    this.#pushState(state);
  }

  #token(kind: TokenKind, image: string, special: readonly string[]): Token {
    const action = TOKEN_ACTIONS[kind];
    const finalImage = action === undefined ? image : this.#apply(action, image);
    return { kind, image: finalImage, special };
  }

  /** Applies a token's effect on the lexer; returns the token's image. */
  #apply(action: TokenAction, image: string): string {
    switch (action) {
      case 'openIndex':
        this.#pushState('referenceIndex');
        return image;
      case 'pop':
        this.popState();
        return image;
      case 'openParenthesis':
        this.#openParentheses++;
        if (this.#state === 'referenceModifier') this.#state = 'methodArguments';
        return image;
      case 'closeParenthesis':
        this.#closeParenthesis();
        return image;
      case 'closeArguments':
        this.#state = 'reference';
        return image;
      case 'openSet':
        this.#pushState('directive');
        this.inSet = true;
        this.#openParentheses++;
        return image;
      case 'openLineComment':
        if (!this.#inComment) {
          this.#leaveReference(['reference']);
          this.#enterComment('singleLineComment');
        }
        return image;
      case 'closeComment':
        this.#inComment = false;
        this.popState();
        return image;
      case 'openCondition':
        this.#state = 'directive';
        return image;
      case 'literal':
        return this.#literal(image);
      case 'dot':
        // The letter after the dot belongs to the name that follows.
        this.#position -= 1;
        this.#state = 'referenceModifier';
        return '.';
    }
  }

  /** A literal before any parenthesis ends the directive: it is plain text. */
  #literal(image: string): string {
    const isRangeStart = image.endsWith('..');
    if (isRangeStart) this.#position -= 2;
    const isString = image.endsWith('"') || image.endsWith("'");
    const endable = isString
      ? this.#state === 'directive'
      : this.#state !== 'methodArguments' && this.#state !== 'referenceIndex';
    if (endable && !this.inSet && this.#openParentheses === 0) this.popState();
    return isRangeStart ? image.slice(0, -2) : image;
  }

  /** Returns to the state that opened the parenthesis being closed. */
  #closeParenthesis(): void {
    while (this.#openParentheses === 0) {
      if (!this.popState()) return;
    }
    if (this.#openParentheses === this.#closedParentheses + 1) this.popState();
    else this.#closedParentheses++;
  }

  #error(problem: string): TemplateParseError {
    const lines = this.#input.slice(0, this.#position).split(/\r\n|\n|\r/);
    const column = (lines.at(-1)?.length ?? 0) + 1;
    return new TemplateParseError(
      `The template ${problem} at line ${lines.length}, column ${column}`,
    );
  }
}

type TokenAction =
  | 'openIndex'
  | 'pop'
  | 'openParenthesis'
  | 'closeParenthesis'
  | 'closeArguments'
  | 'openSet'
  | 'openLineComment'
  | 'closeComment'
  | 'openCondition'
  | 'literal'
  | 'dot';

const TOKEN_ACTIONS: Partial<Record<TokenKind, TokenAction>> = {
  INDEX_LBRACKET: 'openIndex',
  INDEX_RBRACKET: 'pop',
  LPAREN: 'openParenthesis',
  RPAREN: 'closeParenthesis',
  REFMOD2_RPAREN: 'closeArguments',
  SET_DIRECTIVE: 'openSet',
  SINGLE_LINE_COMMENT_START: 'openLineComment',
  SINGLE_LINE_COMMENT: 'closeComment',
  FORMAL_COMMENT: 'closeComment',
  MULTI_LINE_COMMENT: 'closeComment',
  TEXTBLOCK: 'closeComment',
  STRING_LITERAL: 'literal',
  INTEGER_LITERAL: 'literal',
  FLOATING_POINT_LITERAL: 'literal',
  END: 'pop',
  ELSE_DIRECTIVE: 'pop',
  IF_DIRECTIVE: 'openCondition',
  ELSEIF_DIRECTIVE: 'openCondition',
  DOT: 'dot',
  RCURLY: 'pop',
};
