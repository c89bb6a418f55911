import type { RequestBody } from './endpoint';

/** The content types that bodies may have; anything else is 415. */
export const CONTENT_TYPES = ['application/json', 'application/x-amz-json-1.1'] as const;

export type ContentType = (typeof CONTENT_TYPES)[number];

/** For endpoints that ignore the body: one template for every content type. */
export const withoutBody = (template: string): Readonly<Record<ContentType, RequestBody>> => ({
  'application/json': { template },
  'application/x-amz-json-1.1': { template },
});
