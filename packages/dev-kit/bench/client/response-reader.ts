/** The parts of an HTTP/1.1 answer that a bench needs. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** True if the server closes the connection after it. */
  readonly isLast: boolean;
}

const HEAD_END = '\r\n\r\n';
const LAST = /\nconnection: *close/i;
const BODILESS = new Set([204, 304]);

/**
 * Reads the answers of one keep-alive connection, one request at a time, from what the socket
 * gives: just enough of HTTP/1.1 (RFC 9112) that the client costs next to nothing.
 */
export class ResponseReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** With fewer bytes there is no use in looking. */
  #needed = 0;

  /**
   * @returns the answer when these bytes complete it
   * @throws Error for anything but an HTTP/1.1 answer with a length
   */
  push(chunk: Buffer): Answer | undefined {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return undefined;
    const bytes = this.#joined();
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd === -1) return undefined;
    const head = bytes.toString('latin1', 0, headEnd);
    const status = statusOf(head);
    const start = headEnd + HEAD_END.length;
    const body = isChunked(head)
      ? dechunk(bytes, start)
      : this.#fixed(bytes, start, lengthOf(head, status));
    if (body === undefined) return undefined;
    if (body.end < bytes.length) throw new Error('More came than one answer.');
    this.#chunks = [];
    this.#size = 0;
    this.#needed = 0;
    return { status, body: body.content, isLast: LAST.test(head) };
  }

  #joined(): Buffer {
    const [only] = this.#chunks;
    if (this.#chunks.length === 1 && only !== undefined) return only;
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #fixed(bytes: Buffer, start: number, length: number): Body | undefined {
    const end = start + length;
    if (bytes.length < end) {
      this.#needed = end;
      return undefined;
    }
    return { content: bytes.subarray(start, end), end };
  }
}

interface Body {
  readonly content: Buffer;
  readonly end: number;
}

function statusOf(head: string): number {
  const match = /^HTTP\/1\.1 (\d{3})/.exec(head);
  if (match === null) throw new Error(`This is no HTTP/1.1 answer: ${head.slice(0, 80)}`);
  return Number(match[1]);
}

function lengthOf(head: string, status: number): number {
  if (BODILESS.has(status)) return 0;
  const match = /^content-length: *(\d+) *$/im.exec(head.replaceAll('\r', ''));
  if (match === null) throw new Error(`An answer without a length: ${head.slice(0, 200)}`);
  return Number(match[1]);
}

const isChunked = (head: string) => /\ntransfer-encoding: *chunked/i.test(head);

/** RFC 9112, 7.1, without extensions' meaning and trailers. */
function dechunk(bytes: Buffer, start: number): Body | undefined {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('A chunk without a size.');
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { content: Buffer.concat(parts), end };
    parts.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
