import { STEPS_OF_ESCAPE, spend, spendOnText } from '../../core/evaluation-budget';
import { javaException } from '../errors';
import { encodable } from '../java/encoding';
import { stringValueOf } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { JsonParseError } from '../json/json-parse-error';
import { readJson } from '../json/reader';
import { TemplateObject } from './template-object';

/** The functions of `$util` that take a string. */
const TEXT_FUNCTIONS: Readonly<Record<string, (text: string) => JavaValue>> = {
  escapeJavaScript,
  parseJson,
  urlEncode,
  urlDecode,
  base64Decode: (text) => Buffer.from(text, 'base64').toString('utf8'),
};

/**
 * `$util`. Strings are encoded as UTF-8; lone surrogates become `?`, as in Java.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export class UtilVariable extends TemplateObject {
  readonly javaClass = 'com.amazonaws.apigateway.Util';

  override invoke(name: string, values: readonly JavaValue[]): JavaValue | undefined {
    const [value] = values;
    if (values.length !== 1 || value === undefined || value === null) return undefined;
    // It is unknown whether AWS accepts other types here; it would encode their printed text.
    if (name === 'base64Encode') return base64Encode(stringValueOf(value));
    if (typeof value !== 'string' || !Object.hasOwn(TEXT_FUNCTIONS, name)) return undefined;
    spendOnText(value.length);
    return TEXT_FUNCTIONS[name]?.(value);
  }
}

function base64Encode(text: string): string {
  spendOnText(text.length);
  // For ASCII, where each character is a byte, btoa is several times faster.
  const isAscii = Buffer.byteLength(text, 'utf8') === text.length;
  return isAscii ? btoa(text) : Buffer.from(encodable(text), 'utf8').toString('base64');
}

/** `java.net.URLEncoder`: the encoding of HTML forms. */
function urlEncode(text: string): string {
  // Most encoded characters become three characters, some nine.
  spendOnText(4 * text.length);
  return encodeURIComponent(encodable(text))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** `java.net.URLDecoder` */
function urlDecode(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-fA-F]{2})+|%/g, (encoded) => {
    spend(2);
    if (encoded === '%') {
      throw javaException(
        'java.lang.IllegalArgumentException',
        'URLDecoder: Illegal hex characters in escape (%) pattern',
      );
    }
    return Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8');
  });
}

const JAVASCRIPT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
};

const ESCAPED = /[^ !#-&(-.0-[\]-\u007f]/;
const ALL_ESCAPED = new RegExp(ESCAPED, 'g');

/**
 * commons-lang's escapeJavaScript. It also escapes `'`, which JSON does not allow: AWS recommends
 * undoing that with `.replaceAll("\\'","'")`.
 */
function escapeJavaScript(text: string): string {
  if (!ESCAPED.test(text)) return text;
  return text.replace(ALL_ESCAPED, (character) => {
    spend(STEPS_OF_ESCAPE);
    return JAVASCRIPT_ESCAPES[character] ?? unicodeEscape(character);
  });
}

const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

function parseJson(text: string): JavaValue {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error;
    throw javaException('net.minidev.json.parser.ParseException', error.message, error);
  }
}
