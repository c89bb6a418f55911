import type { CharacterTest } from './ast';

const range =
  (from: string, to: string): CharacterTest =>
  (code) =>
    code >= from.charCodeAt(0) && code <= to.charCodeAt(0);

const oneOf = (characters: string): CharacterTest => {
  const codes = new Set([...characters].map((character) => character.codePointAt(0) ?? 0));
  return (code) => codes.has(code);
};

export const union =
  (...tests: readonly CharacterTest[]): CharacterTest =>
  (code) =>
    tests.some((test) => test(code));

export const complement =
  (test: CharacterTest): CharacterTest =>
  (code) =>
    !test(code);

export const intersection =
  (left: CharacterTest, right: CharacterTest): CharacterTest =>
  (code) =>
    left(code) && right(code);

const digit = range('0', '9');
const lower = range('a', 'z');
const upper = range('A', 'Z');
const alphabetic = union(lower, upper);
const alphanumeric = union(alphabetic, digit);
const isWordCharacter = union(alphanumeric, oneOf('_'));
const space = oneOf(' \t\n\u000b\f\r');
const horizontal = oneOf(
  ' \t\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
);
const vertical = oneOf('\n\u000b\f\r\u0085\u2028\u2029');
const punctuation = oneOf('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

export const isUnicodeWordCharacter: CharacterTest = (code) =>
  code < 0x80 ? isWordCharacter(code) : UNICODE_WORD.test(String.fromCodePoint(code));
const UNICODE_WORD = /^[\p{L}\p{Nd}]$/u;

/** Line terminators for `.`, `^` and `$`. */
export const isLineTerminator = oneOf('\n\r\u0085\u2028\u2029');

/** `\d` and similar. */
export const ESCAPED_CLASSES: Readonly<Record<string, CharacterTest>> = {
  d: digit,
  D: complement(digit),
  w: isWordCharacter,
  W: complement(isWordCharacter),
  s: space,
  S: complement(space),
  h: horizontal,
  H: complement(horizontal),
  v: vertical,
  V: complement(vertical),
};

/** `\p{Name}`: the POSIX classes, which are ASCII-only in Java, and those of `Character`. */
const NAMED_CLASSES: Readonly<Record<string, CharacterTest>> = {
  Lower: lower,
  Upper: upper,
  ASCII: (code) => code < 0x80,
  Alpha: alphabetic,
  Digit: digit,
  Alnum: alphanumeric,
  Punct: punctuation,
  Graph: union(alphanumeric, punctuation),
  Print: union(alphanumeric, punctuation, oneOf(' ')),
  Blank: oneOf(' \t'),
  Cntrl: (code) => code < 0x20 || code === 0x7f,
  XDigit: union(digit, range('a', 'f'), range('A', 'F')),
  Space: space,
  javaLowerCase: unicode('Lowercase'),
  javaUpperCase: unicode('Uppercase'),
  javaWhitespace: (code) =>
    (code >= 0x1c && code <= 0x1f) ||
    (code >= 0x09 && code <= 0x0d) ||
    (unicode('Z')(code) && ![0xa0, 0x2007, 0x202f].includes(code)),
  javaLetter: unicode('L'),
  javaDigit: unicode('Nd'),
  javaLetterOrDigit: union(unicode('L'), unicode('Nd')),
  javaAlphabetic: unicode('Alphabetic'),
  L1: (code) => code < 0x100,
  all: () => true,
};

/** Properties that Java supports with the prefix `Is`, by JavaScript's names. */
const BINARY_PROPERTIES: Readonly<Record<string, string>> = {
  ALPHABETIC: 'Alphabetic',
  IDEOGRAPHIC: 'Ideographic',
  LETTER: 'L',
  LOWERCASE: 'Lowercase',
  UPPERCASE: 'Uppercase',
  TITLECASE: 'Lt',
  PUNCTUATION: 'P',
  CONTROL: 'Cc',
  WHITE_SPACE: 'White_Space',
  DIGIT: 'Nd',
  HEX_DIGIT: 'Hex_Digit',
};

const CATEGORY = /^(?:L[ultmoC]?|M[nce]?|N[dlo]?|Z[slp]?|C[cfosn]?|P[dseiofc]?|S[mcko]?)$/;

/** Classes that distinguish case, and their replacements for case-insensitive patterns. */
const CASELESS: Readonly<Record<string, string>> = {
  Lower: 'Alpha',
  Upper: 'Alpha',
  Lu: 'LC',
  Ll: 'LC',
  Lt: 'LC',
  IsLu: 'LC',
  IsLl: 'LC',
  IsLt: 'LC',
};

/** The class of `\p{name}`; undefined if Java has none with this name. */
export function namedClass(name: string, ignoreCase = false): CharacterTest | undefined {
  if (ignoreCase && Object.hasOwn(CASELESS, name)) return namedClass(CASELESS[name] ?? '');
  if (Object.hasOwn(NAMED_CLASSES, name)) return NAMED_CLASSES[name];
  const bare = name.startsWith('Is') ? name.slice(2) : name;
  if (bare === 'LC') return unicode('LC');
  if (CATEGORY.test(bare)) return unicode(bare);
  if (name.startsWith('Is')) {
    const property = BINARY_PROPERTIES[bare.toUpperCase()];
    return property === undefined ? script(bare) : unicode(property);
  }
  const assigned = /^(script|sc|general_category|gc)=(.+)$/i.exec(name);
  if (assigned === null) return undefined;
  const [, key = '', value = ''] = assigned;
  return key.toLowerCase().startsWith('s') ? script(value) : namedClass(value);
}

function script(name: string): CharacterTest | undefined {
  const title = name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
  return /^[A-Za-z_]+$/.test(name) ? attempt(`Script=${title}`) : undefined;
}

function attempt(property: string): CharacterTest | undefined {
  try {
    return unicode(property);
  } catch {
    return undefined;
  }
}

function unicode(property: string): CharacterTest {
  const expression = new RegExp(`^\\p{${property}}$`, 'u');
  return (code) => expression.test(String.fromCodePoint(code));
}
