/** `String.fromCharCode` takes its characters as arguments, of which there must not be too many. */
const CHUNK = 0x8000;

/** Built into Node and newer browsers, and some hundred times as fast. */
const { Buffer: buffer } = globalThis as {
  readonly Buffer?: {
    from(bytes: ArrayBufferLike, start: number, length: number): { toString(as: 'base64'): string };
  };
};
type Native = Uint8Array & { readonly toBase64?: () => string };

/** Bytes as base64, in Node and in browsers alike. */
export function toBase64(bytes: Uint8Array): string {
  if (buffer !== undefined) {
    return buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  }
  return (bytes as Native).toBase64?.() ?? btoa(binaryOf(bytes));
}

function binaryOf(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return binary;
}

/** The bytes of base64 text. @throws DOMException for text that is not base64 */
export function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
