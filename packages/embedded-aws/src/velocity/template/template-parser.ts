import type { Block, Expression, IfStatement, Statement } from './ast';
import {
  assertArgument,
  blockDirective,
  DIRECTIVES,
  type DirectiveArgument,
  type DirectiveName,
  lineDirective,
  text,
  withoutArguments,
} from './directives';
import { ExpressionParser } from './expression-parser';
import { Lexer, type Token } from './lexer';
import type { TokenKind } from './token-patterns';
import { TokenReader, tokenLiteral } from './token-reader';

/** Names that a backslash escapes, in addition to those of {@link DIRECTIVES}. */
const GRAMMAR_DIRECTIVES: readonly string[] = ['if', 'end', 'set', 'else', 'elseif'];

const CONTROL_TOKENS: readonly TokenKind[] = [
  'IF_DIRECTIVE',
  'ELSE_DIRECTIVE',
  'ELSEIF_DIRECTIVE',
  'END',
];

/** Tokens that print themselves. */
const TEXT_TOKENS: readonly TokenKind[] = [
  'TEXT',
  'DOT',
  'RPAREN',
  'LPAREN',
  'INTEGER_LITERAL',
  'FLOATING_POINT_LITERAL',
  'STRING_LITERAL',
  'ESCAPE',
  'LCURLY',
  'RCURLY',
  'EMPTY_INDEX',
];

const COMMENT_TOKENS: readonly TokenKind[] = [
  'SINGLE_LINE_COMMENT_START',
  'FORMAL_COMMENT',
  'MULTI_LINE_COMMENT',
];

/**
 * Parses a template like Velocity 1.7, including its white-space rules.
 * @throws TemplateParseError
 */
export function parseTemplate(source: string): Block {
  return new TemplateParser(source).template();
}

class TemplateParser {
  readonly #lexer: Lexer;
  readonly #tokens: TokenReader;
  readonly #expressions: ExpressionParser;
  readonly #macroNames = new Set<string>();

  constructor(source: string) {
    this.#lexer = new Lexer(source);
    this.#tokens = new TokenReader(this.#lexer);
    this.#expressions = new ExpressionParser(this.#tokens);
  }

  template(): Block {
    const statements = this.#statements();
    this.#tokens.take('EOF');
    return statements;
  }

  #statements(): Block {
    const statements: Statement[] = [];
    for (let next = this.#statement(); next !== undefined; next = this.#statement()) {
      const last = statements.at(-1);
      if (next.type === 'text' && last?.type === 'text') {
        statements[statements.length - 1] = { type: 'text', text: last.text + next.text };
      } else {
        statements.push(next);
      }
    }
    return statements;
  }

  /** The next statement; undefined at the end of the block. */
  #statement(): Statement | undefined {
    const kind = this.#tokens.peek();
    if (kind === 'IF_DIRECTIVE') return this.#tokens.nested(() => this.#if());
    if (this.#expressions.isReferenceAhead()) {
      return { type: 'reference', reference: this.#expressions.reference() };
    }
    if (COMMENT_TOKENS.includes(kind)) return this.#comment();
    if (TEXT_TOKENS.includes(kind)) return text(tokenLiteral(this.#tokens.take(kind)));
    switch (kind) {
      case 'TEXTBLOCK':
        return text(this.#tokens.take(kind).image.slice('#[['.length, -']]#'.length));
      case 'SET_DIRECTIVE':
        return this.#set();
      case 'ESCAPE_DIRECTIVE':
        return text(this.#escapedDirective(this.#tokens.take(kind)));
      case 'DOUBLE_ESCAPE':
        return this.#escape();
      case 'WORD':
      case 'BRACKETED_WORD':
        return this.#tokens.nested(() => this.#directive());
      default:
        return undefined;
    }
  }

  /** A comment prints what precedes it in the same token, such as a lone `$`. */
  #comment(): Statement {
    const token = this.#tokens.take(...COMMENT_TOKENS);
    if (token.kind === 'SINGLE_LINE_COMMENT_START') this.#tokens.skip('SINGLE_LINE_COMMENT');
    const line = token.image.indexOf('##');
    const start = line === -1 ? token.image.indexOf('#*') : line;
    return text(start === -1 ? '' : token.image.slice(0, start));
  }

  #if(): IfStatement {
    const branches: { condition: Expression; block: Block }[] = [];
    this.#tokens.take('IF_DIRECTIVE');
    do branches.push({ condition: this.#condition(), block: this.#statements() });
    while (this.#tokens.skip('ELSEIF_DIRECTIVE'));
    const otherwise = this.#tokens.skip('ELSE_DIRECTIVE') ? this.#statements() : [];
    this.#tokens.take('END');
    return { type: 'if', branches, otherwise };
  }

  #condition(): Expression {
    this.#tokens.skip('WHITESPACE');
    this.#tokens.take('LPAREN');
    const condition = this.#expressions.expression();
    this.#tokens.take('RPAREN');
    return condition;
  }

  #set(): Statement {
    this.#tokens.take('SET_DIRECTIVE');
    this.#tokens.skip('WHITESPACE');
    const target = this.#expressions.reference();
    this.#tokens.skip('WHITESPACE');
    this.#tokens.take('EQUALS');
    const value = this.#expressions.expression();
    this.#tokens.take('RPAREN');
    this.#lexer.inSet = false;
    return { type: 'set', target, value };
  }

  /** `\#name`: half of the backslashes are removed if the name is a known directive. */
  #escapedDirective(token: Token): string {
    const slashes = token.image.lastIndexOf('\\') + 1;
    const directive = token.image.slice(slashes);
    const name = directive.replace(/^#\{?/, '').replace(/\}$/, '');
    const isKnown = GRAMMAR_DIRECTIVES.includes(name) || this.#isDirective(name);
    if (isKnown) token.image = '\\'.repeat(Math.floor((slashes - 1) / 2)) + directive;
    return token.image;
  }

  #isDirective(name: string): boolean {
    return Object.hasOwn(DIRECTIVES, name) || this.#macroNames.has(name);
  }

  /** Pairs of backslashes; before a directive, each pair prints one backslash. */
  #escape(): Statement {
    let count = 0;
    do {
      this.#tokens.take('DOUBLE_ESCAPE');
      count++;
    } while (this.#tokens.peek() === 'DOUBLE_ESCAPE');
    const next = this.#tokens.peekToken();
    const isControl = CONTROL_TOKENS.includes(next.kind) || this.#isDirective(next.image.slice(1));
    return text((isControl ? '\\' : '\\\\').repeat(count));
  }

  #directive(): Statement {
    const start = this.#tokens.position;
    const token = this.#tokens.take('WORD', 'BRACKETED_WORD');
    const name = token.kind === 'WORD' ? token.image.slice(1) : token.image.slice(2, -1);
    const known = Object.hasOwn(DIRECTIVES, name) ? (name as DirectiveName) : undefined;
    this.#lexer.enterDirective();
    if (!this.#lexer.isLeftParenthesisAhead()) {
      this.#lexer.popState();
      return withoutArguments(known, name, token);
    }
    const directiveArguments = this.#arguments(known, name);
    const isBlock = known === undefined ? name.startsWith('@') : DIRECTIVES[known] === 'block';
    if (!isBlock) {
      if (known === undefined) return { type: 'literal', text: this.#tokens.images(start) };
      return lineDirective(known, directiveArguments);
    }
    const blockStart = this.#tokens.position;
    const block = this.#statements();
    const blockText = this.#tokens.literal(blockStart);
    this.#tokens.take('END');
    if (known === undefined) return { type: 'literal', text: this.#tokens.images(start) };
    if (known === 'macro') this.#macroNames.add(directiveArguments[0]?.firstImage ?? '');
    return blockDirective(known, directiveArguments, block, blockText);
  }

  #arguments(known: DirectiveName | undefined, name: string): readonly DirectiveArgument[] {
    const found: DirectiveArgument[] = [];
    this.#tokens.skip('WHITESPACE');
    this.#tokens.take('LPAREN');
    for (;;) {
      this.#tokens.skip('WHITESPACE');
      const comma = this.#tokens.skip('COMMA');
      if (comma) this.#tokens.skip('WHITESPACE');
      else if (this.#tokens.peek() === 'RPAREN') break;
      const start = this.#tokens.position;
      const first = this.#tokens.peekToken();
      const value = this.#expressions.directiveArgument();
      assertArgument(known, name, found.length, value.type === 'word');
      found.push({ value, firstImage: first.image, source: this.#tokens.literal(start) });
    }
    this.#tokens.take('RPAREN');
    return found;
  }
}
