import { createHash } from 'node:crypto';
import type { HttpRequest } from '../core/http';

export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('hex');

/** Percent-encodes all but RFC 3986's unreserved characters. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Decodes percent-encoding; invalid sequences stay as they are. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The text whose hash is signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param canonicalPath see {@link canonicalPath}
 * @param payloadHash the body's SHA-256 in hexadecimal, or its placeholder
 */
export function canonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
  canonicalPath: string,
  payloadHash: string,
): string {
  const headers = signedHeaders.map((name) => `${name}:${canonicalHeader(request, name)}\n`);
  return [
    request.method,
    canonicalPath,
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function canonicalHeader({ headers }: HttpRequest, name: string): string {
  // HTTP/2 calls the host `:authority`; the server passes it on as `host`.
  const value = headers[name === ':authority' ? 'host' : name] ?? '';
  return value.trim().replace(/\s+/g, ' ');
}

/** Parameters sorted by encoded name and value, without the signature. */
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const mark = parameter.indexOf('=');
      const name = mark === -1 ? parameter : parameter.slice(0, mark);
      const value = mark === -1 ? '' : parameter.slice(mark + 1);
      return [encodeStrictly(decode(name)), encodeStrictly(decode(value))] as const;
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * The path as it is signed. S3 signs it as it is sent, percent-encoded once; all other services remove dot
 * segments and empty ones, and encode the path a second time.
 */
export function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path.split('/').map(decode).map(encodeStrictly).join('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encodeStrictly(segment));
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${end}`;
}
