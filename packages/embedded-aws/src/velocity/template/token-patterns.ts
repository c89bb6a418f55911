/**
 * The tokens of Velocity 1.7 (the token section of its Parser.jjt) as a table. Each token belongs
 * to some of the lexer's states. If several tokens match, the longest wins, and of equally long
 * ones the first in the table: the order is part of the grammar.
 */

const LEXICAL_STATES = [
  'text',
  'reference',
  'referenceModifier',
  'referenceIndex',
  'methodArguments',
  'directiveName',
  'directive',
  'singleLineComment',
  'formalComment',
  'multiLineComment',
  'textblock',
] as const;

export type LexicalState = (typeof LEXICAL_STATES)[number];

/**
 * The effect of a match: `token` is passed to the parser, `more` starts the next token, `special`
 * is attached to the next token, `skip` is dropped.
 */
export type TokenRole = 'token' | 'more' | 'special' | 'skip';

/** Length of the match at `position`, or 0. */
export type Matcher = (input: string, position: number) => number;

interface TokenPattern {
  readonly kind: string;
  readonly match: Matcher;
  readonly states: readonly LexicalState[];
  readonly role: TokenRole;
}

function pattern(source: string): Matcher {
  const expression = new RegExp(source, 'y');
  return (input, position) => {
    expression.lastIndex = position;
    return expression.test(input) ? expression.lastIndex - position : 0;
  };
}

function text(...literals: string[]): Matcher {
  return (input, position) => {
    let longest = 0;
    for (const literal of literals) {
      if (literal.length > longest && input.startsWith(literal, position)) longest = literal.length;
    }
    return longest;
  };
}

/**
 * The end of the run of backslashes at `position`. Cached, because the lexer asks for it at each
 * character of a long run.
 */
function backslashRun(): (input: string, position: number) => number {
  let knownInput = '';
  let knownStart = 0;
  let knownEnd = 0;
  return (input, position) => {
    if (input === knownInput && position >= knownStart && position < knownEnd) return knownEnd;
    let end = position;
    while (input.charCodeAt(end) === BACKSLASH) end++;
    if (end - position > 16) {
      knownInput = input;
      knownStart = position;
      knownEnd = end;
    }
    return end;
  };
}

const BACKSLASH = 0x5c;
const runEnd = backslashRun();

/** `\...$` */
const dollar: Matcher = (input, position) => {
  const end = runEnd(input, position);
  return input[end] === '$' ? end + 1 - position : 0;
};

/** `\...$\...!` */
const dollarBang: Matcher = (input, position) => {
  const length = dollar(input, position);
  if (length === 0) return 0;
  const end = runEnd(input, position + length);
  return input[end] === '!' ? end + 1 - position : 0;
};

const WORD = '[A-Za-z_@][A-Za-z0-9_@]*';
const BRACKETED_WORD = '\\{[A-Za-z_][A-Za-z0-9_@]*\\}';
const directiveTail = pattern(`#(?:${WORD}|${BRACKETED_WORD})`);

/** An odd number of backslashes before a possible directive. */
const escapeDirective: Matcher = (input, position) => {
  if (input.charCodeAt(position) !== BACKSLASH) return 0;
  const end = runEnd(input, position);
  if ((end - position) % 2 === 0) return 0;
  const tail = directiveTail(input, end);
  return tail === 0 ? 0 : end + tail - position;
};

/** A quoted string, in which a doubled quote is a quote. May span lines. */
const stringLiteral: Matcher = (input, position) => {
  const quote = input[position];
  if (quote !== '"' && quote !== "'") return 0;
  let end = input.indexOf(quote, position + 1);
  let closed = 0;
  while (end !== -1) {
    closed = end + 1 - position;
    if (input[end + 1] !== quote) break;
    end = input.indexOf(quote, end + 2);
  }
  return closed;
};

const NEWLINE = '(?:\\r\\n|\\n|\\r)';
/** The end of a directive includes the rest of its line if that is blank. */
const REST_OF_LINE = `(?:[ \\t]*${NEWLINE})?`;
const EXPONENT = '[eE][+-]?[0-9]+';

const any = pattern('[\\s\\S]');

const COMMENTS: readonly LexicalState[] = [
  'singleLineComment',
  'formalComment',
  'multiLineComment',
];
const DIRECTIVE_AND_ARGUMENTS: readonly LexicalState[] = ['directive', 'methodArguments'];
const REFERENCES: readonly LexicalState[] = ['reference', 'referenceModifier'];
const WITH_SPACES: readonly LexicalState[] = ['directive', 'methodArguments', 'referenceIndex'];
const WITH_NUMBERS: readonly LexicalState[] = [
  'directiveName',
  'directive',
  'methodArguments',
  'referenceIndex',
];
const WITH_BOOLEANS: readonly LexicalState[] = [
  'reference',
  'directive',
  'referenceModifier',
  'methodArguments',
  'referenceIndex',
];

const TOKEN_TABLE = [
  ['INDEX_LBRACKET', text('['), REFERENCES, 'token'],
  ['INDEX_RBRACKET', text(']'), ['referenceIndex'], 'token'],
  ['LBRACKET', text('['), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['RBRACKET', text(']'), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['COMMA', text(','), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['DOUBLEDOT', text('..'), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['COLON', text(':'), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['LEFT_CURLEY', text('{'), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['RIGHT_CURLEY', text('}'), DIRECTIVE_AND_ARGUMENTS, 'token'],
  ['LPAREN', text('('), ['directive', 'referenceModifier'], 'token'],
  ['RPAREN', pattern(`\\)${REST_OF_LINE}`), ['directive'], 'token'],
  ['REFMOD2_RPAREN', text(')'), ['methodArguments'], 'token'],
  ['ESCAPE_DIRECTIVE', escapeDirective, ['text'], 'token'],
  [
    'SET_DIRECTIVE',
    // #set includes the spaces before it, so that it leaves no trace.
    pattern('[ \\t]*(?:#set|#\\{set\\}) *\\('),
    ['text', 'reference', 'referenceModifier', 'methodArguments'],
    'token',
  ],
  ['DOLLAR', dollar, LEXICAL_STATES, 'more'],
  ['DOLLARBANG', dollarBang, LEXICAL_STATES, 'more'],
  ['TEXTBLOCK_START', text('#[['), LEXICAL_STATES, 'more'],
  ['FORMAL_COMMENT_START', pattern('#\\*\\*[^#]'), LEXICAL_STATES, 'more'],
  ['MULTI_LINE_COMMENT_START', text('#*'), LEXICAL_STATES, 'more'],
  ['HASH', text('#'), LEXICAL_STATES, 'more'],
  [
    'SINGLE_LINE_COMMENT_START',
    text('##'),
    ['text', 'reference', 'directiveName', 'directive'],
    'token',
  ],
  ['DOUBLE_ESCAPE', text('\\\\'), ['text'], 'token'],
  ['ESCAPE', text('\\'), ['text'], 'token'],
  ['TEXT', pattern('[^$#\\\\]+'), ['text'], 'token'],
  ['SINGLE_LINE_COMMENT', pattern(NEWLINE), ['singleLineComment'], 'token'],
  ['FORMAL_COMMENT', text('*#'), ['formalComment'], 'token'],
  ['MULTI_LINE_COMMENT', text('*#'), ['multiLineComment'], 'token'],
  ['TEXTBLOCK', text(']]#'), ['textblock'], 'token'],
  ['COMMENT_CHARACTER', any, COMMENTS, 'skip'],
  ['TEXTBLOCK_CHARACTER', any, ['textblock'], 'more'],
  ['WHITESPACE', pattern('[ \\t\\n\\r]+'), WITH_SPACES, 'token'],
  ['STRING_LITERAL', stringLiteral, WITH_SPACES, 'token'],
  ['TRUE', text('true'), WITH_BOOLEANS, 'token'],
  ['FALSE', text('false'), WITH_BOOLEANS, 'token'],
  ['MINUS', text('-'), ['directive'], 'token'],
  ['PLUS', text('+'), ['directive'], 'token'],
  ['MULTIPLY', text('*'), ['directive'], 'token'],
  ['DIVIDE', text('/'), ['directive'], 'token'],
  ['MODULUS', text('%'), ['directive'], 'token'],
  ['LOGICAL_AND', text('&&', 'and'), ['directive'], 'token'],
  ['LOGICAL_OR', text('||', 'or'), ['directive'], 'token'],
  ['LOGICAL_LT', text('<', 'lt'), ['directive'], 'token'],
  ['LOGICAL_LE', text('<=', 'le'), ['directive'], 'token'],
  ['LOGICAL_GT', text('>', 'gt'), ['directive'], 'token'],
  ['LOGICAL_GE', text('>=', 'ge'), ['directive'], 'token'],
  ['LOGICAL_EQUALS', text('==', 'eq'), ['directive'], 'token'],
  ['LOGICAL_NOT_EQUALS', text('!=', 'ne'), ['directive'], 'token'],
  ['LOGICAL_NOT', text('!', 'not'), ['directive'], 'token'],
  ['EQUALS', text('='), ['directive'], 'token'],
  ['END', pattern(`(?:end|\\{end\\})${REST_OF_LINE}`), ['directiveName'], 'token'],
  ['IF_DIRECTIVE', text('if', '{if}'), ['directiveName'], 'token'],
  ['ELSEIF_DIRECTIVE', text('elseif', '{elseif}'), ['directiveName'], 'token'],
  ['ELSE_DIRECTIVE', pattern(`(?:else|\\{else\\})${REST_OF_LINE}`), ['directiveName'], 'token'],
  // "1..3" must not become the number "1." and a dot.
  ['INTEGER_LITERAL', pattern('-?[0-9]+(?:\\.\\.)?'), WITH_NUMBERS, 'token'],
  [
    'FLOATING_POINT_LITERAL',
    pattern(`-?[0-9]+\\.[0-9]*(?:${EXPONENT})?|-?\\.[0-9]+(?:${EXPONENT})?|-?[0-9]+${EXPONENT}`),
    WITH_NUMBERS,
    'token',
  ],
  ['WORD', pattern(WORD), ['directiveName', 'directive'], 'token'],
  ['BRACKETED_WORD', pattern(BRACKETED_WORD), ['directiveName', 'directive'], 'token'],
  [
    'IDENTIFIER',
    pattern('[A-Za-z_][A-Za-z0-9_-]*'),
    ['reference', 'referenceModifier', 'methodArguments'],
    'token',
  ],
  ['DOT', pattern('\\.[A-Za-z]'), ['reference', 'referenceModifier', 'methodArguments'], 'token'],
  ['LCURLY', text('{'), REFERENCES, 'token'],
  ['RCURLY', text('}'), REFERENCES, 'token'],
  ['REFERENCE_TERMINATOR', any, REFERENCES, 'special'],
  ['DIRECTIVE_TERMINATOR', any, ['directiveName'], 'special'],
  ['EMPTY_INDEX', text('$[', '$![', '$\\![', '$.'), ['text', 'reference'], 'token'],
] as const satisfies readonly (readonly [string, Matcher, readonly LexicalState[], TokenRole])[];

export type TokenKind = (typeof TOKEN_TABLE)[number][0] | 'EOF';

/** The patterns of each lexical state, in order of priority. */
export const PATTERNS_BY_STATE: ReadonlyMap<
  LexicalState,
  readonly (TokenPattern & { readonly kind: TokenKind })[]
> = new Map(
  LEXICAL_STATES.map((state) => [
    state,
    TOKEN_TABLE.filter(([, , states]) => (states as readonly LexicalState[]).includes(state)).map(
      ([kind, match, states, role]) => ({ kind, match, states, role }),
    ),
  ]),
);
