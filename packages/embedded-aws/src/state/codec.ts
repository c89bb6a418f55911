import { types } from 'node:util';

/** A store for bytes that are too long for a line of text. */
export interface ByteStore {
  /** @returns the name to get them back by */
  put(bytes: Buffer): string;
  get(name: string): Buffer;
}

/** Longer bytes go to the byte store. */
const MAX_INLINE_BYTES = 2048;

/** An object with one member of this prefix encodes a value that JSON cannot represent. */
const MARK = '$';

/**
 * Encodes a value as JSON: `{"$map": [[key, value]]}`, `{"$date": "2026-11-22T…"}`, …
 * @throws TypeError naming the place, for functions, instances of classes and other values that cannot be written
 */
export function encode(value: unknown, bytes: ByteStore, place = ''): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: numberText(value) };
    case 'bigint':
      return { $bigint: String(value) };
    case 'undefined':
      return { $undefined: true };
    case 'object':
      return value === null ? null : encodeObject(value, bytes, place);
    case 'symbol':
      return { $symbol: symbolName(value, place) };
    default:
      throw new TypeError(`State cannot hold a ${typeof value} (${place}).`);
  }
}

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Only symbols of `Symbol.for` are the same in the next process. */
function symbolName(value: symbol, place: string): string {
  const name = Symbol.keyFor(value);
  if (name === undefined) throw new TypeError(`State cannot hold a symbol of its own (${place}).`);
  return name;
}

function encodeObject(value: object, bytes: ByteStore, place: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => encode(item, bytes, `${place}[${index}]`));
  }
  if (types.isMap(value)) return { $map: encode([...value], bytes, place) };
  if (types.isSet(value)) return { $set: encode([...value], bytes, place) };
  if (types.isDate(value)) return { $date: value.toISOString() };
  if (Buffer.isBuffer(value)) {
    return value.length > MAX_INLINE_BYTES
      ? { $file: bytes.put(value) }
      : { $bytes: value.toString('base64') };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not compared with Object.prototype: structuredClone may give objects of another realm.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError(`State cannot hold a ${value.constructor.name} (${place}).`);
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [name, encode(member, bytes, `${place}.${name}`)] as const);
  const [first] = members;
  // Escapes an object that looks like one of the forms above.
  if (members.length === 1 && first?.[0].startsWith(MARK)) return { $object: members };
  return Object.fromEntries(members);
}

type Decode = (content: never, bytes: ByteStore) => unknown;

const FORMS: Readonly<Record<string, Decode>> = {
  $number: (text: string) => Number(text),
  $bigint: (text: string) => BigInt(text),
  $symbol: (name: string) => Symbol.for(name),
  $undefined: () => undefined,
  $map: (entries: unknown, bytes) => new Map(decode(entries, bytes) as [unknown, unknown][]),
  $set: (items: unknown, bytes) => new Set(decode(items, bytes) as unknown[]),
  $date: (text: string) => new Date(text),
  $bytes: (text: string) => Buffer.from(text, 'base64'),
  $file: (name: string, bytes) => bytes.get(name),
  $object: (members: [string, unknown][], bytes) =>
    Object.fromEntries(members.map(([name, member]) => [name, decode(member, bytes)])),
};

/** Decodes a value. @throws the byte store's error */
export function decode(value: unknown, bytes: ByteStore): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => decode(item, bytes));
  const members = Object.entries(value);
  const [first] = members;
  if (members.length === 1 && first?.[0].startsWith(MARK)) {
    const [name, content] = first;
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    if (form === undefined) throw new TypeError(`State has an unknown form ${name}.`);
    return form(content as never, bytes);
  }
  return Object.fromEntries(members.map(([name, member]) => [name, decode(member, bytes)]));
}
