import type { HttpResponse } from '../core/http';
import type { Bucket } from './bucket';
import { s3Error } from './errors';
import type { S3Request } from './request';
import type { S3Store } from './store';
import { type S3Value, s3Document } from './xml';

/** The levels that operations act on. */
const LEVELS = ['service', 'bucket', 'object'] as const;
export type Level = (typeof LEVELS)[number];

/** One operation: the requests that select it, the permission it needs, and what it does. */
export interface Operation {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** The query parameter that selects it; if absent, the request must have none. */
  readonly subresource?: string;
  /** A header that the request must also have: CopyObject is a PutObject with a source. */
  readonly header?: string;
  /**
   * The IAM action: `s3:PutObject`, or one that depends on the request; undefined if `run` checks
   * permissions itself.
   */
  readonly permission: string | ((request: S3Request) => string) | undefined;
  run(context: OperationContext): HttpResponse | Promise<HttpResponse>;
}

export interface OperationContext {
  readonly store: S3Store;
  readonly request: S3Request;
  /** The bucket. @throws AwsError NoSuchBucket */
  bucket(): Bucket;
  /** The key; operations on objects have one. */
  readonly key: string;
  /** Requires one more permission. @throws AwsError AccessDenied */
  authorize(action: string, resource: string): void;
}

export function xmlAnswer(root: string, value: S3Value, headers = {}): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: s3Document(root, value),
  };
}

export function emptyAnswer(
  status: 200 | 204,
  headers: HttpResponse['headers'] = {},
): HttpResponse {
  return { status, headers, body: '' };
}

/** A whole number from the query. @throws AwsError InvalidArgument */
export function countParameter(
  query: URLSearchParams,
  name: string,
  fallback: number,
  largest: number,
): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647) {
    throw s3Error(
      'InvalidArgument',
      `Argument ${name} must be an integer between 0 and 2147483647`,
      {
        ArgumentName: name,
        ArgumentValue: text,
      },
    );
  }
  return Math.min(Number(text), largest);
}
