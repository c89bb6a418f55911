import type { EventRoute } from '../../../resources/events/routes';
import { bodyOf } from '../../../resources/events/senders';
import { entranceOfStream, isOpenEntrance, refusals } from '../../stage/entrances';
import { isLoopback } from '../../stage/rates';
import type { Target } from '../../stage/target';
import { expectListed } from '../ask';
import { CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { askRefusal, originsOf } from './ask';
import { named, ofEvent } from './define';
import { canBeHarmless, eventOf, harmless, needsKey } from './event';

/** A type that no endpoint takes: whatever else lets it through, nothing is stored. */
export const NO_TYPE = 'application/x-verification';

/** The origin of a page that no stream lists. */
export const FOREIGN = 'https://verify-foreign.example';

/** Who may send: with which credentials, from which pages. */
export const accessChecks = (route: EventRoute) =>
  named(route, {
    Access: ofEvent(route, {
      title: 'is open, or closed, to everybody as it is declared',
      async run(context) {
        const entrance = entranceOfStream(context.target, route.stream);
        const isToBeOpen = isOpenEntrance(entrance);
        const given = { ...probe(route), ...ofType(route, NO_TYPE), anonymous: true };
        const what = 'a request without a signature, key or token';
        const expected = isToBeOpen ? [415] : refusals(entrance);
        await askRefusal(context, route, what, { status: expected }, given);
        const isOwn = route.stream.authorization !== 'stage';
        if (isToBeOpen && isOwn) context.note('anybody may send, as declared');
        return {};
      },
    }),

    ForeignOrigin:
      route.stream.origins.length === 0 || route.stream.origins.includes('*')
        ? undefined
        : ofEvent(route, {
            title: 'rejects pages of other origins (403), and no other senders',
            skipReason: () => withoutHarm(route),
            async run(context) {
              const given = { ...probe(route), origin: FOREIGN, mayLackJson: true };
              const what = 'an event of a foreign page';
              const answer = await askRefusal(context, route, what, { status: [403] }, given);
              const code = codeOf(answer);
              if (code === 'OriginNotAllowed' || isOfTheLaptop(code, context.target)) return {};
              throw new CheckFailure(`expected the code OriginNotAllowed, got ${code}`, answer);
            },
          }),

    Preflight: ofEvent(route, {
      title: 'answers CORS preflights',
      skipReason: (target) =>
        originsOf(route.stream, target).length === 0 ? 'no CORS origins' : undefined,
      async run(context) {
        const [first = ''] = originsOf(route.stream, context.target);
        const origin = first === '*' ? FOREIGN : first;
        const answer = await context.api.send({
          method: 'OPTIONS',
          path: route.path,
          headers: { origin, 'access-control-request-method': route.method },
          anonymous: true,
        });
        if (answer.status !== 204) {
          throw new CheckFailure(`expected 204, got ${answer.status}`, answer);
        }
        expectListed(answer, 'access-control-allow-origin', first);
        expectListed(answer, 'access-control-allow-methods', route.method);
        return {};
      },
    }),
  });

/** As a header says it, whatever the body is. */
const codeOf = ({ headers, body }: Exchange) =>
  headers.errorcode ?? /"code":\s*"(\w+)"/.exec(body)?.[1];

/** The laptop has a fence of its own, which a request of a foreign page does not pass. */
const isOfTheLaptop = (code: string | undefined, { invokeUrl }: Target) =>
  code === 'ACCESS_DENIED' && isLoopback(invokeUrl);

/** The reason to leave out what would be stored if it were not refused. */
export function withoutHarm({ stream, kind }: EventRoute): string | undefined {
  // A query has no room for so much; without its key it is refused all the same.
  const isHarmless =
    kind === 'pixel' ? stream.testRecords || needsKey(stream) : canBeHarmless(stream);
  return isHarmless ? undefined : 'no probe that could not be stored';
}

/** An event that is stored nowhere if it is not to be. */
export function probe(route: EventRoute) {
  const { stream, kind, bodies } = route;
  const [body = 'json'] = bodies;
  if (kind === 'pixel') return {};
  return {
    body: harmless(stream, JSON.stringify(eventOf(stream, body, 'probe'))),
    ...ofType(route, bodyOf(body).contentTypes[0] ?? ''),
  };
}

/** A request of a content type, with a body or without. */
export const ofType = ({ kind }: EventRoute, contentType: string) =>
  kind === 'pixel' ? { headers: { 'content-type': contentType } } : { contentType };
