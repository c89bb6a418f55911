import { parsedKey } from '../../../resources/events/key-source';
import type { EventRoute } from '../../../resources/events/routes';
import type { BodyKind } from '../../../resources/events/senders';
import { MARK } from '../../stage/test-records';
import { expectEqual, expectStatus, jsonObject, listOf } from '../ask';
import { askAll } from '../ask-all';
import type { CheckContext } from '../check';
import { askEvent, askRefusal } from './ask';
import { beyondLimits, violating } from './bad-batches';
import { batch, harmlessEvents, MOST_EVENTS } from './batch-request';
import { firstTypes, typesOf } from './content-types';
import { named, ofEvent, ofRecords } from './define';
import { enlarged, eventOf, needsKey, withMember } from './event';
import { reaches } from './reaches';
import { HOSTILE_TEXT, keyed, type Payload, type Sending } from './sending';
import { BAD_KEY, refusedBefore, refusedByModel } from './single';
import { expectStored, type Sent } from './stored';
import { leaveBehind } from './tail';

/** Two of them are more than a shard takes in a second. */
const MUCH = 600_000;

/** An endpoint that takes several events a request. */
export const batchChecks = (route: EventRoute) => {
  const { stream } = route;
  return named(route, {
    Reaches: reaches(route, (kind, contentType, context) => {
      const events = harmlessEvents(route, kind, [eventOf(stream, kind, context.stream)]);
      return events && batch(route, kind, contentType, events);
    }),

    Limits: ofEvent(route, {
      title: 'rejects no events, too many, and what is no list (400, 413)',
      async run(context) {
        const beyond = firstTypes(route).flatMap(({ kind, contentType }) =>
          beyondLimits(context, route, kind, contentType),
        );
        await askAll(beyond, ({ what, status, ask }) =>
          askRefusal(context, route, what, { status }, ask()),
        );
        return {};
      },
    }),

    Schema:
      stream.contract &&
      ofEvent(route, {
        title: 'rejects a batch with an event that its schema does not allow (400)',
        async run(context) {
          const first = new Set(firstTypes(route).map(({ contentType }) => contentType));
          const bad = typesOf(route).flatMap(({ kind, contentType }) => {
            // Each spelling has a model of its own: one violation shows that it is the same.
            const most = first.has(contentType) ? Number.POSITIVE_INFINITY : 1;
            return violating(context, route, { kind, contentType, most });
          });
          await askAll(bad, ({ what, names, ask }) =>
            refusedByModel(context, route, what, names, ask()),
          );
          return {};
        },
      }),

    Key: !needsKey(stream)
      ? undefined
      : ofEvent(route, {
          title: 'rejects a batch with an event without a partition key (400)',
          async run(context) {
            const source = parsedKey(stream);
            for (const { kind, contentType } of firstTypes(route)) {
              const good = eventOf(stream, kind, `${context.stream}-key`);
              const bad =
                source.from === 'member' ? withMember(good, source.path, undefined) : good;
              const events = harmlessEvents(route, kind, [good, bad]);
              if (events === undefined) continue;
              const ask = { ...batch(route, kind, contentType, events), headers: {}, query: {} };
              const what = `an event without its key (${stream.key.from})`;
              await refusedBefore(context, route, what, BAD_KEY, ask);
            }
            return {};
          },
        }),

    Stored: ofRecords(route, {
      title: 'stores each event of a batch, under its key',
      async run(context) {
        const sendings = typesOf(route).map(({ kind, contentType }, index) =>
          several(context, route, kind, contentType, 3, `batch-${index}`),
        );
        await expectStored(context, route, sendings);
        return {};
      },
    }),

    Full: ofRecords(route, {
      title: `stores a batch of ${MOST_EVENTS} events`,
      async run(context) {
        const [first] = firstTypes(route);
        if (first === undefined) return {};
        const { kind, contentType } = first;
        const all = several(context, route, kind, contentType, MOST_EVENTS, 'full');
        await expectStored(context, route, [all], (sending) => sendPartly(context, route, sending));
        return {};
      },
    }),

    Partial: ofRecords(route, {
      title: 'reports a partly failed batch (207)',
      async run(context) {
        const [first] = firstTypes(route);
        if (first === undefined) return {};
        const { kind, contentType } = first;
        const large = enlarged(
          stream,
          kind,
          eventOf(stream, kind, `${context.stream}-large`),
          MUCH,
        );
        if (large === undefined) return {};
        leaveBehind(context, stream.streamName);
        const ask = batch(route, kind, contentType, [large, large]);
        const answer = await askEvent(context, route, { status: [200, 204, 207] }, ask);
        if (answer.status === 204) return {};
        const failed = listOf(answer, 'Records').filter(({ ErrorCode }) => ErrorCode !== undefined);
        const { FailedRecordCount: count } = jsonObject(answer);
        expectEqual(answer, 'FailedRecordCount', count, failed.length);
        expectStatus(answer, failed.length > 0 ? 207 : 200);
        return {};
      },
    }),
  });
};

function several(
  context: CheckContext,
  route: EventRoute,
  kind: BodyKind,
  contentType: string,
  count: number,
  mark: string,
): Sending {
  const { stream } = route;
  const events = Array.from({ length: count }, (_, index) => {
    const event = eventOf(stream, kind, `${context.stream}-${mark}-${index}`);
    return MARK in event && index < 2 ? { ...event, text: HOSTILE_TEXT } : event;
  });
  const payloads = events.map((event): Payload => {
    const { key } = keyed(route, event, 'verification');
    return {
      text: JSON.stringify(event),
      isExact: kind === 'ndjson',
      ...(key !== undefined && { key }),
    };
  });
  return { ask: batch(route, kind, contentType, events), payloads };
}

/** Shards that are busy refuse some events of a large batch, which the answer must say. */
async function sendPartly(
  context: CheckContext,
  route: EventRoute,
  { ask, payloads }: Sending,
): Promise<Sent> {
  const answer = await askEvent(context, route, { status: [200, 204, 207] }, ask);
  const results = answer.status === 204 ? [] : listOf(answer, 'Records');
  if (answer.status !== 204) {
    expectEqual(answer, 'number of results', results.length, payloads.length);
  }
  const taken = payloads
    .map((payload, nth) => ({ payload, nth }))
    .filter(({ nth }) => results[nth]?.ErrorCode === undefined);
  return {
    ask,
    payloads: taken.map(({ payload }) => payload),
    places: taken.map(({ nth }) => nth),
    answer,
  };
}
