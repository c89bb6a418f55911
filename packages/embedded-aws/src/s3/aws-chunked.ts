import { s3Error } from './errors';

/** A decoded body, and its trailers. */
export interface DecodedBody {
  readonly body: Buffer;
  /** Lower-cased names. */
  readonly trailers: Readonly<Record<string, string>>;
}

const CRLF = Buffer.from('\r\n');
const CHUNK_HEAD = /^([0-9a-f]{1,8})(?:;.*)?$/i;

/**
 * Decodes `aws-chunked`: chunks of `size;chunk-signature=…`, a last one of size 0, then trailers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @throws AwsError IncompleteBody
 */
export function decodeAwsChunked(encoded: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const line = lineAt(encoded, position);
    const size = Number.parseInt(CHUNK_HEAD.exec(line.text)?.[1] ?? 'x', 16);
    if (Number.isNaN(size)) throw s3Error('IncompleteBody');
    position = line.end;
    if (size === 0) break;
    const end = position + size;
    if (!encoded.subarray(end, end + 2).equals(CRLF)) throw s3Error('IncompleteBody');
    chunks.push(encoded.subarray(position, end));
    position = end + 2;
  }
  return { body: Buffer.concat(chunks), trailers: trailersAt(encoded, position) };
}

function trailersAt(encoded: Buffer, start: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of encoded.subarray(start).toString('latin1').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0)
      trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

function lineAt(encoded: Buffer, start: number): { readonly text: string; readonly end: number } {
  const end = encoded.indexOf(CRLF, start);
  if (end === -1) throw s3Error('IncompleteBody');
  return { text: encoded.toString('latin1', start, end), end: end + 2 };
}
