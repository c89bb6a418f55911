import { once } from 'node:events';
import { ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';
import type { HttpResponse } from '../core/http';
import type { Exchange } from './exchange';
import type { Response } from './node-messages';

const LENGTH = 'content-length';

const PIECE_BYTES = 1024 * 1024;

/**
 * Writes an answer.
 * @param method of the request: the answer to HEAD has no body
 * @returns undefined when the answer has been passed to Node; for a stream a promise, which rejects
 *   when the client goes away
 */
export function writeAnswer(
  method: string | undefined,
  response: Response,
  answer: HttpResponse,
  exchange: Exchange,
): Promise<void> | undefined {
  const bytes = Buffer.byteLength(answer.body);
  try {
    writeHead(response, answer, bytes);
  } catch (error) {
    const name = unsendable(answer);
    if (name === undefined) throw error;
    refuseHeader(response, name);
    return undefined;
  }
  const hasBody = method !== 'HEAD';
  const isLarge = hasBody && bytes > PIECE_BYTES;
  const stream = answer.stream ?? (isLarge ? inPieces(answer.body) : undefined);
  if (stream !== undefined) {
    return writeStream(response as ServerResponse, stream, isGone(response), exchange);
  }
  if (hasBody) endWith(response, answer.body, bytes);
  else response.end();
  return undefined;
}

/** Writes a large body in pieces, so that a client that does not read it is noticed. */
function inPieces(body: string | Buffer): NonNullable<HttpResponse['stream']> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return async function* () {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      yield bytes.subarray(at, at + PIECE_BYTES);
    }
  };
}

function writeHead(response: Response, answer: HttpResponse, bytes: number): void {
  const isWhole = answer.stream === undefined;
  const list =
    isWhole && response instanceof ServerResponse ? headerList(answer, bytes) : undefined;
  if (list !== undefined) {
    (response as ServerResponse).writeHead(answer.status, list);
    return;
  }
  setHeaders(response, answer);
  if (isWhole && !response.hasHeader(LENGTH)) {
    response.setHeader(LENGTH, bytes);
  }
}

function setHeaders(response: Response, { status, headers }: HttpResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

/**
 * Names and values in turn, with the body's length, in the form that Node accepts all at once: set one by
 * one they cost more than the rest of a small answer. Undefined when a header has several values.
 */
function headerList({ headers }: HttpResponse, bytes: number): string[] | undefined {
  const list: string[] = [];
  let hasLength = false;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== 'string') return undefined;
    list.push(name, value);
    if (name.length === LENGTH.length && name.toLowerCase() === LENGTH) hasLength = true;
  }
  if (!hasLength) list.push(LENGTH, String(bytes));
  return list;
}

/** The first header that is invalid in HTTP: a template may set any text. */
function unsendable({ headers }: HttpResponse): string | undefined {
  return Object.keys(headers).find((name) => {
    try {
      validateHeaderName(name);
      for (const value of [headers[name] ?? ''].flat()) validateHeaderValue(name, value);
      return false;
    } catch {
      return true;
    }
  });
}

/** Otherwise the client would only see a closed connection. */
function refuseHeader(response: Response, name: string): void {
  for (const given of response.getHeaderNames()) response.removeHeader(given);
  response.statusCode = 500;
  response.setHeader('content-type', 'application/json');
  const message = `The embedded AWS cannot send the header '${name}': its name or value has characters that HTTP does not carry.`;
  const body = JSON.stringify({ __type: 'InternalFailure', message });
  endWith(response, body, Buffer.byteLength(body));
}

/**
 * Ends an answer with its body. Node sends a text in one piece with the head and in one encoding,
 * which is the head's when the text is ASCII: it has as many bytes as characters.
 */
function endWith(response: Response, body: string | Buffer, bytes: number): void {
  const isAscii = typeof body === 'string' && bytes === body.length;
  if (isAscii) (response as ServerResponse).end(body, 'latin1');
  else (response as ServerResponse).end(typeof body === 'string' ? Buffer.from(body) : body);
}

function isGone(response: Response): boolean {
  return 'stream' in response ? response.stream.destroyed : response.destroyed;
}

/** Writes pieces as fast as the client reads them; when the client is gone, the source is aborted. */
async function writeStream(
  response: ServerResponse,
  stream: NonNullable<HttpResponse['stream']>,
  isGone: boolean,
  exchange: Exchange,
): Promise<void> {
  const gone = new AbortController();
  // The client may have gone while the answer was being prepared: the event fires only once.
  if (isGone) gone.abort();
  response.once('close', () => gone.abort());
  // Send the headers now: the first piece may take long.
  response.flushHeaders();
  for await (const piece of stream(gone.signal)) {
    if (gone.signal.aborted) return;
    if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal });
    exchange.sent++;
  }
  response.end();
}
