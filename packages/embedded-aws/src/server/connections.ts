import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { Exchange, HeldBodies } from './exchange';
import type { Request, Response } from './node-messages';
import type { Timeouts } from './timeouts';

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** For all requests together; a single one may have 64 MiB. */
const MOST_BODY_BYTES = 1024 ** 3;

/** A client's connection, HTTP/1.1 or HTTP/2, from its first byte on. */
class Connection {
  readonly #socket: Socket;
  /** One, or several at a time in HTTP/2. */
  readonly #exchanges: Exchange[] = [];
  #session: ServerHttp2Session | undefined;
  /** Start of the time without a request. */
  #quietSince: number;
  #bytesWhenQuiet = 0;
  /** Start of a request whose headers are incomplete. */
  #headSince: number | undefined;
  #isEnding = false;

  constructor(socket: Socket, now: number) {
    this.#socket = socket;
    this.#quietSince = now;
  }

  becomeSession(session: ServerHttp2Session): void {
    this.#session = session;
    this.#headSince = undefined;
  }

  begin(exchange: Exchange): void {
    this.#exchanges.push(exchange);
    this.#headSince = undefined;
  }

  end(exchange: Exchange, now: number): void {
    const at = this.#exchanges.indexOf(exchange);
    if (at !== -1) this.#exchanges.splice(at, 1);
    this.#quietSince = now;
    this.#bytesWhenQuiet = this.#socket.bytesRead;
  }

  check(now: number, timeouts: Timeouts): void {
    if (this.#isEnding) this.destroy();
    else if (this.#exchanges.length > 0) {
      for (const exchange of this.#exchanges) exchange.check(now, timeouts);
    } else if (this.#isLate(now, timeouts)) this.#hangUp();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #isLate(now: number, { idleMs, headersMs }: Timeouts): boolean {
    if (now - this.#quietSince > idleMs) return true;
    // A session has frames, such as PING, that do not start a request.
    if (this.#session !== undefined || this.#socket.bytesRead === this.#bytesWhenQuiet) {
      return false;
    }
    this.#headSince ??= now;
    return now - this.#headSince > headersMs;
  }

  /** Closes gracefully; what is left at the next check is destroyed. */
  #hangUp(): void {
    this.#isEnding = true;
    if (this.#session !== undefined) this.#session.close();
    else if (this.#headSince !== undefined) this.#socket.end(TIMED_OUT);
    else this.destroy();
  }
}

/**
 * All connections of a server; closes those whose clients take too long. Node's own request timeouts
 * apply only to sockets that its HTTP server accepted itself.
 */
export class Connections {
  readonly #timeouts: Timeouts;
  readonly #all = new Map<Socket, Connection>();
  readonly #sessions = new WeakMap<ServerHttp2Session, Connection>();
  readonly #sweep: NodeJS.Timeout;
  readonly #bodies = new HeldBodies(MOST_BODY_BYTES);
  #sweptAt = performance.now();
  /**
   * Milliseconds during which clients could be heard. They cannot while the process or the machine is
   * suspended, so a long gap between two sweeps counts as a short one.
   */
  #now = 0;

  constructor(timeouts: Timeouts) {
    this.#timeouts = timeouts;
    this.#sweep = setInterval(() => this.#check(), timeouts.sweepMs);
    this.#sweep.unref();
  }

  add(socket: Socket): void {
    this.#all.set(socket, new Connection(socket, this.#now));
    socket.once('close', () => this.#all.delete(socket));
  }

  /** Registers the HTTP/2 session of a socket. */
  addSession(socket: Socket, session: ServerHttp2Session): void {
    const connection = this.#all.get(socket);
    if (connection === undefined) return;
    connection.becomeSession(session);
    this.#sessions.set(session, connection);
  }

  /** Registers a request whose headers are complete. */
  begin(request: Request, response: Response): Exchange {
    const connection =
      'stream' in request
        ? request.stream.session && this.#sessions.get(request.stream.session as ServerHttp2Session)
        : this.#all.get(request.socket);
    const exchange = new Exchange(request, response, this.#bodies, this.#now);
    // The connection is gone when the client has already left.
    connection?.begin(exchange);
    // It closes once; `once` would cost more than what is done then.
    response.on('close', () => {
      exchange.release();
      connection?.end(exchange, this.#now);
    });
    return exchange;
  }

  /** Destroys all connections. */
  close(): void {
    clearInterval(this.#sweep);
    for (const connection of this.#all.values()) connection.destroy();
  }

  #check(): void {
    const { sweepMs } = this.#timeouts;
    const at = performance.now();
    this.#now += Math.min(at - this.#sweptAt, 2 * sweepMs);
    this.#sweptAt = at;
    for (const connection of this.#all.values()) connection.check(this.#now, this.#timeouts);
  }
}
