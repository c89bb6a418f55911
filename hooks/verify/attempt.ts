import type { Trouble } from '../process/retries';
import { orLate } from '../process/within';
import { causesOf, networkReason, refusedCredentials, unaskedIn } from '../stage/unasked';
import type { ApiClientOptions } from './api-client';
import {
  type ApiRequest,
  type Direct,
  type DirectAnswer,
  type DirectRequest,
  type Exchange,
  type Sign,
  unsigned,
} from './exchange';

/** The outcome of one try. */
export type Answer = Omit<Exchange, 'attempts' | 'mayHaveActed' | 'retried'>;

/** A try that brought no answer. */
export interface Lost {
  readonly error: unknown;
  readonly trouble: Trouble;
}

/** @throws errors that are not the network's, such as a failure to sign the request */
export function asLost(error: unknown): Lost {
  const unasked = unaskedIn(error);
  if (unasked) throw unasked;
  const names = causesOf(error).flatMap(({ name, code }) => [name, String(code)]);
  const refused = refusedCredentials(names, networkReason(error), error);
  if (refused) throw refused;
  return { error, trouble: names.includes('TimeoutError') ? 'late' : 'lost' };
}

/** Sends a request once. @throws what the transport throws, or TimeoutError */
export async function attempt(
  {
    method,
    path,
    body,
    contentType = 'application/json',
    headers,
    anonymous = false,
    pretence,
  }: ApiRequest,
  { invokeUrl, sign, signal, transport = fetch, direct, hide = (text) => text }: ApiClientOptions,
  patienceMs: number,
): Promise<Answer> {
  const url = invokeUrl + path;
  const requestBody = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const requestHeaders = {
    ...headers,
    ...(requestBody !== undefined && { 'content-type': contentType }),
  };
  const request = { method, url, headers: requestHeaders, body: requestBody };
  const access = anonymous ? unsigned : (pretence?.sign ?? sign);
  const late = `no answer in ${Math.round(patienceMs)} ms`;
  const answer = await orLate(patienceMs, signal, late, (ended) =>
    direct === undefined
      ? fetched(transport, access, { ...request, signal: ended })
      : sentDirectly(direct, access, { ...request, signal: ended }),
  );
  return {
    method,
    url,
    requestHeaders,
    requestBody,
    anonymous: anonymous || pretence !== undefined,
    ...(pretence && { as: pretence.as }),
    status: answer.status,
    headers: answer.headers,
    requestId: answer.headers['x-amzn-requestid'],
    // API Gateway repeats an Authorization header that is no signature.
    body: hide(answer.body),
  };
}

async function fetched(
  transport: typeof fetch,
  access: Sign,
  request: DirectRequest,
): Promise<DirectAnswer> {
  const answer = await transport(await access(asRequest(request)));
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  };
}

async function sentDirectly(
  direct: Direct,
  access: Sign,
  request: DirectRequest,
): Promise<DirectAnswer> {
  if (access === unsigned) return direct(request);
  const plain = asRequest(request);
  // A Request spells its URL in its own way, so only one that was changed counts.
  const { url: before } = plain;
  const { headers, url } = await access(plain);
  const changed = url === before ? {} : { url };
  return direct({ ...request, ...changed, headers: Object.fromEntries(headers) });
}

function asRequest({ url, method, headers, body, signal }: DirectRequest): Request {
  return new Request(url, { method, headers, signal, ...(body !== undefined && { body }) });
}
