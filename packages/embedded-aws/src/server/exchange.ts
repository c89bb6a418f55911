import { constants } from 'node:http2';
import { reasonHeaders } from '../core/protocol/reason-headers';
import type { Request, Response } from './node-messages';
import type { Timeouts } from './timeouts';

/** Bytes of the bodies of all requests that are being read or answered. */
export class HeldBodies {
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Reserves bytes, unless there is no room. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#most) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/** In headers, since a client that does not send cannot be trusted to read. */
const TOO_SLOW = reasonHeaders('HEAD', {
  code: 'RequestTimeout',
  message: 'The body of the request came too slowly.',
});

/** One request and its answer, watched for a slow client. */
export class Exchange {
  readonly #request: Request;
  readonly #response: Response;
  readonly #startedAt: number;
  readonly #bodies: HeldBodies;
  /** Bytes of the body so far. */
  #received = 0;
  #held = 0;
  #isRefused = false;
  /** Pieces of the answer that the client has read. */
  sent = 0;
  #window: { since: number; received: number };
  #piece: { since: number; sent: number } | undefined;
  #isEnding = false;

  constructor(request: Request, response: Response, bodies: HeldBodies, now: number) {
    this.#bodies = bodies;
    this.#request = request;
    this.#response = response;
    this.#startedAt = now;
    this.#window = { since: now, received: 0 };
  }

  get received(): number {
    return this.#received;
  }

  /** Counts bytes of the body; false when there is no room for them. */
  receive(bytes: number): boolean {
    this.#received += bytes;
    if (this.#isRefused || !this.#bodies.take(bytes)) return false;
    this.#held += bytes;
    return true;
  }

  /** Releases the body's bytes. */
  release(): void {
    this.#isRefused = true;
    this.#bodies.give(this.#held);
    this.#held = 0;
  }

  /** Ends the exchange when the client takes too long to send the body or to read the answer. */
  check(now: number, timeouts: Timeouts): void {
    if (this.#isEnding) this.#destroy();
    else if (this.#isLateWithAnswer(now, timeouts)) this.#destroy();
    else if (this.#isLateWithBody(now, timeouts)) this.#refuse();
  }

  #isLateWithBody(now: number, { bodyMs, bodyWindowMs, bodyBytes }: Timeouts): boolean {
    if (this.#request.complete) return false;
    if (now - this.#startedAt > bodyMs) return true;
    if (now - this.#window.since <= bodyWindowMs) return false;
    if (this.#received - this.#window.received < bodyBytes) return true;
    this.#window = { since: now, received: this.#received };
    return false;
  }

  #isLateWithAnswer(now: number, { answerMs }: Timeouts): boolean {
    const { writableEnded } = this.#response;
    const outgoing = 'stream' in this.#response ? this.#response.stream : this.#response;
    if (!writableEnded && !outgoing.writableNeedDrain) {
      this.#piece = undefined;
      return false;
    }
    if (this.#piece?.sent !== this.sent) this.#piece = { since: now, sent: this.sent };
    return now - this.#piece.since > answerMs;
  }

  /** Answers the client; a connection that is left at the next check is destroyed. */
  #refuse(): void {
    this.#isEnding = true;
    const response = this.#response;
    if (response.headersSent) {
      this.#destroy();
    } else if ('stream' in response) {
      const { stream } = response;
      response.writeHead(408, TOO_SLOW);
      response.end(() => stream.close());
    } else {
      const { socket } = this.#request;
      response.writeHead(408, { ...TOO_SLOW, connection: 'close', 'content-length': '0' });
      response.end(() => socket.destroySoon());
    }
  }

  #destroy(): void {
    // With an error: half an answer must not look like a whole one.
    if ('stream' in this.#response) this.#response.stream.close(constants.NGHTTP2_CANCEL);
    else this.#request.socket.destroy();
  }
}
