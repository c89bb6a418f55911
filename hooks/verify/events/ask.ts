import type { EventRoute } from '../../../resources/events/routes';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { corsOrigins, type Target } from '../../stage/target';
import { jsonObject } from '../ask';
import { type CheckContext, CheckFailure } from '../check';
import type { Expected } from '../doors/door';
import { acceptOwn, searchOf } from '../doors/own';
import type { ApiRequest, Exchange } from '../exchange';

/** How an event endpoint is called. */
export interface EventAsk
  extends Pick<ApiRequest, 'body' | 'contentType' | 'anonymous' | 'mayLackJson'> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Of the page that sends; null where there is none. One that may, by default. */
  readonly origin?: string | null;
}

/** What test records say of their sender. */
export const USER_AGENT = 'kinesis-rest-proxy-verification';

/** The origins whose pages may send to a stream. */
export const originsOf = ({ origins }: DeclaredStream, target: Target): readonly string[] =>
  origins.length > 0 ? origins : corsOrigins(target);

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
    headers: {
      'user-agent': USER_AGENT,
      ...headers,
      ...(page !== undefined && page !== null && { origin: page }),
    },
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
  acceptOwn(answer, expected, context, originsOf(route.stream, context.target));
  return answer;
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
    throw new CheckFailure(
      `${what} is taken (${answer.status})${standing(answer, route)}`,
      answer,
      {
        fault: 'opens',
      },
    );
  }
  try {
    acceptOwn(answer, expected, context, originsOf(route.stream, context.target));
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    throw new CheckFailure(`${what}: ${error.message}`, answer, { cause: error });
  }
  const { names } = expected;
  if (names === undefined || answer.body.includes(names)) return answer;
  throw new CheckFailure(`${what}: the error does not name ${names}`, answer);
}

/** Where a record stands that should not. */
function standing(answer: Exchange, { stream }: EventRoute): string {
  const { SequenceNumber: number, ShardId: shard } = answer.body === '' ? {} : jsonObject(answer);
  if (number === undefined) return '';
  return `: a record stands in ${stream.streamName} that should not, ${number} in ${shard}`;
}
