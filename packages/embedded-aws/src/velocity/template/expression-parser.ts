import type { BinaryOperator, Expression, Reference, ReferenceStep } from './ast';
import { parseFloatingPoint, parseInteger } from './number-literal';
import { describeReference } from './reference-source';
import { parseStringLiteral } from './string-literal';
import type { TokenKind } from './token-patterns';
import type { TokenReader } from './token-reader';

/** The operators by precedence, lowest first. */
const PRECEDENCE: readonly Partial<Record<TokenKind, BinaryOperator>>[] = [
  { LOGICAL_OR: '||' },
  { LOGICAL_AND: '&&' },
  { LOGICAL_EQUALS: '==', LOGICAL_NOT_EQUALS: '!=' },
  { LOGICAL_LT: '<', LOGICAL_GT: '>', LOGICAL_LE: '<=', LOGICAL_GE: '>=' },
  { PLUS: '+', MINUS: '-' },
  { MULTIPLY: '*', DIVIDE: '/', MODULUS: '%' },
];

/** The tokens that can start a method argument. */
const ARGUMENT_START: readonly TokenKind[] = [
  'WHITESPACE',
  'STRING_LITERAL',
  'INTEGER_LITERAL',
  'LBRACKET',
  'LEFT_CURLEY',
  'TRUE',
  'FALSE',
  'IDENTIFIER',
  'LCURLY',
  'FLOATING_POINT_LITERAL',
];

/** Velocity's expressions and references, named after the productions of its grammar. */
export class ExpressionParser {
  readonly #tokens: TokenReader;
  /** By position of a `[`: true if it opens a range. Cached, because nested lookaheads multiply. */
  readonly #ranges = new Map<number, boolean>();
  readonly #sources = new Map<Expression, string>();

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  /** @throws TemplateParseError */
  expression(): Expression {
    return this.#tokens.nested(() => this.#binary(0));
  }

  #binary(level: number): Expression {
    const operators = PRECEDENCE[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators[this.#tokens.peek()];
      if (operator === undefined) return left;
      this.#tokens.take(this.#tokens.peek());
      const start = this.#tokens.position;
      const right = this.#binary(level + 1);
      const leftText = this.#source(left);
      left = { type: 'binary', operator, left, right, leftText, rightText: this.#source(right) };
      // Velocity opens the node after the operator, so its source is that of the right operand.
      this.#sources.set(left, this.#tokens.literal(start));
    }
  }

  /** The source text that Velocity stores for an operand. */
  #source(operand: Expression): string {
    return this.#sources.get(operand) ?? '';
  }

  #unary(): Expression {
    const blank = this.#tokens.peek() === 'WHITESPACE' ? 1 : 0;
    if (this.#tokens.peek(blank) !== 'LOGICAL_NOT') return this.#primary();
    this.#tokens.skip('WHITESPACE');
    this.#tokens.take('LOGICAL_NOT');
    return { type: 'not', operand: this.#tokens.nested(() => this.#unary()) };
  }

  #primary(): Expression {
    this.#tokens.skip('WHITESPACE');
    let value: Expression;
    if (this.#tokens.skip('LPAREN')) {
      const start = this.#tokens.position;
      value = this.expression();
      this.#sources.set(value, this.#tokens.literal(start));
      this.#tokens.take('RPAREN');
    } else {
      const start = this.#tokens.position;
      value = this.#operand();
      this.#sources.set(value, this.#tokens.literal(start));
    }
    this.#tokens.skip('WHITESPACE');
    return value;
  }

  /** A value in the arguments of a method, in a list or in a map. */
  parameter(): Expression {
    this.#tokens.skip('WHITESPACE');
    const value = this.#operand();
    this.#tokens.skip('WHITESPACE');
    return value;
  }

  /** An argument of a directive other than the built-in ones. */
  directiveArgument(): Expression {
    if (this.#tokens.peek() !== 'WORD') return this.#operand();
    this.#tokens.take('WORD');
    return { type: 'word' };
  }

  #operand(): Expression {
    switch (this.#tokens.peek()) {
      case 'STRING_LITERAL':
        return parseStringLiteral(this.#tokens.take('STRING_LITERAL').image);
      case 'IDENTIFIER':
      case 'LCURLY':
        return { type: 'reference', reference: this.reference() };
      case 'INTEGER_LITERAL':
        return {
          type: 'constant',
          value: parseInteger(this.#tokens.take('INTEGER_LITERAL').image),
        };
      case 'FLOATING_POINT_LITERAL':
        return {
          type: 'constant',
          value: parseFloatingPoint(this.#tokens.take('FLOATING_POINT_LITERAL').image),
        };
      case 'LBRACKET':
        return this.#isRange() ? this.#range() : this.#tokens.nested(() => this.#list());
      case 'LEFT_CURLEY':
        return this.#tokens.nested(() => this.#map());
      case 'TRUE':
        this.#tokens.take('TRUE');
        return { type: 'constant', value: true };
      case 'FALSE':
        this.#tokens.take('FALSE');
        return { type: 'constant', value: false };
      default:
        throw this.#tokens.unexpected();
    }
  }

  #isRange(): boolean {
    const start = this.#tokens.position;
    let known = this.#ranges.get(start);
    if (known === undefined) {
      known = this.#tokens.matchesAhead(() => {
        this.#tokens.take('LBRACKET');
        this.#rangeEnd();
        this.#tokens.take('DOUBLEDOT');
      });
      this.#ranges.set(start, known);
    }
    return known;
  }

  #range(): Expression {
    this.#tokens.take('LBRACKET');
    const from = this.#rangeEnd();
    this.#tokens.take('DOUBLEDOT');
    const to = this.#rangeEnd();
    this.#tokens.take('RBRACKET');
    return { type: 'range', from, to };
  }

  #rangeEnd(): Expression {
    this.#tokens.skip('WHITESPACE');
    const isNumber = this.#tokens.peek() === 'INTEGER_LITERAL';
    const value: Expression = isNumber
      ? this.#operand()
      : { type: 'reference', reference: this.reference() };
    this.#tokens.skip('WHITESPACE');
    return value;
  }

  #list(): Expression {
    const items: Expression[] = [];
    this.#tokens.take('LBRACKET');
    if (this.#tokens.peek() !== 'RBRACKET') {
      do items.push(this.parameter());
      while (this.#tokens.skip('COMMA'));
    }
    this.#tokens.take('RBRACKET');
    return { type: 'list', items };
  }

  #map(): Expression {
    const entries: (readonly [Expression, Expression])[] = [];
    this.#tokens.take('LEFT_CURLEY');
    if (this.#isMapEntryAhead()) {
      do {
        const key = this.parameter();
        this.#tokens.take('COLON');
        entries.push([key, this.parameter()]);
      } while (this.#tokens.skip('COMMA'));
    } else {
      this.#tokens.skip('WHITESPACE');
    }
    // Each lexer state has its own token for this brace.
    this.#tokens.take('RIGHT_CURLEY', 'RCURLY');
    return { type: 'map', entries };
  }

  #isMapEntryAhead(): boolean {
    const blank = this.#tokens.peek() === 'WHITESPACE' ? 1 : 0;
    const kind = this.#tokens.peek(blank);
    return kind !== 'WHITESPACE' && ARGUMENT_START.includes(kind);
  }

  /** Returns true if a reference starts here; a single `{` is text. */
  isReferenceAhead(): boolean {
    const kind = this.#tokens.peek();
    return kind === 'IDENTIFIER' || (kind === 'LCURLY' && this.#tokens.peek(1) === 'IDENTIFIER');
  }

  reference(): Reference {
    return this.#tokens.nested(() => this.#reference());
  }

  #reference(): Reference {
    const start = this.#tokens.position;
    const first = this.#tokens.take('IDENTIFIER', 'LCURLY');
    const isFormal = first.kind === 'LCURLY';
    const second = isFormal ? this.#tokens.take('IDENTIFIER').image : '';
    const path: ReferenceStep[] = [];
    this.#indexes(path);
    while (this.#tokens.peek() === 'DOT' && this.#tokens.peek(1) === 'IDENTIFIER') {
      this.#tokens.take('DOT');
      path.push(this.#member());
      this.#indexes(path);
    }
    if (isFormal) this.#tokens.take('RCURLY');
    return describeReference(this.#tokens, start, first, second, path);
  }

  #indexes(path: ReferenceStep[]): void {
    while (this.#tokens.skip('INDEX_LBRACKET')) {
      this.#tokens.skip('WHITESPACE');
      const index = this.#index();
      this.#tokens.skip('WHITESPACE');
      this.#tokens.take('INDEX_RBRACKET');
      path.push({ type: 'index', index });
    }
  }

  #index(): Expression {
    const allowed: readonly TokenKind[] = [
      'STRING_LITERAL',
      'INTEGER_LITERAL',
      'TRUE',
      'FALSE',
      'IDENTIFIER',
      'LCURLY',
    ];
    if (!allowed.includes(this.#tokens.peek())) throw this.#tokens.unexpected();
    return this.#operand();
  }

  #member(): ReferenceStep {
    const isMethod = this.#isMethodAhead();
    const name = this.#tokens.take('IDENTIFIER').image;
    if (!isMethod) return { type: 'property', name };
    this.#tokens.take('LPAREN');
    const parameters: Expression[] = [];
    if (this.#tokens.peek() !== 'REFMOD2_RPAREN') {
      do parameters.push(this.parameter());
      while (this.#tokens.skip('COMMA'));
    }
    this.#tokens.take('REFMOD2_RPAREN');
    return { type: 'method', name, parameters };
  }

  #isMethodAhead(): boolean {
    if (this.#tokens.peek(1) !== 'LPAREN') return false;
    const third = this.#tokens.peek(2);
    return third === 'REFMOD2_RPAREN' || ARGUMENT_START.includes(third);
  }
}
