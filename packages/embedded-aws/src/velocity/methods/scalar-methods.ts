import { JavaCharacter } from '../java/values';
import { MethodTable } from './method-table';
import { COMPARABLE, OBJECT_METHODS } from './object-methods';

export const BOOLEAN_METHODS = new MethodTable<boolean>(
  'java.lang.Boolean',
  [
    OBJECT_METHODS,
    COMPARABLE,
    [
      ['booleanValue', '', (target) => target],
      ['toString', 'boolean', (_, values) => String(values.boolean(0))],
      ['parseBoolean', 'String', (_, values) => isTrue(values.value(0))],
      ['valueOf', 'boolean', (_, values) => values.boolean(0)],
      ['valueOf', 'String', (_, values) => isTrue(values.value(0))],
      [
        'compare',
        'boolean boolean',
        (_, values) => Number(values.boolean(0)) - Number(values.boolean(1)),
      ],
      ['logicalAnd', 'boolean boolean', (_, values) => values.boolean(0) && values.boolean(1)],
      ['logicalOr', 'boolean boolean', (_, values) => values.boolean(0) || values.boolean(1)],
      ['logicalXor', 'boolean boolean', (_, values) => values.boolean(0) !== values.boolean(1)],
    ],
  ],
  ['describeConstable', 'getBoolean'],
);

export const CHARACTER_METHODS = new MethodTable<JavaCharacter>(
  'java.lang.Character',
  [
    OBJECT_METHODS,
    COMPARABLE,
    [
      ['charValue', '', (target) => target],
      ['toString', 'char', (_, values) => values.character(0)],
      ['isDigit', 'char', (_, values) => /^\p{Nd}$/u.test(values.character(0))],
      ['isLetter', 'char', (_, values) => /^\p{L}$/u.test(values.character(0))],
      ['isLetterOrDigit', 'char', (_, values) => /^[\p{L}\p{Nd}]$/u.test(values.character(0))],
      ['isUpperCase', 'char', (_, values) => /^\p{Uppercase}$/u.test(values.character(0))],
      ['isLowerCase', 'char', (_, values) => /^\p{Lowercase}$/u.test(values.character(0))],
      [
        'toUpperCase',
        'char',
        (_, values) => new JavaCharacter(oneUnit(values.character(0), 'toUpperCase')),
      ],
      [
        'toLowerCase',
        'char',
        (_, values) => new JavaCharacter(oneUnit(values.character(0), 'toLowerCase')),
      ],
    ],
  ],
  [
    'charCount',
    'codePointAt',
    'compare',
    'describeConstable',
    'digit',
    'forDigit',
    'getName',
    'getNumericValue',
    'getType',
    'highSurrogate',
    'isAlphabetic',
    'isDefined',
    'isISOControl',
    'isIdentifierIgnorable',
    'isIdeographic',
    'isSpaceChar',
    'isSurrogate',
    'isTitleCase',
    'isWhitespace',
    'lowSurrogate',
    'reverseBytes',
    'toChars',
    'toCodePoint',
    'toTitleCase',
    'valueOf',
  ],
);

function isTrue(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'true';
}

/** A character stays one UTF-16 code unit, even if its other case has more. */
function oneUnit(character: string, change: 'toUpperCase' | 'toLowerCase'): string {
  const changed = character[change]();
  return changed.length === 1 ? changed : character;
}
