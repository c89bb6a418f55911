import { pageOrigins } from '../../../resources/events/page-origins';
import type { EventRoute } from '../../../resources/events/routes';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { corsOrigins, type Target } from '../../stage/target';
import { USER_AGENT } from '../../stage/test-records';
import { isJson } from '../answers';
import {
  expectCode,
  expectEqual,
  expectListed,
  expectStatus,
  isRefusedByOwner,
  jsonObject,
} from '../ask';
import { type CheckContext, CheckFailure } from '../check';
import type { Expected } from '../doors/door';
import {
  expectCors,
  expectEnvelope,
  expectJson,
  expectThisDeployment,
  isOfTheGateway,
  originsExpected,
  searchOf,
} from '../doors/own';
import type { ApiRequest, Exchange } from '../exchange';
import { headersOf } from './headers';

/** How an event endpoint is called. */
export interface EventAsk
  extends Pick<
    ApiRequest,
    'body' | 'contentType' | 'anonymous' | 'mayLackJson' | 'pretence' | 'mayBeLimited'
  > {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Of the page that sends; null where there is none. One that may, by default. */
  readonly origin?: string | null;
}

/** The origins whose pages may send to a stream. */
export const originsOf = (stream: DeclaredStream, target: Target): readonly string[] =>
  pageOrigins(stream) ?? corsOrigins(target);

/** Calls an event endpoint and takes the answer as it is. */
export function sendEvent(
  context: CheckContext,
  { stream, method, path }: EventRoute,
  { query = {}, headers, origin, ...given }: EventAsk,
): Promise<Exchange> {
  const [first] = originsOf(stream, context.target);
  // Where every origin is allowed, any stands for all.
  const own = first === '*' ? 'https://verify.example' : first;
  const page = origin === undefined ? own : origin;
  const search = searchOf(query);
  return context.api.send({
    ...given,
    method,
    path: search === '' ? path : `${path}?${search}`,
    headers: headersOf(
      { 'user-agent': USER_AGENT },
      headers,
      page === undefined || page === null ? {} : { origin: page },
    ),
  });
}

/** Calls an event endpoint. @throws CheckFailure unless the answer is as expected */
export async function askEvent(
  context: CheckContext,
  route: EventRoute,
  expected: Expected,
  given: EventAsk,
): Promise<Exchange> {
  const answer = await sendEvent(context, route, given);
  accept(answer, expected, context, route);
  return answer;
}

/** Checks the members that every answer of an event endpoint has. */
function accept(
  answer: Exchange,
  { status, code }: Expected,
  context: CheckContext,
  route: EventRoute,
): void {
  if (isRefusedByOwner(answer, context, status)) return;
  expectThisDeployment(answer, context);
  expectStatus(answer, status);
  expectOrigin(answer, context, route);
  // An image, or nothing, whatever its status.
  const isPixel = route.kind === 'pixel' && !isOfTheGateway(answer);
  if (answer.status === 204 || isPixel) return;
  expectJson(answer);
  if (answer.status >= 400) expectEnvelope(answer);
  if (code !== undefined) expectCode(answer, code);
}

function expectOrigin(answer: Exchange, { target }: CheckContext, { stream }: EventRoute): void {
  const { origin } = answer.requestHeaders;
  const own = originsExpected(answer, target, [...originsOf(stream, target)]);
  const [first, ...others] = own;
  if (others.length === 0) {
    expectCors(answer, own);
    return;
  }
  // The gateway's own errors carry no data, and name any origin.
  const isNamed = origin !== undefined && (isOfTheGateway(answer) || own.includes(origin));
  const name = 'access-control-allow-origin';
  expectEqual(answer, `header ${name}`, answer.headers[name], isNamed ? origin : undefined);
  if (first !== undefined) expectListed(answer, 'vary', 'Origin');
}

/**
 * Sends what must be refused before Kinesis is asked.
 * @param what it is, for the failure
 * @throws CheckFailure, which says where the record stands if one was stored
 */
export async function askRefusal(
  context: CheckContext,
  route: EventRoute,
  what: string,
  expected: Expected & { readonly names?: string | undefined },
  given: EventAsk,
): Promise<Exchange> {
  const answer = await sendEvent(context, route, given);
  if (answer.status < 300) {
    const message = `${what} is taken (${answer.status})${standing(answer, route)}`;
    throw new CheckFailure(message, answer, { fault: 'opens' });
  }
  try {
    accept(answer, expected, context, route);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    throw new CheckFailure(`${what}: ${error.message}`, answer, { cause: error });
  }
  const { names } = expected;
  if (names === undefined || answer.body.includes(names)) return answer;
  throw new CheckFailure(`${what}: the error does not name ${names}`, answer);
}

/** Where records stand that should not. */
function standing(answer: Exchange, { stream }: EventRoute): string {
  if (!isJson(answer)) return `: a record may stand in ${stream.streamName} that should not`;
  const body = jsonObject(answer);
  const results = Array.isArray(body.Records) ? body.Records : [body];
  const places = results.flatMap(({ SequenceNumber: number, ShardId: shard }) =>
    number === undefined ? [] : [`${number} in ${shard}`],
  );
  if (places.length === 0) return '';
  return `: ${stream.streamName} has records now that should not be there: ${places.slice(0, 3).join(', ')}`;
}
