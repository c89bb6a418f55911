import { createHash } from 'node:crypto';
import type { Caller } from '../core/caller';
import type { AwsRequest } from '../core/http';
import { decodeAwsChunked } from './aws-chunked';
import { verifyBody } from './checksums';
import { s3Error } from './errors';
import { QUOTAS } from './quotas';

/** A request with its bucket, key and body parsed. */
export interface S3Request {
  readonly method: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** Undefined: the request is for the service. */
  readonly bucket: string | undefined;
  /** Undefined: the request is for the bucket. */
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  /** Includes the trailers of a chunked body. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded and checked against every checksum that came with it. */
  readonly body: Buffer;
}

const MAX_KEY_BYTES = QUOTAS.keyBytes;

/**
 * Parses a path-style request: `/bucket/key`.
 * @throws AwsError InvalidURI, KeyTooLongError, IncompleteBody, BadDigest,
 *   XAmzContentSHA256Mismatch
 */
export function readRequest(request: AwsRequest): S3Request {
  const { method, caller, requestId } = request;
  const [, bucket = '', ...rest] = request.path.split('/');
  const key = decode(rest.join('/'));
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw s3Error('KeyTooLongError', '', {
      Size: String(Buffer.byteLength(key)),
      MaxSizeAllowed: String(MAX_KEY_BYTES),
    });
  }
  const { body, headers } = readBody(request);
  return {
    method,
    caller,
    requestId,
    bucket: decode(bucket) || undefined,
    key: key || undefined,
    query: new URLSearchParams(request.query),
    headers,
    body,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw Object.assign(s3Error('InvalidURI'), { cause });
  }
}

function readBody({ body: raw, headers }: AwsRequest): Pick<S3Request, 'body' | 'headers'> {
  const stated = headers['x-amz-content-sha256'] ?? '';
  const isChunked =
    stated.startsWith('STREAMING-') || /\baws-chunked\b/.test(headers['content-encoding'] ?? '');
  if (!isChunked) {
    if (/^[0-9a-f]{64}$/.test(stated) && stated !== sha256(raw)) {
      throw s3Error('XAmzContentSHA256Mismatch', '', {
        ClientComputedContentSHA256: stated,
        S3ComputedContentSHA256: sha256(raw),
      });
    }
    verifyBody(raw, headers);
    return { body: raw, headers };
  }
  const { body, trailers } = decodeAwsChunked(raw);
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== body.length) throw s3Error('IncompleteBody');
  const all = { ...headers, ...trailers, 'content-encoding': withoutChunking(headers) };
  verifyBody(body, all);
  return { body, headers: all };
}

const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** Removes `aws-chunked`, a transfer encoding; other encodings are stored with the object. */
function withoutChunking(headers: Readonly<Record<string, string>>): string {
  return (headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'aws-chunked')
    .join(',');
}
