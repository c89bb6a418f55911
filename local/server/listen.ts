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
  const answer = (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ) => {
    // A client that goes away mid-request is not the server's failure.
    respond(request, response, handler).catch(() => response.destroy?.());
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
  let seen: Buffer = Buffer.alloc(0);
  const peek = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const head = seen.subarray(0, HTTP2_PREFACE.length);
    const looksLikeHttp2 = head.equals(HTTP2_PREFACE.subarray(0, head.length));
    if (looksLikeHttp2 && head.length < HTTP2_PREFACE.length) return;
    socket.removeListener('readable', peek);
    // Not before it is decided: what is put back is readable at once, again and again.
    socket.unshift(seen);
    decide(looksLikeHttp2);
  };
  socket.on('readable', peek);
}

async function respond(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  handler: Handler,
): Promise<void> {
  const body = await readBody(request);
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const answer =
    body === undefined
      ? { status: 413, headers: {}, body: '' }
      : await handler({
          method: request.method ?? 'GET',
          path: mark === -1 ? target : target.slice(0, mark),
          query: mark === -1 ? '' : target.slice(mark + 1),
          headers: plainHeaders(request),
          body,
          sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
          protocol: `HTTP/${request.httpVersion}`,
        });
  await write(request, response, answer);
}

async function write(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  answer: HttpResponse,
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) {
    try {
      response.setHeader(name, typeof value === 'string' ? value : [...value]);
    } catch {
      refuseHeader(response as ServerResponse, name);
      return;
    }
  }
  if (answer.stream !== undefined) {
    const isGone = 'stream' in response ? response.stream.destroyed : response.destroyed;
    await writeStream(response as ServerResponse, answer.stream, isGone);
    return;
  }
  const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  if (!response.hasHeader('content-length')) response.setHeader('content-length', bytes.length);
  (response as ServerResponse).end(request.method === 'HEAD' ? undefined : bytes);
}

/** A template may make any text a header. The client would see no more than a connection that ends. */
function refuseHeader(response: ServerResponse, name: string): void {
  for (const given of response.getHeaderNames()) response.removeHeader(given);
  response.statusCode = 500;
  response.setHeader('content-type', 'application/json');
  const message = `The embedded AWS cannot send the header '${name}': its name or value has characters that HTTP does not carry.`;
  response.end(JSON.stringify({ __type: 'InternalFailure', message }));
}

/** Writes pieces as fast as the client takes them; when the client is gone, the source is told. */
async function writeStream(
  response: ServerResponse,
  stream: NonNullable<HttpResponse['stream']>,
  isGone: boolean,
): Promise<void> {
  const gone = new AbortController();
  // While the answer was being made, the client may have gone: that is told only once.
  if (isGone) gone.abort();
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
 * The whole body, or undefined when it is too large to be any AWS request. By events: the stream's
 * iterator costs a small request more than its parsing does.
 */
function readBody(request: IncomingMessage | Http2ServerRequest): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > MAX_BODY_BYTES) resolve(undefined);
      else
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', reject);
    // Before the end it means that the client has gone away.
    request.on('close', () => {
      if (!request.readableEnded)
        reject(new Error('The connection closed before the request ended'));
    });
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
