import {
  boolYaml11Tag,
  FAILSAFE_SCHEMA,
  floatYaml11Tag,
  intYaml11Tag,
  load,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml';
import { parseJson } from '../../core/parse-json';
import { implicitValue } from '../../core/yaml/implicit-types';
import { isRecord } from '../members';

/** Deeper than a document needs; the reader fails before the call stack overflows. */
const MAX_DEPTH = 200;

/** Values with all that aliases repeat, which costs as much as if it were written out. */
const MAX_VALUES = 500_000;

/** Larger documents are not read a second time for the spelling of their version. */
const MAX_READ_TWICE = 512 * 1024;

/** As in templates, and unlike YAML 1.1, `y` and `n` are texts: schemas have them as names. */
const boolTag: typeof boolYaml11Tag = {
  ...boolYaml11Tag,
  resolve: (source) => {
    const value = implicitValue(source);
    return typeof value === 'boolean' ? value : NOT_RESOLVED;
  },
};

/** YAML 1.1 without timestamps: `2012-10-17` is a text. */
const SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag,
  nullYaml11Tag,
  boolTag,
  intYaml11Tag,
  floatYaml11Tag,
  mergeTag,
]);

const OPTIONS = { maxDepth: MAX_DEPTH, json: true };

/**
 * Reads a document in JSON or YAML. A version that is a number stays as it is written: `1.0` is not 1.
 * @throws SyntaxError, YAMLException; RangeError for a document that is too deep or too large
 */
export function readDocument(text: string): unknown {
  const isJson = /^\s*\{/.test(text);
  const document = isJson ? parseJson(text) : load(text, { ...OPTIONS, schema: SCHEMA });
  checkSize(document);
  const info = isRecord(document) ? document.info : undefined;
  if (!isRecord(document) || !isRecord(info) || typeof info.version !== 'number') return document;
  if (text.length > MAX_READ_TWICE) return document;
  return { ...document, info: { ...info, version: writtenVersion(text) } };
}

function writtenVersion(text: string): string {
  const document = load(text, { ...OPTIONS, schema: FAILSAFE_SCHEMA });
  const info = isRecord(document) ? document.info : undefined;
  return isRecord(info) ? String(info.version) : '';
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
