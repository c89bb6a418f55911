/** A text in CBOR, RFC 8949: of at most 255 bytes. */
function cborText(value: string): Buffer {
  const bytes = Buffer.from(value);
  const head = bytes.length < 24 ? [0x60 + bytes.length] : [0x78, bytes.length];
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** A map of texts in CBOR: of at most 23 members. */
export function cborMap(members: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(members);
  return Buffer.concat([
    Buffer.from([0xa0 + entries.length]),
    ...entries.flatMap((entry) => entry.map(cborText)),
  ]);
}
