import { createHmac } from 'node:crypto';
import { sha256 } from './canonical-request';

/** The inputs of the first chunk's signature. */
export interface SeedSignature {
  /** The key that signs for the day, region and service. */
  readonly key: Buffer;
  /** `20261122T101530Z` */
  readonly timestamp: string;
  /** `20261122/us-east-1/s3/aws4_request` */
  readonly scope: string;
  /** The signature of the request's headers. */
  readonly signature: string;
}

const CRLF = Buffer.from('\r\n');
const CHUNK_HEAD = /^([0-9a-f]{1,8});chunk-signature=([0-9a-f]{64})$/i;

/** Payload types with signed chunks, without and with signed trailers. */
export const SIGNED_CHUNKS = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
export const SIGNED_CHUNKS_AND_TRAILER = `${SIGNED_CHUNKS}-TRAILER`;

/**
 * Verifies the signature of each chunk of a body; each includes the one before it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 * @param encoded the body in aws-chunked encoding
 */
export function areChunksSigned(
  encoded: Buffer,
  seed: SeedSignature,
  withTrailer: boolean,
): boolean {
  let previous = seed.signature;
  for (let position = 0; ; ) {
    const lineEnd = encoded.indexOf(CRLF, position);
    if (lineEnd === -1) return false;
    const head = CHUNK_HEAD.exec(encoded.toString('latin1', position, lineEnd));
    if (head === null) return false;
    const [, sizeText = '', signature = ''] = head;
    const size = Number.parseInt(sizeText, 16);
    const start = lineEnd + CRLF.length;
    const chunk = encoded.subarray(start, start + size);
    if (chunk.length !== size || signature !== chunkSignature(seed, previous, chunk)) return false;
    previous = signature;
    if (size === 0) return !withTrailer || isTrailerSigned(encoded.subarray(start), seed, previous);
    position = start + size + CRLF.length;
  }
}

function chunkSignature(seed: SeedSignature, previous: string, chunk: Buffer): string {
  return sign(seed, 'PAYLOAD', [previous, sha256(''), sha256(chunk)]);
}

const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

function isTrailerSigned(text: Buffer, seed: SeedSignature, previous: string): boolean {
  const trailers = text
    .toString('utf8')
    .split(/\r?\n/)
    .map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()];
    })
    .filter(([name]) => name !== '');
  const stated = trailers.find(([name]) => name === TRAILER_SIGNATURE)?.[1];
  const canonical = trailers
    .filter(([name]) => name !== TRAILER_SIGNATURE)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  return stated === sign(seed, 'TRAILER', [previous, sha256(canonical)]);
}

function sign({ key, timestamp, scope }: SeedSignature, kind: string, rest: string[]): string {
  const text = [`AWS4-HMAC-SHA256-${kind}`, timestamp, scope, ...rest].join('\n');
  return createHmac('sha256', key).update(text).digest('hex');
}
