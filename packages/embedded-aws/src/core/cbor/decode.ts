/** Deeper than any valid request; keeps a malicious one from exhausting the stack. */
const MAX_DEPTH = 32;

/** The major types of RFC 8949, section 3.1. */
const MAJOR = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  simple: 7,
} as const;

const INDEFINITE = 31;
const BREAK = Symbol('break');
/** Epoch time. */
const TIME_TAG = 1;

/** A batch of 500 records has a few thousand items; millions would take seconds to decode. */
const MAX_ITEMS = 500_000;

/** The bytes are not valid CBOR. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

/**
 * Decodes one CBOR value: maps as objects, byte strings as Buffers, tagged times as Dates,
 * undefined as null.
 * @param timeUnitMs of tagged times, in milliseconds: a second in the RFC, one in Kinesis's own dialect
 * @throws CborError if the bytes are not exactly one complete value
 */
export function decodeCbor(bytes: Buffer, timeUnitMs: number): unknown {
  const reader = new Reader(bytes, timeUnitMs);
  const value = reader.value(0);
  if (value === BREAK || !reader.atEnd) throw new CborError('Not exactly one CBOR value.');
  return value;
}

class Reader {
  readonly #bytes: Buffer;
  readonly #timeUnitMs: number;
  #at = 0;
  #itemCount = 0;

  constructor(bytes: Buffer, timeUnitMs: number) {
    this.#bytes = bytes;
    this.#timeUnitMs = timeUnitMs;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new CborError('Nested too deeply.');
    const initial = this.#take(1).readUInt8();
    const major = initial >> 5;
    const info = initial & 0x1f;
    switch (major) {
      case MAJOR.unsigned:
        return this.#argument(info);
      case MAJOR.negative:
        return -1 - this.#argument(info);
      case MAJOR.bytes:
        return this.#string(info, major, depth);
      case MAJOR.text:
        return this.#string(info, major, depth).toString('utf8');
      case MAJOR.array:
        return this.#items(info, depth);
      case MAJOR.map:
        return this.#map(info, depth);
      case MAJOR.tag:
        return this.#tagged(this.#argument(info), depth);
      default:
        return this.#simple(info);
    }
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new CborError('Unexpected end of input.');
    this.#itemCount++;
    if (this.#itemCount > MAX_ITEMS) throw new CborError('Too many values.');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    switch (info) {
      case 24:
        return this.#take(1).readUInt8();
      case 25:
        return this.#take(2).readUInt16BE();
      case 26:
        return this.#take(4).readUInt32BE();
      case 27:
        return Number(this.#take(8).readBigUInt64BE());
      default:
        throw new CborError('Invalid argument.');
    }
  }

  #string(info: number, major: number, depth: number): Buffer {
    if (info !== INDEFINITE) return this.#take(this.#argument(info));
    const chunks: Buffer[] = [];
    for (;;) {
      const initial = this.#take(1).readUInt8();
      if (initial === 0xff) return Buffer.concat(chunks);
      if (initial >> 5 !== major || (initial & 0x1f) === INDEFINITE) {
        throw new CborError('Invalid chunk of a string.');
      }
      chunks.push(this.#string(initial & 0x1f, major, depth));
    }
  }

  #items(info: number, depth: number): unknown[] {
    const items: unknown[] = [];
    const count = info === INDEFINITE ? Number.POSITIVE_INFINITY : this.#argument(info);
    while (items.length < count) {
      const item = this.value(depth + 1);
      if (item === BREAK) {
        if (info === INDEFINITE) break;
        throw new CborError('Unexpected break.');
      }
      items.push(item);
    }
    return items;
  }

  #map(info: number, depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    const count = info === INDEFINITE ? Number.POSITIVE_INFINITY : this.#argument(info);
    while (entries.length < count) {
      const key = this.value(depth + 1);
      if (key === BREAK && info === INDEFINITE) break;
      const value = this.value(depth + 1);
      if (typeof key !== 'string' || value === BREAK)
        throw new CborError('Map keys must be strings.');
      entries.push([key, value]);
    }
    // fromEntries creates own properties for all names, including `__proto__`.
    return Object.fromEntries(entries);
  }

  #tagged(tag: number, depth: number): unknown {
    const value = this.value(depth + 1);
    const isTime = tag === TIME_TAG && typeof value === 'number';
    return isTime ? new Date(Math.round(value * this.#timeUnitMs)) : value;
  }

  #simple(info: number): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#take(2).readUInt16BE());
      case 26:
        return this.#take(4).readFloatBE();
      case 27:
        return this.#take(8).readDoubleBE();
      case INDEFINITE:
        return BREAK;
      default:
        throw new CborError('Invalid simple value.');
    }
  }
}

/** Decodes a half-precision float; RFC 8949, appendix D. */
function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (fraction + 1024) * 2 ** (exponent - 25);
}
