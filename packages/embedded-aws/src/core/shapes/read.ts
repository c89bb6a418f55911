import { serializationError } from '../errors';
import type { Shape, StructureShape } from './shape';

const MAX_INTEGER = 2_147_483_647;

/**
 * Converts wire values (parsed JSON or CBOR) to the shape of a request. Unknown members are
 * dropped, and null means absent, as on AWS.
 * @throws AwsError SerializationException with the texts recorded from the live service by
 *   kinesalite's contract tests (github.com/mhart/kinesalite, test/helpers.js)
 */
export function readStructure(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const { members } = shape;
  for (const name in members) {
    const member = members[name];
    const raw = value[name];
    if (member === undefined || raw === undefined || raw === null) continue;
    result[name] = readValue(member, raw);
  }
  return result;
}

function readValue(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'String':
      return typeof value === 'string' ? value : refuse(value, 'an String');
    case 'Integer':
      return typeof value === 'number' ? toInteger(value) : refuse(value, 'an Integer');
    case 'Boolean':
      return typeof value === 'boolean' ? value : toBoolean(value);
    case 'Timestamp':
      return readTimestamp(value);
    case 'Blob':
      return readBlob(value);
    case 'List':
      return readList(shape.member, value);
    case 'Map':
      return readMap(shape.value, value);
    case 'Structure':
      return readStructure(shape, plainObject(value, 'Expected null'));
    case 'Long':
      return typeof value === 'number' ? Math.trunc(value) : refuse(value, 'a Long');
    case 'Double':
      return typeof value === 'number' ? value : refuse(value, 'a Double');
    case 'Document':
      return value;
  }
}

/** Like the service, truncates fractions and clamps numbers that are too large. */
function toInteger(value: number): number {
  return Math.min(Math.trunc(value), MAX_INTEGER);
}

function readTimestamp(value: unknown): number {
  if (typeof value === 'number') return Math.round(value * 1000);
  if (value instanceof Date) return value.getTime();
  return refuse(value, 'milliseconds since epoch');
}

function readBlob(value: unknown): Buffer {
  // A copy, so that a stored record does not keep the whole request in memory.
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  if (typeof value !== 'string') return refuse(value, 'a Blob');
  const bytes = Buffer.from(value, 'base64');
  if (isBase64Of(value, bytes)) return bytes;
  throw serializationError(`'${value}' can not be converted to a Blob: ${base64Problem(value)}`);
}

/**
 * Node's decoder accepts any text, the service only valid base64. Characters that the decoder skips
 * show in the length of its output, except for those of the URL-safe alphabet, which it decodes.
 */
function isBase64Of(text: string, bytes: Buffer): boolean {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return false;
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  if (bytes.length !== (text.length / 4) * 3 - padding) return false;
  return padding === 0 || !hasStrayBits(text, padding);
}

const BASE64_FAULT = /[^A-Za-z0-9+/=]|=(?=[^=])/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Problem(text: string): string {
  if (text.length % 4 !== 0) {
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`;
  }
  const fault = /={3,}$/.test(text) ? '=' : BASE64_FAULT.exec(text)?.[0];
  if (fault !== undefined) return `Invalid Base64 character: '${fault}'`;
  return 'Invalid last non-pad Base64 character dectected';
}

function hasStrayBits(text: string, padding: number): boolean {
  const last = ALPHABET.indexOf(text.charAt(text.length - padding - 1));
  return (last & (padding === 2 ? 0b1111 : 0b11)) !== 0;
}

function readList(member: Shape, value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.map((item) => (item === null ? null : readValue(member, item)));
  }
  if (typeof value === 'object') {
    throw serializationError('Start of structure or map found where not expected.');
  }
  throw serializationError('Expected list or null');
}

function readMap(shape: Shape, value: unknown): Map<string, unknown> {
  const entries = Object.entries(plainObject(value, 'Expected map or null'));
  return new Map(
    entries.map(([key, item]) => [key, item === null ? null : readValue(shape, item)]),
  );
}

function plainObject(value: unknown, expected: string): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected');
  if (typeof value !== 'object' || value === null || isScalarObject(value)) {
    throw serializationError(expected);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** CBOR has byte strings and times, which are objects in JavaScript. */
function isScalarObject(value: object): boolean {
  return Buffer.isBuffer(value) || value instanceof Date;
}

/** The texts that the service takes for a Boolean, in any case (kinesalite, validations/index.js). */
const BOOLEAN_TEXTS: Readonly<Record<string, boolean>> = {
  TRUE: true,
  YES: true,
  '1': true,
  FALSE: false,
  NO: false,
  '0': false,
};

function toBoolean(value: unknown): boolean {
  if (typeof value !== 'string') return refuse(value, 'an Boolean');
  const text = value.toUpperCase();
  const flag = Object.hasOwn(BOOLEAN_TEXTS, text) ? BOOLEAN_TEXTS[text] : undefined;
  if (flag !== undefined) return flag;
  throw serializationError(`'${text}' can not be converted to an Boolean`);
}

function refuse(value: unknown, expected: string): never {
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected');
  if (typeof value === 'object' && value !== null && !isScalarObject(value)) {
    throw serializationError('Start of structure or map found where not expected.');
  }
  throw serializationError(`class ${javaClass(value)} can not be converted to ${expected}`);
}

function javaClass(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return 'java.lang.Boolean';
    case 'number':
      return 'com.amazon.coral.value.json.numbers.TruncatingBigNumber';
    case 'string':
      return 'java.lang.String';
    default:
      return value instanceof Date ? 'java.util.Date' : 'java.nio.HeapByteBuffer';
  }
}
