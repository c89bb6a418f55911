import { AwsError } from '../errors';
import type { Shape, StructureShape } from './shape';

/**
 * Parses an input whose scalars may be strings, as in the query protocol, URL parameters and
 * template properties. Unknown members are dropped.
 * @param input lists as arrays, maps as `{ entry: { 1: { key, value } } }`
 * @throws AwsError MalformedInput for a string that does not match its shape
 */
export function readTexts(
  shape: StructureShape,
  input: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const raw = Object.hasOwn(input, name) ? input[name] : undefined;
    if (raw !== undefined && raw !== null) result[name] = readValue(member, name, raw);
  }
  return result;
}

function readValue(shape: Shape, name: string, value: unknown): unknown {
  switch (shape.type) {
    case 'List':
      return listOf(name, value).map((item) => readValue(shape.member, name, item));
    case 'Map':
      return new Map(Object.values(objectOf(objectOf(value).entry)).map(entryOf));
    case 'Structure':
      return readTexts(shape, objectOf(value));
    case 'Document':
      return value;
    default:
      if (typeof value !== 'object') return readScalar(shape, name, String(value));
      throw malformed(name, 'Start of structure or map found where not expected.');
  }
}

function readScalar(shape: Shape, name: string, text: string): unknown {
  switch (shape.type) {
    case 'Integer':
    case 'Long':
      return /^[+-]?\d{1,19}$/.test(text) ? Number(text) : refuse(name, text, 'an integer');
    case 'Double':
      return text.trim() !== '' && Number.isFinite(Number(text))
        ? Number(text)
        : refuse(name, text, 'a number');
    case 'Boolean':
      return /^(true|false)$/i.test(text)
        ? text.toLowerCase() === 'true'
        : refuse(name, text, 'a boolean');
    case 'Timestamp': {
      const time = Date.parse(text);
      return Number.isNaN(time) ? refuse(name, text, 'a timestamp') : time;
    }
    case 'Blob':
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

/** An empty list is sent as an empty string. */
function listOf(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === '') return [];
  throw malformed(name, 'Expected list or null');
}

function entryOf(entry: unknown): readonly [string, string] {
  const { key, value } = objectOf(entry);
  return [String(key ?? ''), String(value ?? '')];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function refuse(name: string, text: string, kind: string): never {
  throw malformed(name, `'${text}' is not ${kind}`);
}

function malformed(name: string, message: string): AwsError {
  return new AwsError('MalformedInput', `${name}: ${message}`);
}
