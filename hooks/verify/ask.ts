import { DEPLOYMENT_HEADER } from '../../resources/deployment-header';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import { corsOrigins, sharesApi } from '../stage/target';
import { isJson } from './answers';
import { completed } from './batch';
import { type CheckContext, CheckFailure } from './check';
import type { ApiRequest, Exchange } from './exchange';

/** How an endpoint is called; without members, by a plain request. */
export interface Ask
  extends Partial<Pick<ApiRequest, 'body' | 'contentType' | 'headers' | 'anonymous'>> {
  /** Instead of the throw-away stream. */
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * Calls a route and looks at what every answer must have: this deployment's id, JSON that is called so,
 * the CORS headers that the stage's origins ask for, and, when it is an error, the one envelope.
 * @param status that the answer must have
 * @throws CheckFailure
 */
export async function ask(
  context: CheckContext,
  id: EndpointId,
  status: number | readonly number[],
  { stream = context.stream, query = {}, headers, ...given }: Ask = {},
): Promise<Exchange> {
  const { method, path } = endpointOf(id);
  // A blank as %20: signers and verifiers do not agree on what + stands for.
  const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  const target = path.replace('{stream-name}', encodeURIComponent(stream));
  const request = {
    ...given,
    method,
    path: search === '' ? target : `${target}?${search}`,
    ...(headers && { headers }),
  };
  if (id !== 'PutRecords' || status !== 200) return askPath(context, status, request);
  const send = (more: object) => askPath(context, [200, PARTLY], { ...request, ...more });
  const answer = await completed(context, await send({}), (body) => send({ body }));
  expectStatus(answer, status);
  return answer;
}

/** The status of a batch of which some records were refused. */
const PARTLY = 207;

/** The same of any path, whether there is a route for it or not. */
export async function askPath(
  context: CheckContext,
  status: number | readonly number[],
  request: ApiRequest,
): Promise<Exchange> {
  const origins = corsOrigins(context.target);
  const [origin] = origins;
  // Where every origin is allowed, any stands for all.
  const asked = origin === '*' ? 'https://verify.example' : origin;
  const answer = await context.api.send({
    ...request,
    headers: { ...request.headers, ...(asked !== undefined && { origin: asked }) },
  });
  if (isRefusedByOwner(answer, context, status)) return answer;
  expectThisDeployment(answer, context);
  expectStatus(answer, status);
  expectJson(answer);
  expectCors(answer, origins);
  if (answer.status >= 400) expectEnvelope(answer);
  return answer;
}

/** The statuses with which the gateway itself refuses a request, before it calls Kinesis. */
const GATEWAYS_OWN = [400, 403, 415];
const NO_SUCH_ROUTE = 'MissingAuthenticationTokenException';

/**
 * True for an error of a shared gateway itself: how it words its own errors, and with
 * which status, is its owner's decision. Answers of the routes themselves name their deployment.
 * @param expected the status that the stack's own gateway would give
 */
export function isRefusedByOwner(
  { status, headers }: Exchange,
  { target }: CheckContext,
  expected: number | readonly number[],
): boolean {
  if (!sharesApi(target) || headers[DEPLOYMENT_HEADER.toLowerCase()] !== undefined) return false;
  const own = [expected].flat().filter((each) => GATEWAYS_OWN.includes(each));
  if (own.length === 0 || status < 400 || status > 499) return false;
  return own.includes(403) || headers['x-amzn-errortype'] !== NO_SUCH_ROUTE;
}

function expectThisDeployment(answer: Exchange, { target }: CheckContext): void {
  const answeredBy = answer.headers[DEPLOYMENT_HEADER.toLowerCase()];
  if (answeredBy === target.deploymentId) return;
  throw new CheckFailure(
    answeredBy === undefined
      ? `the answer (${answer.status}) does not say which deployment gave it`
      : `deployment ${answeredBy} answered; the stack's is ${target.deploymentId}`,
    answer,
  );
}

export function expectStatus(answer: Exchange, status: number | readonly number[]): void {
  if ([status].flat().includes(answer.status)) return;
  throw new CheckFailure(`expected ${[status].flat().join(' or ')}, got ${answer.status}`, answer);
}

/** Emulators may name the JSON of Kinesis; clients that look at the type must find that it is JSON. */
function expectJson(answer: Exchange): void {
  if (isJson(answer)) return;
  const type = answer.headers['content-type'];
  if (/\bjson\b/.test(type ?? '')) throw new CheckFailure('the answer is not JSON', answer);
  throw new CheckFailure(`the answer's content type is ${type ?? 'missing'}, not JSON`, answer);
}

function expectCors(answer: Exchange, [origin, ...others]: readonly string[]): void {
  const name = 'access-control-allow-origin';
  expectEqual(answer, `header ${name}`, answer.headers[name], origin);
  if (origin === undefined) return;
  expectListed(answer, 'access-control-expose-headers', DEPLOYMENT_HEADER);
  // Or a cache would hand one origin the answer that names another.
  if (others.length > 0) expectListed(answer, 'vary', 'Origin');
}

/** @throws CheckFailure for a header that does not list the value; case does not matter */
export function expectListed(answer: Exchange, name: string, value: string): void {
  const listed = (answer.headers[name] ?? '').toLowerCase().split(',');
  if (listed.some((each) => each.trim() === value.toLowerCase())) return;
  throw new CheckFailure(`the header ${name} does not list ${value}`, answer);
}

const ENVELOPE = ['code', 'message', 'requestId'];

function expectEnvelope(answer: Exchange): void {
  const envelope = jsonObject(answer);
  expectEqual(answer, "the error's members", Object.keys(envelope).join(), ENVELOPE.join());
  expectEqual(answer, 'requestId', envelope.requestId, answer.requestId);
  for (const name of ['code', 'message']) {
    if (typeof envelope[name] === 'string' && envelope[name] !== '') continue;
    throw new CheckFailure(`the error has no ${name}`, answer);
  }
}

/** Calls a route and insists on an error of this code. */
export async function askRefused(
  context: CheckContext,
  id: EndpointId,
  status: number,
  code: string | RegExp,
  given: Ask = {},
): Promise<Exchange> {
  const answer = await ask(context, id, status, given);
  if (!isRefusedByOwner(answer, context, status)) expectCode(answer, code);
  return answer;
}

export function expectCode(answer: Exchange, code: string | RegExp): void {
  const actual = String(jsonObject(answer).code);
  if (typeof code === 'string' ? actual === code : code.test(actual)) return;
  throw new CheckFailure(`expected the code ${code}, got ${actual}`, answer);
}

export function expectEqual(
  answer: Exchange,
  what: string,
  actual: unknown,
  expected: unknown,
): void {
  if (actual === expected) return;
  throw new CheckFailure(
    `expected ${what} ${JSON.stringify(expected) ?? 'to be absent'}, got ${JSON.stringify(actual) ?? 'none'}`,
    answer,
  );
}

export function jsonObject(answer: Exchange): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(answer.body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, with the answer beside it.
  }
  throw new CheckFailure('the answer is not a JSON object', answer);
}

/** A member of the answer that must be a list. */
export function listOf(answer: Exchange, name: string): Record<string, unknown>[] {
  const list = jsonObject(answer)[name];
  if (Array.isArray(list)) return list as Record<string, unknown>[];
  throw new CheckFailure(`the answer has no ${name}`, answer);
}
