import type { HttpResponse } from '../core/http';
import type { Body } from './body';
import { oncePerSecond } from './clock-text';
import { HeaderBag } from './header-bag';

/** Headers that an API may not set for itself: they come out as `x-amzn-Remapped-…` (recorded). */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
  'x-amzn-requestid',
  'x-forwarded-for',
]);

/** A header that is dropped. */
const DROPPED = 'transfer-encoding';

/** The ids that API Gateway adds to every answer. */
export interface AnswerIds {
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Only answers of a backend carry it: neither MOCK's nor the gateway's own do (recorded). */
  readonly traceId?: string | undefined;
  readonly errorType?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** `Mon, 23 Nov 2026 02:10:58 GMT` */
const httpDate = oncePerSecond((milliseconds) => new Date(milliseconds).toUTCString());

/** Adds the gateway's own headers to the API's answer. */
export function finishResponse(
  answer: { readonly status: number; readonly headers: HeaderBag; readonly body: Body },
  ids: AnswerIds,
): HttpResponse {
  const headers = new HeaderBag();
  for (const [name, value] of answer.headers) {
    const lower = name.toLowerCase();
    if (lower === DROPPED) continue;
    headers.set(REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name, value);
  }
  headers.setDefault('Content-Type', 'application/json');
  headers.set('Date', httpDate(ids.now));
  headers.set('x-amzn-RequestId', ids.requestId);
  headers.set('x-amz-apigw-id', ids.extendedRequestId);
  if (ids.traceId !== undefined) headers.set('X-Amzn-Trace-Id', ids.traceId);
  if (ids.errorType !== undefined) headers.set('x-amzn-ErrorType', ids.errorType);
  const { cookies } = answer.headers;
  const written = headers.toRecord();
  return {
    status: answer.status,
    headers: cookies.length > 1 ? { ...written, 'set-cookie': cookies } : written,
    body: answer.body.ascii ?? answer.body.bytes,
  };
}
