import { CborValue, Tagged } from '../../core/cbor/encode';

/** Bytes in a response: base64 in JSON, a byte string in CBOR. */
export class WireBlob extends CborValue {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.bytes = bytes;
  }

  toJSON(): string {
    return this.bytes.toString('base64');
  }

  toCbor(): Buffer {
    return this.bytes;
  }
}

/** A time in a response: seconds with a fraction in JSON, milliseconds in CBOR. */
export class WireTime extends CborValue {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super();
    this.milliseconds = milliseconds;
  }

  toJSON(): number {
    return this.milliseconds / 1000;
  }

  toCbor(): Tagged {
    return new Tagged(1, this.milliseconds);
  }
}

/** A time that the service truncates to seconds, such as a creation time. */
export function wholeSecond(milliseconds: number): WireTime {
  return new WireTime(Math.floor(milliseconds / 1000) * 1000);
}

/** An output with parts whose JSON is known already, which `JSON.stringify` cannot be given. */
export abstract class PreparedOutput {
  abstract toText(): string;
}
