import type { HttpRequest, HttpResponse } from '../../core/http';
import type { Page } from './page';

// What AWS's services answer to every page, only to the pages that the user has named. S3 has a
// configuration for it in each bucket; here the user's word counts for it as well.

/** How long browsers may remember it, in seconds: the next start may allow less. */
const MAX_AGE_S = '600';

/** Whether a browser asks if a page may send something. */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Lets the page send whatever it asked for: SDKs have more headers than a list would name. */
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

/** The answer as the page may read it, with every header that it has. */
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
