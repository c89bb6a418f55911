import { within } from '../../hooks/process/within';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import type { Answer, CaseRequest } from './case';

/** A deployed API. */
export interface Api {
  readonly invokeUrl: string;
  /** Makes a request one that the stage lets in. */
  readonly sign: (request: Request) => Promise<Request>;
}

/** The request to the route of an endpoint, as it goes over the wire. */
export function requestTo(invokeUrl: string, endpoint: EndpointId, request: CaseRequest): Request {
  const { stream, query = {}, headers = {}, body, text, contentType } = request;
  const { method, path } = endpointOf(endpoint);
  const url = new URL(invokeUrl + pathOf(path, stream));
  // A blank as %20: signers and verifiers do not agree on what + stands for.
  url.search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const type = contentType ?? (content === undefined ? undefined : 'application/json');
  return new Request(url, {
    method,
    headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
    ...(content !== undefined && { body: Buffer.from(content) }),
  });
}

/** Without the stream that it has a place for, a path would lead to another route. */
function pathOf(path: string, stream: string | undefined): string {
  if (!path.includes('{stream-name}')) return path;
  if (!stream) throw new TypeError(`The request to ${path} names no stream.`);
  return path.replace('{stream-name}', encodeURIComponent(stream));
}

/** API Gateway gives up after 29 s, and says so. */
const ANSWER_WITHIN_MS = 60_000;
const NEVER = new AbortController().signal;

/** May be carried out twice when the network loses an answer; no case counts records. */
const REPEATABLE = new Set(['GET', 'PUT']);
const ATTEMPTS = 4;

/** Sends a request to the route of an endpoint. @throws DOMException TimeoutError without an answer */
export async function send(api: Api, endpoint: EndpointId, request: CaseRequest): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOnce(api, endpoint, request);
    } catch (error) {
      // By name: within Jest, fetch's errors are of another realm.
      const isLost =
        (error as Error).name === 'TypeError' && REPEATABLE.has(endpointOf(endpoint).method);
      if (!isLost || attempt === ATTEMPTS) throw error;
    }
  }
}

async function sendOnce(api: Api, endpoint: EndpointId, request: CaseRequest): Promise<Answer> {
  const late = `${endpoint} was not answered in ${ANSWER_WITHIN_MS / 1000} s`;
  return within(ANSWER_WITHIN_MS, NEVER, late, async (signal) => {
    const signed = await api.sign(requestTo(api.invokeUrl, endpoint, request));
    return answerOf(await fetch(signed, { signal }));
  });
}

/** An answer, read to its end. */
export async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An answer that is no JSON fails where somebody looks into it, with its text.
    return undefined;
  }
}
