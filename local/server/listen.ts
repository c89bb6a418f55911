import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { HttpRequest, HttpResponse } from '../core/http';
import { httpRequest, type Request, readBody } from './read-request';
import { type Response, writeAnswer } from './write-answer';

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
    request.on('error', gone);
    readBody(request, (body) => respond(request, response, body, handler).catch(gone));
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
  request: Request,
  response: Response,
  body: Buffer | undefined,
  handler: Handler,
): Promise<void> {
  const answer =
    body === undefined
      ? { status: 413, headers: {}, body: '' }
      : await handler(httpRequest(request, body));
  await writeAnswer(request.method, response, answer);
}
