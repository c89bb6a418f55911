import { parsedKey } from '../../../resources/events/key-source';
import type { EventRoute } from '../../../resources/events/routes';
import type { BodyKind } from '../../../resources/events/senders';
import { MARK } from '../../stage/test-records';
import { expectEqual, expectStatus, jsonObject, listOf } from '../ask';
import { askAll } from '../ask-all';
import type { CheckContext } from '../check';
import { askEvent, askRefusal } from './ask';
import { firstTypes, typesOf } from './content-types';
import { named, ofEvent, ofRecords } from './define';
import { enlarged, eventOf, mostBytes, needsKey, withMember } from './event';
import { reaches } from './reaches';
import { HOSTILE_TEXT, jsonText, keyed, type Payload, type Sending } from './sending';
import { BAD_KEY, refusedBefore, refusedByModel } from './single';
import { expectStored, type Sent } from './stored';
import { leaveBehind } from './tail';
import { violations } from './violations';

/** How many events a batch may have. */
const MOST_EVENTS = 500;

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
        for (const { kind, contentType } of firstTypes(route)) {
          await refuseLimits(context, route, kind, contentType);
        }
        return {};
      },
    }),

    Schema:
      stream.contract &&
      ofEvent(route, {
        title: 'rejects a batch with an event that its schema does not allow (400)',
        async run(context) {
          const first = new Set(firstTypes(route).map(({ contentType }) => contentType));
          for (const { kind, contentType } of typesOf(route)) {
            // Each spelling has a model of its own: one violation shows that it is the same.
            const most = first.has(contentType) ? Number.POSITIVE_INFINITY : 1;
            await refuseViolations(context, route, { kind, contentType, most });
          }
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

/** A request with these events. */
function batch(
  route: EventRoute,
  kind: BodyKind,
  contentType: string,
  events: readonly unknown[],
): Sending['ask'] {
  const body =
    kind === 'ndjson'
      ? events.map((event) => JSON.stringify(event)).join('\r\n')
      : jsonText(events);
  const { headers, query } = keyed(route, events[0], 'verification');
  return { body, contentType, headers, query };
}

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

/**
 * Events of a batch that must be refused, each so large that Kinesis refuses the batch even if the
 * endpoint does not; as they are where test records may stand.
 * @returns undefined where the schema has no place for so much
 */
function harmlessEvents(
  { stream }: EventRoute,
  kind: BodyKind,
  events: readonly Readonly<Record<string, unknown>>[],
): readonly unknown[] | undefined {
  if (stream.testRecords) return events;
  const large = events.map((event) => enlarged(stream, kind, event, mostBytes(stream)));
  return large.includes(undefined) ? undefined : large;
}

async function refuseLimits(
  context: CheckContext,
  route: EventRoute,
  kind: BodyKind,
  contentType: string,
): Promise<void> {
  const { stream } = route;
  const { headers, query } = batch(route, kind, contentType, [{}]);
  const refused = (what: string, status: readonly number[], body: string, given: object = {}) =>
    askRefusal(context, route, what, { status }, { body, contentType, headers, query, ...given });
  if (kind === 'ndjson') {
    await refused('a batch of blank lines', [400], '\n \r\n ');
    // It would be an event {} where it is not refused.
    if (stream.testRecords) await refused('a batch without a line', [400], '');
  } else {
    await refused('an empty list', [400], '[]');
    await refused('an object in place of a list', [400], '{"a": 1}');
    await refused('a list that does not end', [400], '[{"a": 1},');
  }
  const isKeyless = needsKey(stream);
  if (!stream.testRecords && !isKeyless) {
    context.note('501 events are not sent: they would be stored if they were not refused');
    return;
  }
  const source = parsedKey(stream);
  const event = eventOf(stream, kind, `${context.stream}-many`);
  const sent =
    source.from === 'member' && !stream.testRecords
      ? withMember(event, source.path, undefined)
      : event;
  const many = Array(MOST_EVENTS + 1).fill(sent);
  const given = stream.testRecords ? {} : { headers: {}, query: {} };
  const body = String(batch(route, kind, contentType, many).body);
  await refused('a batch of 501 events', [400, 413], body, given);
}

/** The second of two is wrong: each must be looked at, and not the first alone. */
async function refuseViolations(
  context: CheckContext,
  route: EventRoute,
  {
    kind,
    contentType,
    most,
  }: { readonly kind: BodyKind; readonly contentType: string; readonly most: number },
): Promise<void> {
  const { stream } = route;
  const schema = (stream.contract?.schema ?? {}) as Readonly<Record<string, unknown>>;
  const valid = eventOf(stream, kind, `${context.stream}-schema`);
  const [good] = harmlessEvents(route, kind, [valid]) ?? [];
  if (good === undefined) {
    context.note('not sent: the schema has no place for events that are too large to be stored');
    return;
  }
  const isCloud = kind === 'cloudevents-batch';
  const data = isCloud ? (good as { readonly data: unknown }).data : good;
  const all = violations(schema, data).map(({ what, event, names }) => {
    return { what, names, event: isCloud ? { ...(good as object), data: event } : event };
  });
  // A list of too many such events would be larger than API Gateway takes.
  const isHarmless = ({ what, event }: (typeof all)[number]) =>
    !what.startsWith('maxItems') && leastLength(event) > mostBytes(stream);
  const harmless = stream.testRecords ? all : all.filter(isHarmless);
  await askAll(harmless.slice(0, most), ({ what, event, names }) => {
    const ask = batch(route, kind, contentType, [good, event]);
    return refusedByModel(context, route, `${contentType}, ${what}`, names, ask);
  });
}

/**
 * A length that a value's JSON has at least: of megabytes of text, which need not be written out to be
 * counted.
 */
function leastLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 1;
  const names = Array.isArray(value) ? 0 : Object.keys(value).join('":').length;
  return Object.values(value).reduce<number>((sum, each) => sum + leastLength(each), names + 2);
}
