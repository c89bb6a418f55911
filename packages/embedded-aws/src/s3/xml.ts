import { s3Error } from './errors';

/** An element of an XML document, without attributes. */
export interface XmlElement {
  readonly name: string;
  /** Its direct character data. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const MAX_DEPTH = 16;
/** Enough for DeleteObjects with a thousand keys of maximum length, fully escaped. */
const MAX_LENGTH = 8 * 1024 * 1024;
const NAME = '[A-Za-z_][\\w.:-]*';
const TOKEN = new RegExp(
  [
    '<\\?[\\s\\S]*?\\?>',
    '<!--[\\s\\S]*?-->',
    '<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>',
    `<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
    '([^<]+)',
  ].join('|'),
  'y',
);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/**
 * Parses the small documents of S3 requests: no document types, no custom entities.
 * @throws AwsError MalformedXML
 */
export function parseXml(source: string): XmlElement {
  if (source.length > MAX_LENGTH) throw s3Error('MalformedXML');
  const root: Open = { name: '', text: '', children: [] };
  const open: Open[] = [root];
  let position = 0;
  while (position < source.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(source);
    if (match === null) throw s3Error('MalformedXML');
    position += match[0].length;
    take(open, match);
  }
  const [document, ...others] = root.children;
  if (open.length !== 1 || document === undefined || others.length > 0 || root.text.trim() !== '') {
    throw s3Error('MalformedXML');
  }
  return document;
}

function take(open: Open[], match: RegExpExecArray): void {
  const [, cdata, closing, name, , selfClosing, characters] = match;
  const current = open.at(-1);
  if (current === undefined) throw s3Error('MalformedXML');
  if (cdata !== undefined || characters !== undefined) {
    current.text += cdata ?? unescapeXml(characters ?? '');
  } else if (name !== undefined && closing === '/') {
    if (current.name !== name || open.length === 1) throw s3Error('MalformedXML');
    open.pop();
  } else if (name !== undefined) {
    const element: Open = { name, text: '', children: [] };
    current.children.push(element);
    if (selfClosing !== '/') open.push(element);
    if (open.length > MAX_DEPTH) throw s3Error('MalformedXML');
  }
}

function unescapeXml(text: string): string {
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const entity = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (entity !== undefined && whole.endsWith(';')) return entity;
    const code = /^#x[0-9a-f]{1,6}$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d{1,7}$/.test(name)
        ? Number(name.slice(1))
        : Number.NaN;
    if (!whole.endsWith(';') || Number.isNaN(code) || code > 0x10ffff)
      throw s3Error('MalformedXML');
    return String.fromCodePoint(code);
  });
}

/** The text of a child; undefined if there is no such child. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

/** A value to serialize; list items are repeated elements without a wrapper. */
export type S3Value =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly S3Value[]
  | { readonly [name: string]: S3Value };

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A complete answer: the root element in S3's namespace. */
export function s3Document(root: string, value: S3Value): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${content(value)}</${root}>`;
}

/** An error's document, which has no namespace. */
export function errorDocument(value: S3Value): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', value)}`;
}

function element(name: string, value: S3Value): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: S3Value): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value)
      .map(([name, item]) => element(name, item))
      .join('');
  }
  return escapeText(String(value ?? ''));
}

/** Characters that XML 1.0 cannot hold are written as references, as S3 does. */
function escapeText(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: object keys may hold them
    /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
    (character) => ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
