import type { HttpResponse } from '../core/http';
import type { Bucket } from './bucket';
import { s3Error } from './errors';
import type { S3Request } from './request';
import type { S3Store } from './store';
import { type S3Value, s3Document } from './xml';

/** What an operation acts on. */
const LEVELS = ['service', 'bucket', 'object'] as const;
export type Level = (typeof LEVELS)[number];

/** How a request is told to be for one operation, what it takes, and what it does. */
export interface Operation {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** The query parameter that picks it; without one, a request must have none. */
  readonly subresource?: string;
  /** A header that must be there, too: copying is a PutObject with a source. */
  readonly header?: string;
  /** The IAM action: `s3:PutObject`, or one for each form of the request, or none to begin with. */
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
  /** Asks for one more permission. @throws AwsError AccessDenied */
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
