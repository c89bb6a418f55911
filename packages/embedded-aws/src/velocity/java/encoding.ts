const HIGH = '[\\uD800-\\uDBFF]';
const LOW = '[\\uDC00-\\uDFFF]';
const LONE_SURROGATE = new RegExp(`${HIGH}(?!${LOW})|(?<!${HIGH})${LOW}`, 'g');

const SURROGATE = /[\uD800-\uDFFF]/;

/** The text without what no charset encodes: lone surrogates become `?`, as in Java. */
export function encodable(text: string): string {
  return SURROGATE.test(text) ? text.replace(LONE_SURROGATE, '?') : text;
}

/** The bytes of a text in one of the charsets that every Java has. */
type Encode = (text: string) => Buffer;

const ENCODERS: Readonly<Record<string, Encode>> = {
  'utf-8': (text) => Buffer.from(encodable(text), 'utf8'),
  'iso-8859-1': (text) => singleBytes(text, 0xff),
  'us-ascii': (text) => singleBytes(text, 0x7f),
};

const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'iso8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  ascii: 'us-ascii',
};

/** @returns undefined for a charset that is not there */
export function encoderOf(charset: string): Encode | undefined {
  const name = charset.toLowerCase();
  const known = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name;
  return Object.hasOwn(ENCODERS, known) ? ENCODERS[known] : undefined;
}

/** A byte for each character; those that the charset lacks become `?`. */
function singleBytes(text: string, last: number): Buffer {
  return Buffer.from(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code <= last ? code : 0x3f;
    }),
  );
}
