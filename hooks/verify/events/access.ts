import type { EventRoute } from '../../../resources/events/routes';
import type { Target } from '../../stage/target';
import { isOpen } from '../../stage/target';
import { expectListed } from '../ask';
import { CheckFailure } from '../check';
import { askRefusal, originsOf } from './ask';
import { named, ofEvent } from './define';
import { canBeHarmless, eventOf, harmless } from './event';

/** A type that no endpoint takes: whatever else lets it through, nothing is stored. */
const NO_TYPE = 'application/x-verification';

const FOREIGN = 'https://verify-foreign.example';

/** True if anybody may send to a stream. */
const isOpenTo = ({ stream: { authorization } }: EventRoute, target: Target) =>
  authorization === 'stage' ? isOpen(target) : authorization === 'NONE';

/** Who may send: with which credentials, from which pages. */
export const accessChecks = (route: EventRoute) =>
  named(route, {
    Access: ofEvent(route, {
      title: 'is open, or closed (403), to everybody as it is declared',
      async run(context) {
        const isToBeOpen = isOpenTo(route, context.target);
        const given = { ...probe(route), contentType: NO_TYPE, anonymous: true };
        const what = 'a request without a signature or key';
        const expected = isToBeOpen ? [415] : [401, 403];
        await askRefusal(context, route, what, { status: expected }, given);
        if (isToBeOpen && !isOpen(context.target)) context.note('anybody may send, as declared');
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
              const given = { ...probe(route), origin: FOREIGN };
              const what = 'an event of a foreign page';
              await askRefusal(context, route, what, { status: [403] }, given);
              return {};
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

/** The reason to leave out what would be stored if it were not refused. */
export const withoutHarm = ({ stream }: EventRoute): string | undefined =>
  canBeHarmless(stream) ? undefined : 'records too large for a probe that cannot be stored';

/** An event that is stored nowhere if it is not to be. */
function probe({ stream, method, bodies: [kind] }: EventRoute) {
  if (method === 'GET' || kind === undefined) return {};
  return { body: harmless(stream, JSON.stringify(eventOf(stream, kind, 'probe'))) };
}
