import { randomUUID } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { AwsError } from '../core/errors';
import type { HttpRequest, HttpResponse } from '../core/http';
import { credentialScope } from './credentials';
import type { Exchange } from './exchange';
import { faultAnswer } from './fault-answer';
import type { Request } from './node-messages';

/** Larger than any body of a supported AWS operation. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The status for a refused body: larger than any AWS request, or one too many at a time. */
export type BodyRefusal = 413 | 503;

/**
 * Reads the whole body, also of one that is refused. Uses as few events as possible and no promise: for
 * a small request these cost more than parsing it. When the client goes away before the end, there is no
 * answer.
 */
export function readBody(
  request: Request,
  exchange: Exchange,
  done: (body: Buffer | BodyRefusal) => void,
): void {
  const chunks: Buffer[] = [];
  let refusal: BodyRefusal | undefined;
  request.on('data', (chunk: Buffer) => {
    if (exchange.receive(chunk.length) && exchange.received <= MAX_BODY_BYTES) {
      chunks.push(chunk);
      return;
    }
    refusal ??= exchange.received > MAX_BODY_BYTES ? 413 : 503;
    chunks.length = 0;
    exchange.release();
  });
  request.on('end', () => {
    if (refusal !== undefined) done(refusal);
    else done(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
  });
}

/** The answer to a request whose body was refused, in the protocol of the service it was sent to. */
export function refusedBody(request: HttpRequest, status: BodyRefusal): HttpResponse {
  const [code, message] = REFUSALS[status];
  const service = credentialScope(request)?.service;
  return faultAnswer(request, service, randomUUID(), new AwsError(code, message, { status }));
}

const REFUSALS: Readonly<Record<BodyRefusal, readonly [code: string, message: string]>> = {
  413: [
    'RequestEntityTooLarge',
    `The request has more than ${MAX_BODY_BYTES} bytes, the most that the embedded AWS takes.`,
  ],
  503: [
    'ServiceUnavailable',
    'The embedded AWS is reading as many request bodies as it has room for. Try again.',
  ],
};

/** The request in the form that services receive. */
export function httpRequest(request: Request, body: Buffer): HttpRequest {
  const { target, authority } = targetOf(request.url ?? '/');
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: plainHeaders(request, authority),
    rawHeaders: request.rawHeaders,
    body,
    sourceIp: plainAddress(request.socket.remoteAddress ?? '127.0.0.1'),
    protocol: request.httpVersion === '1.1' ? 'HTTP/1.1' : `HTTP/${request.httpVersion}`,
  };
}

/** Before the addresses of IPv4 clients, where a socket takes both. */
const IPV4_AS_IPV6 = /^::ffff:(?=[\d.]+$)/i;

const plainAddress = (address: string): string =>
  address.startsWith('::') ? address.replace(IPV4_AS_IPV6, '') : address;

const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/is;

/** Clients that use this server as a proxy name the host in the target, which wins (RFC 9112, 3.2.2). */
function targetOf(url: string): { readonly target: string; readonly authority?: string } {
  if (url.startsWith('/')) return { target: url };
  const [, authority, rest = ''] = ABSOLUTE_FORM.exec(url) ?? [];
  if (authority === undefined) return { target: url };
  return { target: rest.startsWith('/') ? rest : `/${rest}`, authority };
}

/** @param authority the host named by the target, in place of the header */
function plainHeaders(
  request: Request,
  authority: string | undefined,
): Readonly<Record<string, string>> {
  // HTTP/1.1's values are strings, except Set-Cookie, which clients do not send: no copy is needed.
  if (
    request instanceof IncomingMessage &&
    request.headers['set-cookie'] === undefined &&
    authority === undefined &&
    hasOneHost(request)
  ) {
    return request.headers as Readonly<Record<string, string>>;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  headers.host = authority ?? [...new Set(hostsOf(request))].join(', ');
  return headers;
}

/** Node uses the first of several Host headers; a proxy in between may have used another. */
function hasOneHost({ rawHeaders }: IncomingMessage): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count === 1;
}

/** All hosts that a request names: by several headers, or HTTP/2's `:authority` and a header. */
function hostsOf({ rawHeaders }: Request): string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && /^(host|:authority)$/i.test(rawHeaders[index - 1] ?? ''),
  );
}
