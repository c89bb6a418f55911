import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { HttpRequest, HttpResponse } from '../core/http';
import { Connections } from './connections';
import type { Exchange } from './exchange';
import { addressesFor, LOOPBACK, listenError } from './interfaces';
import type { Request, Response } from './node-messages';
import { type BodyRefusal, httpRequest, readBody, refusedBody } from './read-request';
import { TIMEOUTS, type Timeouts } from './timeouts';
import { writeAnswer } from './write-answer';

/** The first bytes of HTTP/2 with prior knowledge; no HTTP/1.1 method starts with them (RFC 9113, 3.4). */
const HTTP2_PREFACE = Buffer.from('PRI ');

/** Concurrent requests on one HTTP/2 connection: more than the shards that a consumer subscribes to. */
const MAX_STREAMS = 1_000;

/** A listening server. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** Answers one request; must not throw. */
export type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

/**
 * Listens for HTTP/1.1 and cleartext HTTP/2 on one port of 127.0.0.1, and of another address if one is
 * given. The AWS SDK speaks HTTP/2 with prior knowledge to Kinesis and HTTP/1.1 to other services, so
 * the first bytes decide.
 * @param port 0 picks a free one
 * @param timeouts limits for slow clients
 * @param host an IP address of this machine; 0.0.0.0 and :: are all of them
 * @throws the system's error when the port is not available (EADDRINUSE); OptionError when the address
 *   is not this machine's
 */
export async function listen(
  port: number,
  handler: Handler,
  timeouts: Timeouts = TIMEOUTS,
  host: string = LOOPBACK,
): Promise<Listener> {
  const connections = new Connections(timeouts);
  const answer = (request: Request, response: Response) => {
    // A client that goes away mid-request is not the server's failure.
    const gone = () => response.destroy?.();
    request.on('error', gone);
    const exchange = connections.begin(request, response);
    readBody(request, exchange, (body) => {
      try {
        respond(request, response, exchange, body, handler)?.catch(gone);
      } catch {
        gone();
      }
    });
  };
  const http1 = http.createServer({ keepAliveTimeout: 60_000 }, answer);
  const h2 = http2.createServer({ settings: { maxConcurrentStreams: MAX_STREAMS } }, answer);
  // A session is created as soon as its socket is passed on.
  let becoming: Socket | undefined;
  h2.on('session', (session) => becoming && connections.addSession(becoming, session));

  const accept = (socket: Socket) => {
    connections.add(socket);
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    sniff(socket, (isHttp2) => {
      becoming = socket;
      (isHttp2 ? h2 : http1).emit('connection', socket);
      becoming = undefined;
    });
  };

  const { opened, servers } = await openPort(port, addressesFor(host), accept);
  return {
    port: opened,
    async close() {
      const closed = Promise.all(servers.map(closing));
      connections.close();
      await closed;
    },
  };
}

/** Free ports that are tried before one is given up that is not free at every address. */
const FREE_PORTS = 10;

interface OpenPort {
  readonly opened: number;
  readonly servers: readonly net.Server[];
}

/** @throws the system's error, or OptionError, when one of the addresses is not available */
async function openPort(
  port: number,
  addresses: readonly string[],
  accept: (socket: Socket) => void,
): Promise<OpenPort> {
  for (let tries = 1; ; tries++) {
    const servers: net.Server[] = [];
    try {
      let opened = port;
      for (const address of addresses) {
        const server = net.createServer(accept);
        opened = await opening(server, opened, address);
        servers.push(server);
      }
      return { opened, servers };
    } catch (error) {
      await Promise.all(servers.map(closing));
      const { code } = error as NodeJS.ErrnoException;
      if (port === 0 && code === 'EADDRINUSE' && tries < FREE_PORTS) continue;
      throw listenError(error as Error);
    }
  }
}

/** @returns the port */
function opening(server: net.Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closing(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
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
    // Not before the protocol is known: bytes that are put back trigger `readable` again and again.
    socket.unshift(seen);
    decide(looksLikeHttp2);
  };
  socket.on('readable', peek);
}

/** @returns undefined once the answer has been passed to Node, where nothing is waited for */
function respond(
  request: Request,
  response: Response,
  exchange: Exchange,
  body: Buffer | BodyRefusal,
  handler: Handler,
): Promise<void> | undefined {
  const { method } = request;
  const answer =
    typeof body === 'number'
      ? refusedBody(httpRequest(request, Buffer.alloc(0)), body)
      : handler(httpRequest(request, body));
  if (!(answer instanceof Promise)) return writeAnswer(method, response, answer, exchange);
  return answer.then((settled) => writeAnswer(method, response, settled, exchange));
}
