import { DEPLOYMENT_HEADER } from '../../resources/deployment-header';
import type { EndpointId } from '../../resources/endpoints';
import { corsOrigins, sharesApi } from '../stage/target';
import { completed } from './batch';
import { type CheckContext, CheckFailure } from './check';
import type { Expected } from './doors/door';
import { type ApiRequest, type Exchange, jsonIn } from './exchange';

/** How an endpoint is called; without members, by a plain request. */
export interface Ask
  extends Partial<Pick<ApiRequest, 'body' | 'contentType' | 'headers' | 'anonymous'>> {
  /** Instead of the throw-away stream. */
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * Calls an endpoint through the door, and looks at what every answer must have.
 * @param status that the answer must have
 * @throws CheckFailure
 * @throws NotDescribed where the door has no such request
 */
export function ask(
  context: CheckContext,
  id: EndpointId,
  status: number | readonly number[],
  given: Ask = {},
): Promise<Exchange> {
  return askFor(context, id, { status: [status].flat() }, given);
}

async function askFor(
  context: CheckContext,
  id: EndpointId,
  expected: Expected,
  given: Ask,
): Promise<Exchange> {
  const { door } = context;
  const request = door.request(id, { stream: context.stream, ...given });
  const send = async (status: readonly number[], more: object = {}) =>
    door.read(id, await sent(context, { ...expected, status }, { ...request, ...more }, id));
  const { status } = expected;
  if (id !== 'PutRecords' || status.length !== 1 || status[0] !== 200) return send(status);
  const partly = [200, PARTLY];
  const answer = await completed(context, await send(partly), (body) => send(partly, { body }));
  if (door.isOwn) expectStatus(answer, status);
  return answer;
}

/** The status of a batch of which some records were refused. */
const PARTLY = 207;

/** The same of any path, whether there is a route for it or not. */
export function askPath(
  context: CheckContext,
  status: number | readonly number[],
  request: ApiRequest,
): Promise<Exchange> {
  return sent(context, { status: [status].flat() }, request);
}

async function sent(
  context: CheckContext,
  expected: Expected,
  request: ApiRequest,
  id?: EndpointId,
): Promise<Exchange> {
  const [origin] = corsOrigins(context.target);
  // Where every origin is allowed, any stands for all.
  const asked = origin === '*' ? 'https://verify.example' : origin;
  const answer = await context.api.send({
    ...request,
    headers: { ...request.headers, ...(asked !== undefined && { origin: asked }) },
  });
  context.door.accept(answer, expected, context, id);
  return answer;
}

/** The statuses with which the gateway itself refuses a request, before it calls Kinesis. */
const GATEWAYS_OWN = [400, 401, 403, 415];
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

export function expectStatus(answer: Exchange, status: number | readonly number[]): void {
  if ([status].flat().includes(answer.status)) return;
  throw new CheckFailure(`expected ${[status].flat().join(' or ')}, got ${answer.status}`, answer);
}

/** @throws CheckFailure for a header that does not list the value; case does not matter */
export function expectListed(answer: Exchange, name: string, value: string): void {
  const listed = (answer.headers[name] ?? '').toLowerCase().split(',');
  if (listed.some((each) => each.trim() === value.toLowerCase())) return;
  throw new CheckFailure(`the header ${name} does not list ${value}`, answer);
}

/** Calls an endpoint and insists on an error of this code. */
export function askRefused(
  context: CheckContext,
  id: EndpointId,
  status: number | readonly number[],
  code: string | RegExp,
  given: Ask = {},
): Promise<Exchange> {
  return askFor(context, id, { status: [status].flat(), code }, given);
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

export function jsonObject(answer: Exchange): Readonly<Record<string, unknown>> {
  const { value } = jsonIn(answer) ?? {};
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new CheckFailure('the answer is not a JSON object', answer);
}

/** A member of the answer that must be a list. */
export function listOf(answer: Exchange, name: string): Record<string, unknown>[] {
  const list = jsonObject(answer)[name];
  if (Array.isArray(list)) return list as Record<string, unknown>[];
  throw new CheckFailure(`the answer has no ${name}`, answer);
}
