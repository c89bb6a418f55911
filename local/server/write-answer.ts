import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { HttpResponse } from '../core/http';

/** What Node takes an answer with. */
export type Response = ServerResponse | Http2ServerResponse;

const LENGTH = 'content-length';

/**
 * Writes an answer. Settles when it is on its way; one that comes in pieces, when its end is.
 * @param method of the request: the answer to HEAD has no body
 * @throws Error for headers that HTTP does not have, and when the client of a stream goes away
 */
export async function writeAnswer(
  method: string | undefined,
  response: Response,
  answer: HttpResponse,
): Promise<void> {
  if (answer.stream !== undefined) {
    setHeaders(response, answer);
    await writeStream(response as ServerResponse, answer.stream);
    return;
  }
  const list = response instanceof ServerResponse ? headerList(answer) : undefined;
  if (list !== undefined) {
    (response as ServerResponse).writeHead(answer.status, list);
  } else {
    setHeaders(response, answer);
    if (!response.hasHeader(LENGTH)) response.setHeader(LENGTH, Buffer.byteLength(answer.body));
  }
  endWith(response, method === 'HEAD' ? '' : answer.body);
}

function setHeaders(response: Response, { status, headers }: HttpResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

/**
 * Names and values in turn, the body's length among them, as Node takes them at once: one by one,
 * they cost a small answer more than all else in it. Undefined where one has several values.
 */
function headerList({ headers, body }: HttpResponse): string[] | undefined {
  const list: string[] = [];
  let hasLength = false;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== 'string') return undefined;
    list.push(name, value);
    if (name.length === LENGTH.length && name.toLowerCase() === LENGTH) hasLength = true;
  }
  if (!hasLength) list.push(LENGTH, String(Buffer.byteLength(body)));
  return list;
}

/**
 * Ends an answer with its body. Node sends a text in one piece with the head and in one encoding,
 * which is the head's when the text is ASCII: it has as many bytes as characters.
 */
function endWith(response: Response, body: string | Buffer): void {
  const { length } = body;
  const isAscii = typeof body === 'string' && Buffer.byteLength(body) === length;
  if (isAscii) (response as ServerResponse).end(body, 'latin1');
  else (response as ServerResponse).end(typeof body === 'string' ? Buffer.from(body) : body);
}

/** Writes pieces as fast as the client takes them; when the client is gone, the source is told. */
async function writeStream(
  response: ServerResponse,
  stream: NonNullable<HttpResponse['stream']>,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // The client is to know that it is connected, however long the first piece takes.
  response.flushHeaders();
  for await (const piece of stream(gone.signal)) {
    if (gone.signal.aborted) return;
    if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal });
  }
  response.end();
}
