import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The part of a request that decides whether it is accepted. */
export interface Knock {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The path without the query, as it came. */
  readonly path: string;
}

/** The status and reason with which a request is refused. */
export interface Refusal {
  readonly status: 403 | 404 | 405;
  readonly reason: string;
}

/**
 * Keeps everybody out but the page that the command line's address opened. Any web page may send
 * requests to loopback, and by DNS rebinding even read the answers: so the host must be loopback's
 * own name, the origin the page's, and the path must begin with a secret.
 * @returns why not, or undefined for a welcome request
 */
export function refusalOf(
  { method, headers, path }: Knock,
  port: number,
  token: string,
): Refusal | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (headers.host === undefined || !hosts.includes(headers.host.toLowerCase())) {
    return { status: 403, reason: 'This server has another host name.' };
  }
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) {
    return { status: 403, reason: 'Only the viewer itself may send requests.' };
  }
  const isForeign = !['same-origin', 'none', undefined].includes(site(headers));
  if (isForeign && headers['sec-fetch-mode'] !== 'navigate') {
    return { status: 403, reason: 'Only the viewer itself may send requests.' };
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, reason: 'The viewer is read-only.' };
  }
  if (!isWithin(path, token)) {
    return { status: 404, reason: 'Open the address that serverless viewer printed.' };
  }
  return undefined;
}

function site(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['sec-fetch-site'];
  return Array.isArray(value) ? value.join() : value;
}

function isWithin(path: string, token: string): boolean {
  const [, first = '', ...rest] = path.split('/');
  const [given, expected] = [Buffer.from(first), Buffer.from(token)];
  return rest.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
}

/** Sent with every answer: the page may load its own files and nothing else, and run no other code. */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;
