import { parsedKey } from '../../../resources/events/key-source';
import type { EventRoute } from '../../../resources/events/routes';
import { MARK } from '../../stage/test-records';
import { expectEqual } from '../ask';
import { type CheckContext, CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { askEvent, askRefusal, type EventAsk } from './ask';
import { named, ofEvent, ofRecords } from './define';
import { needsKey } from './event';
import { HOSTILE_TEXT } from './sending';
import { expectStored } from './stored';

/** The name of the query parameter that is a pixel's key; undefined where it has none. */
function keyName({ stream }: EventRoute): string | undefined {
  const source = parsedKey(stream);
  if (source.from === 'query') return source.name;
  return source.from === 'member' ? source.path[0] : undefined;
}

/** An endpoint that takes one event as its query, and answers an image. */
export const pixelChecks = (route: EventRoute) => {
  const { stream } = route;
  return named(route, {
    Key: !needsKey(stream)
      ? undefined
      : ofEvent(route, {
          title: 'rejects an event without its partition key, and says so in a header (400)',
          async run(context) {
            const what = `a pixel without its key (${stream.key.from})`;
            const given = { query: { [MARK]: context.stream }, mayLackJson: true };
            const answer = await askRefusal(context, route, what, { status: [400] }, given);
            expectImage(route, answer);
            expectEqual(answer, 'header event-status', answer.headers['event-status'], '400');
            return {};
          },
        }),

    Stored: ofRecords(route, {
      title: 'stores its query, and answers an image that nothing keeps',
      async run(context) {
        const query = queryOf(context, route);
        const source = parsedKey(stream);
        const headers = source.from === 'header' ? { [source.name]: 'verification' } : {};
        const ask: EventAsk = { query, headers, mayLackJson: true };
        const status = stream.pixel === 'empty' ? 204 : 200;
        const name = keyName(route);
        const key =
          source.from === 'fixed' || source.from === 'header'
            ? { key: source.from === 'fixed' ? source.name : 'verification' }
            : name !== undefined && { key: query[name] ?? '' };
        const payload = { text: JSON.stringify(query), isExact: false, ...key };
        await expectStored(context, route, [{ ask, payloads: [payload] }], async (sending) => {
          const answer = await askEvent(context, route, { status: [status] }, sending.ask);
          expectImage(route, answer);
          return { ...sending, answer };
        });
        return {};
      },
    }),
  });
};

function queryOf(context: CheckContext, route: EventRoute): Readonly<Record<string, string>> {
  const name = keyName(route);
  // AWS refuses some characters of a query that are not percent-encoded; these are.
  const query = { [MARK]: `${context.stream}-pixel`, text: HOSTILE_TEXT, empty: '' };
  return name === undefined ? query : { ...query, [name]: 'verification key' };
}

function expectImage({ stream }: EventRoute, answer: Exchange): void {
  const { headers, body } = answer;
  expectEqual(answer, 'header cache-control', headers['cache-control'], 'no-store');
  if (stream.pixel === 'empty') {
    expectEqual(answer, 'body', body, '');
    return;
  }
  expectEqual(answer, 'header content-type', headers['content-type'], 'image/svg+xml');
  if (body.trim().startsWith('<svg')) return;
  throw new CheckFailure('the answer is no image', answer);
}
