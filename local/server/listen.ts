import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import http2, { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { HttpRequest, HttpResponse } from '../core/http';

/** Larger than any body that a supported AWS operation takes. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The first bytes of HTTP/2 with prior knowledge; no HTTP/1.1 method starts with them (RFC 9113, 3.4). */
const HTTP2_PREFACE = Buffer.from('PRI ');

/** A listening server. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** Answers one request; must not throw. */
export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Listens on 127.0.0.1 for HTTP/1.1 and cleartext HTTP/2 on one port. The AWS SDK speaks HTTP/2 with
 * prior knowledge to Kinesis and HTTP/1.1 to all else, so the first bytes decide.
 * @param port 0 picks a free one
 * @throws the system's error when the port cannot be had (EADDRINUSE)
 */
export async function listen(port: number, handler: Handler): Promise<Listener> {
  const answer = (request: Request, response: Response) => {
    // A client that goes away mid-request is not the server's failure.
    const gone = () => response.destroy?.();
    readBody(request, (body) => respond(request, response, body, handler).catch(gone), gone);
  };
  const http1 = http.createServer({ keepAliveTimeout: 60_000 }, answer);
  const h2 = http2.createServer(answer);
  const sockets = new Set<Socket>();

  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    sniff(socket, (isHttp2) => (isHttp2 ? h2 : http1).emit('connection', socket));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function sniff(socket: Socket, decide: (isHttp2: boolean) => void): void {
  const peek = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    socket.unshift(chunk);
    const head = chunk.subarray(0, HTTP2_PREFACE.length);
    const looksLikeHttp2 = head.equals(HTTP2_PREFACE.subarray(0, head.length));
    if (looksLikeHttp2 && head.length < HTTP2_PREFACE.length) return;
    socket.removeListener('readable', peek);
    decide(looksLikeHttp2);
  };
  socket.on('readable', peek);
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

async function respond(
  request: Request,
  response: Response,
  body: Buffer | undefined,
  handler: Handler,
): Promise<void> {
  const answer =
    body === undefined
      ? { status: 413, headers: {}, body: '' }
      : await handler(httpRequest(request, body));
  if (answer.stream !== undefined) {
    setHeaders(response, answer);
    await writeStream(response as ServerResponse, answer.stream);
  } else if (response instanceof http.ServerResponse) {
    writeAtOnce(request, response, answer);
  } else {
    setHeaders(response, answer);
    const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    if (!response.hasHeader('content-length')) response.setHeader('content-length', bytes.length);
    response.end(request.method === 'HEAD' ? '' : bytes);
  }
}

function httpRequest(request: Request, body: Buffer): HttpRequest {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: plainHeaders(request),
    body,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    protocol: request.httpVersion === '1.1' ? 'HTTP/1.1' : `HTTP/${request.httpVersion}`,
  };
}

function setHeaders(response: Response, { status, headers }: HttpResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

/**
 * Writes an HTTP/1.1 answer, its head and body together: a list of headers and a text cost a small
 * answer half of what headers one by one and a buffer cost.
 */
function writeAtOnce(request: Request, response: ServerResponse, answer: HttpResponse): void {
  const { body } = answer;
  const length = Buffer.byteLength(body);
  response.writeHead(answer.status, headersOf(answer, length));
  if (request.method === 'HEAD') response.end();
  // A text of as many bytes as characters is ASCII. Other texts must not be joined to the head,
  // whose encoding is another one.
  else if (typeof body === 'string' && length === body.length) response.end(body, 'latin1');
  else response.end(typeof body === 'string' ? Buffer.from(body) : body);
}

/** Names and values in turn, the body's length among them. */
function headersOf({ headers }: HttpResponse, length: number): (string | string[])[] {
  const list: (string | string[])[] = [];
  let hasLength = false;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    list.push(name, typeof value === 'string' ? value : [...value]);
    if (name.length === LENGTH.length && name.toLowerCase() === LENGTH) hasLength = true;
  }
  if (!hasLength) list.push(LENGTH, String(length));
  return list;
}

const LENGTH = 'content-length';

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

/**
 * Reads the whole body; undefined when it is too large to be any AWS request. By events and without
 * a promise: for a small request, these cost more than its parsing does.
 */
function readBody(
  request: Request,
  done: (body: Buffer | undefined) => void,
  gone: () => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (size > MAX_BODY_BYTES) done(undefined);
    else done(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
  });
  request.on('error', gone);
  // Before the end it means that the client has gone away.
  request.on('close', () => {
    if (!request.readableEnded) gone();
  });
}

function plainHeaders(request: IncomingMessage | Http2ServerRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === ':authority') headers.host ??= String(value);
    if (value === undefined || name.startsWith(':')) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
