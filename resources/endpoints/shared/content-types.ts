import type { RequestBody } from './endpoint';

/** Content types that the API accepts; it answers 415 to all others. */
export const CONTENT_TYPES = ['application/json', 'application/x-amz-json-1.1'] as const;

export type ContentType = (typeof CONTENT_TYPES)[number];

/** For endpoints that ignore the body: the same template for every content type. */
export const withoutBody = (template: string): Readonly<Record<ContentType, RequestBody>> => ({
  'application/json': { template },
  'application/x-amz-json-1.1': { template },
});
