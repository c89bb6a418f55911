import type { ContentType } from './content-types';
import type { Endpoint } from './endpoint';

/** A valid request to an endpoint, without the stream in its path. */
export interface GoodRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: ContentType;
}

/** The smallest request that passes validation and reaches Kinesis. */
export function goodRequest(
  { good, requests }: Endpoint,
  contentType: ContentType = 'application/json',
): GoodRequest {
  const request = requests[contentType];
  return {
    ...good,
    ...(request?.body !== undefined && { body: request.good, contentType }),
  };
}

/** True if an endpoint reads the body; others ignore it. */
export const takesBody = ({ requests }: Pick<Endpoint, 'requests'>): boolean =>
  Object.values(requests).some(({ body }) => body !== undefined);
