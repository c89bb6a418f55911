/** Bytes in a response: base64 in JSON, a byte string in CBOR. */
export class WireBlob {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  toJSON(): string {
    return this.bytes.toString('base64');
  }
}

/** A time in a response: seconds with a fraction in JSON, milliseconds in CBOR. */
export class WireTime {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  toJSON(): number {
    return this.milliseconds / 1000;
  }
}

/** A time that the service truncates to seconds, such as a creation time. */
export function wholeSecond(milliseconds: number): WireTime {
  return new WireTime(Math.floor(milliseconds / 1000) * 1000);
}
