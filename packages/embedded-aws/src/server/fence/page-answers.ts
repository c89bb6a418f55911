import type { HttpRequest, HttpResponse } from '../../core/http';
import type { Page } from './page';

// CORS headers that AWS's services send to every page, sent only to the pages that the user has
// allowed: every request is looked at again, whatever a browser has cached. S3 has a CORS configuration
// for each bucket; here the user's option stands for that as well.

/** Seconds that browsers may cache the answer: the next start may allow less. */
const MAX_AGE_S = '600';

/** The path of the services that have one for all their actions, as Kinesis does. */
const ACTIONS_PATH = '/';

/** True if a request is a browser's preflight, or is answered like one. */
export function isPreflight({ method, path, headers }: HttpRequest): boolean {
  if (method !== 'OPTIONS') return false;
  if (headers['access-control-request-method'] !== undefined) return true;
  return path === ACTIONS_PATH && headers.origin !== undefined;
}

/** Allows all headers that the preflight names: SDKs send more than a list would hold. */
export function answerPreflight(request: HttpRequest, page: Page, requestId: string): HttpResponse {
  const { headers, path } = request;
  return path === ACTIONS_PATH ? allowActions(headers, requestId) : allowResource(headers, page);
}

/** As Kinesis answers it: kinesalite, test/connection.js, recorded until 2020. */
function allowActions(headers: HttpRequest['headers'], requestId: string): HttpResponse {
  const allowedHeaders = headers['access-control-request-headers'];
  const allowedMethod = headers['access-control-request-method'];
  return {
    status: 200,
    headers: {
      'x-amzn-requestid': requestId,
      'access-control-allow-origin': '*',
      ...(allowedHeaders !== undefined && { 'access-control-allow-headers': allowedHeaders }),
      ...(allowedMethod !== undefined && { 'access-control-allow-methods': allowedMethod }),
      'access-control-max-age': '172800',
      ...privateNetwork(headers),
    },
    body: '',
  };
}

/** Browsers ask for it before a page of the internet may call this machine. */
const privateNetwork = (headers: HttpRequest['headers']) =>
  headers['access-control-request-private-network'] === 'true' && {
    'access-control-allow-private-network': 'true',
  };

function allowResource(headers: HttpRequest['headers'], { origin }: Page): HttpResponse {
  return {
    status: 200,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': headers['access-control-request-method'] ?? '',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-max-age': MAX_AGE_S,
      ...privateNetwork(headers),
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    },
    body: '',
  };
}

/**
 * The answer with CORS headers that let the page read it and all its headers.
 * @param own those of the service, where they are known
 */
export function readableBy(
  { origin }: Page,
  answer: HttpResponse,
  own?: Readonly<Record<string, string>>,
): HttpResponse {
  if (own !== undefined) return { ...answer, headers: { ...answer.headers, ...own } };
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
