import {
  boolYaml11Tag,
  FAILSAFE_SCHEMA,
  floatYaml11Tag,
  intYaml11Tag,
  load,
  mapTag,
  mergeTag,
  nullYaml11Tag,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml';
import { parseJson } from '../../core/parse-json';
import { isRecord } from '../members';

/** Deeper than a document needs; the reader fails before the call stack overflows. */
const MAX_DEPTH = 200;

/** Parts that a document repeats by alias: each costs as much as if it were written out. */
const MAX_ALIASES = 100;

/** YAML 1.1 without timestamps: `2012-10-17` is a text. */
const SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag,
  nullYaml11Tag,
  boolYaml11Tag,
  intYaml11Tag,
  floatYaml11Tag,
  mergeTag,
]);

const OPTIONS = { maxDepth: MAX_DEPTH, maxAliases: MAX_ALIASES, json: true };

/**
 * Reads a document in JSON or YAML. A version that is a number stays as it is written: `1.0` is not 1.
 * @throws SyntaxError, YAMLException
 */
export function readDocument(text: string): unknown {
  const isJson = /^\s*\{/.test(text);
  const document = isJson ? parseJson(text) : load(text, { ...OPTIONS, schema: SCHEMA });
  const info = isRecord(document) ? document.info : undefined;
  if (!isRecord(document) || !isRecord(info) || typeof info.version !== 'number') return document;
  return { ...document, info: { ...info, version: writtenVersion(text) } };
}

function writtenVersion(text: string): string {
  const document = load(text, { ...OPTIONS, schema: FAILSAFE_SCHEMA });
  const info = isRecord(document) ? document.info : undefined;
  return isRecord(info) ? String(info.version) : '';
}
