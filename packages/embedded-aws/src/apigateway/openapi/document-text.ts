import { parseJson } from '../../core/parse-json';
import { isRecord } from '../members';
import { readYamlDocument } from './read-yaml';

/** Deeper than a document needs; the reader fails before the call stack overflows. */
const MAX_DEPTH = 200;

/** Values with all that aliases repeat, which costs as much as if it were written out. */
const MAX_VALUES = 500_000;

/** Larger documents are not read a second time for the spelling of their version. */
const MAX_READ_TWICE = 512 * 1024;

/**
 * Reads a document in JSON or YAML. A version that is a number stays as it is written: `1.0` is not 1.
 * @throws SyntaxError, YamlError; RangeError for a document that is too deep or too large
 */
export function readDocument(text: string): unknown {
  const document = /^\s*\{/.test(text) ? readJsonDocument(text) : readYamlDocument(text);
  checkSize(document);
  return document;
}

function readJsonDocument(text: string): unknown {
  const document = parseJson(text);
  const info = isRecord(document) ? document.info : undefined;
  const hasNumber = isRecord(info) && typeof info.version === 'number';
  // JSON is YAML, whose reader keeps the spelling.
  return hasNumber && text.length <= MAX_READ_TWICE ? readYamlDocument(text) : document;
}

/** Counts what aliases repeat as often as they do, without walking it again. */
function checkSize(document: unknown): void {
  const counted = new Map<object, number>();
  const count = (value: unknown, depth: number): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = counted.get(value);
    if (known !== undefined) return known;
    if (depth > MAX_DEPTH) throw new RangeError('the document is too deep');
    // An alias of a value that it is in leads back here.
    counted.set(value, Number.POSITIVE_INFINITY);
    const size = Object.values(value).reduce((sum, part) => sum + count(part, depth + 1), 1);
    if (size > MAX_VALUES) throw new RangeError('the document is too large');
    counted.set(value, size);
    return size;
  };
  count(document, 0);
}
