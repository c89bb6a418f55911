import type { HttpRequest, HttpResponse } from '../../core/http';
import type { Page } from './page';

// CORS headers that AWS's services send to every page, sent only to the pages that the user has
// allowed. S3 has a CORS configuration for each bucket; here the user's option stands for that as
// well.

/** Seconds that browsers may cache the answer: the next start may allow less. */
const MAX_AGE_S = '600';

/** True if a request is a browser's preflight. */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Allows all headers that the preflight names: SDKs send more than a list would hold. */
export function answerPreflight({ headers }: HttpRequest, { origin }: Page): HttpResponse {
  return {
    status: 200,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': headers['access-control-request-method'] ?? '',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-max-age': MAX_AGE_S,
      ...(headers['access-control-request-private-network'] === 'true' && {
        'access-control-allow-private-network': 'true',
      }),
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    },
    body: '',
  };
}

/** The answer with CORS headers that let the page read it and all its headers. */
export function readableBy({ origin }: Page, answer: HttpResponse): HttpResponse {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': Object.keys(answer.headers).join(','),
      vary: 'Origin',
    },
  };
}
