import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { MAX_PAYLOAD_BYTES, PayloadTooLargeError, readPayload } from './payload-limit';

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** Decompressors by `content-encoding`. */
const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
};

/** Statuses whose answers have no body, which `Response` insists on. */
const BODILESS: readonly number[] = [204, 205, 304];

/**
 * Replaces `fetch` for a gateway's backends: it sends the path unchanged, dot segments included, adds no
 * header but the length of the body, and follows no redirect. As with `fetch`, answers are decompressed, and a network failure is a
 * TypeError with Node's error as its cause. Unlike `fetch`
 * it reads and unpacks no more than API Gateway's limit; the cause is a PayloadTooLargeError then.
 */
export const sendAsIs: typeof fetch = async (input, init = {}) => {
  try {
    const answer = await sent(String(input), init);
    const bytes = await bodyOf(answer);
    const status = answer.statusCode ?? 0;
    const headers = new Headers();
    for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
      headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '');
    }
    const decode = DECODERS[headers.get('content-encoding')?.trim().toLowerCase() ?? ''];
    const isEmpty = BODILESS.includes(status) || bytes.length === 0;
    const plain = decode === undefined || isEmpty ? bytes : await unpacked(bytes, decode);
    return new Response(isEmpty ? null : new Uint8Array(plain), { status, headers });
  } catch (cause) {
    throw new TypeError('fetch failed', { cause });
  }
};

/** An answer whose announced length is too large is refused before it is read. */
async function bodyOf(answer: http.IncomingMessage): Promise<Buffer> {
  const announced = Number(answer.headers['content-length'] ?? 0);
  if (announced > MAX_PAYLOAD_BYTES) {
    answer.destroy();
    throw new PayloadTooLargeError(announced);
  }
  return readPayload(answer);
}

async function unpacked(bytes: Buffer, decode: Decode): Promise<Buffer> {
  try {
    return await decode(bytes, { maxOutputLength: MAX_PAYLOAD_BYTES });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ERR_BUFFER_TOO_LARGE' ? new PayloadTooLargeError(undefined, { cause }) : cause;
  }
}

/** In UTF-8, where half of a surrogate pair is U+FFFD; `encodeURIComponent` would throw. */
const percentEncoded = (character: string): string =>
  Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');

const EMPTY = new Uint8Array(0);

/** A mapping may announce trailers. AWS sends such a header, and Node none without the trailers. */
function withoutTrailer(headers: RequestInit['headers']): Record<string, string> {
  const { trailer: _announced, ...others } = Object.fromEntries(new Headers(headers));
  return others;
}

function sent(
  url: string,
  { method, headers, body, signal }: RequestInit,
): Promise<http.IncomingMessage> {
  const [, scheme = '', authority = '', rest = ''] = /^(\w+):\/\/([^/?#]*)([^#]*)/.exec(url) ?? [];
  const { hostname, port } = new URL(`${scheme}://${authority}`);
  const path = rest.replace(/[^\x21-\x7e]/gu, percentEncoded);
  const bytes = body instanceof Uint8Array ? body : EMPTY;
  return new Promise((resolve, reject) => {
    const { request } = scheme.toLowerCase() === 'https' ? https : http;
    request(
      {
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        method: method ?? 'GET',
        path: path.startsWith('/') ? path : `/${path}`,
        headers: {
          ...withoutTrailer(headers),
          // AWS always sends it, `0` too. Node would send some methods' bodies without.
          'content-length': bytes.length,
        },
        // A connection kept from an earlier request may be one that the backend is about to close.
        agent: false,
        ...(signal && { signal }),
      },
      resolve,
    )
      .on('error', reject)
      .end(bytes);
  });
}
