/** A value with a form of its own in CBOR, as `toJSON` gives it one in JSON. */
export abstract class CborValue {
  abstract toCbor(): unknown;
}

/** A value under a tag, such as 1 for a time. */
export class Tagged {
  readonly tag: number;
  readonly value: unknown;

  constructor(tag: number, value: unknown) {
    this.tag = tag;
    this.value = value;
  }
}

/**
 * Encodes an answer as CBOR (RFC 8949): undefined members are omitted, as in JSON; times are tagged
 * seconds, maps have texts as keys.
 */
export function encodeCbor(value: unknown): Buffer {
  const parts: Buffer[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

const SIMPLE = new Map<unknown, Buffer>([
  [false, Buffer.from([0xf4])],
  [true, Buffer.from([0xf5])],
  [null, Buffer.from([0xf6])],
  [undefined, Buffer.from([0xf6])],
]);

function write(value: unknown, parts: Buffer[]): void {
  const simple = SIMPLE.get(value);
  if (simple !== undefined) parts.push(simple);
  else if (typeof value === 'number') parts.push(number(value));
  else if (typeof value === 'string') writeText(value, parts);
  else if (Array.isArray(value)) writeList(value, parts);
  else if (Buffer.isBuffer(value)) parts.push(head(2, value.length), value);
  else writeObject(value as object, parts);
}

function writeObject(value: object, parts: Buffer[]): void {
  if (value instanceof CborValue) write(value.toCbor(), parts);
  else if (value instanceof Date) write(new Tagged(1, value.getTime() / 1000), parts);
  else if (value instanceof Tagged) {
    parts.push(head(6, value.tag));
    write(value.value, parts);
  } else writeMap(value instanceof Map ? Object.fromEntries(value) : value, parts);
}

function writeText(text: string, parts: Buffer[]): void {
  const bytes = Buffer.from(text, 'utf8');
  parts.push(head(3, bytes.length), bytes);
}

function writeList(items: readonly unknown[], parts: Buffer[]): void {
  parts.push(head(4, items.length));
  for (const item of items) write(item, parts);
}

function writeMap(value: object, parts: Buffer[]): void {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  parts.push(head(5, members.length));
  for (const [name, member] of members) {
    writeText(name, parts);
    write(member, parts);
  }
}

function number(value: number): Buffer {
  if (Number.isSafeInteger(value)) return value < 0 ? head(1, -1 - value) : head(0, value);
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xfb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** A major type and its argument, in the fewest bytes. */
function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  if (argument < 0x100) return Buffer.from([type | 24, argument]);
  const long = argument > 0xffffffff;
  const bytes = Buffer.alloc(long ? 9 : 5);
  bytes[0] = type | (long ? 27 : 26);
  if (long) bytes.writeBigUInt64BE(BigInt(argument), 1);
  else bytes.writeUInt32BE(argument, 1);
  return bytes;
}
