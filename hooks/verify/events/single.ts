import { parsedKey } from '../../../resources/events/key-source';
import type { EventRoute } from '../../../resources/events/routes';
import { type BodyKind, bodyKinds, bodyOf } from '../../../resources/events/senders';
import { markedKey } from '../../stage/test-records';
import { askAll } from '../ask-all';
import { type CheckContext, CheckFailure } from '../check';
import { LONGEST_KEY } from '../records';
import { withoutHarm } from './access';
import { askRefusal, type EventAsk } from './ask';
import { firstTypes, typesOf } from './content-types';
import { named, ofEvent, ofRecords } from './define';
import { eventOf, harmless, needsKey, takesKey, withMember } from './event';
import { reaches } from './reaches';
import { HOSTILE_KEY, HOSTILE_TEXT, keyed, type Sending, single } from './sending';
import { expectStored } from './stored';
import { violations } from './violations';

/** Types that a route does not take: those of the other kinds, and some that no route takes. */
const otherTypes = ({ bodies }: EventRoute): string[] => [
  ...bodyKinds
    .filter((kind) => !bodies.includes(kind))
    .map((kind) => bodyOf(kind).contentTypes[0] ?? '')
    .filter((type) => !bodies.some((kind) => bodyOf(kind).contentTypes.includes(type))),
  'application/octet-stream',
  'application/xml',
  'application/x-amz-json-1.1',
  'multipart/form-data; boundary=x',
];

/** The refusals that all endpoints with a body have in common. */
export const typeChecks = (route: EventRoute) =>
  named(route, {
    ContentTypes: ofEvent(route, {
      title: 'rejects the content types that it does not take (415)',
      skipReason: () => withoutHarm(route),
      async run(context) {
        const body = harmless(route.stream, JSON.stringify({ StreamName: 'another-stream' }));
        await askAll(otherTypes(route), (contentType) => {
          const what = `a body of the type ${contentType}`;
          return askRefusal(context, route, what, { status: [415] }, { body, contentType });
        });
        return {};
      },
    }),
  });

/** An endpoint that takes one event a request. */
export const singleChecks = (route: EventRoute) => {
  const { stream } = route;
  return named(route, {
    Reaches: reaches(route, (kind, contentType, context) => {
      const { ask } = single(route, kind, { mark: `${context.stream}-0`, contentType });
      return { ...ask, body: harmless(stream, String(ask.body)) };
    }),

    Schema:
      stream.contract &&
      ofEvent(route, {
        title: 'rejects events that its schema does not allow (400)',
        skipReason: () => withoutHarm(route),
        async run(context) {
          await refuseViolations(context, route);
          return {};
        },
      }),

    Key: !needsKey(stream)
      ? undefined
      : ofEvent(route, {
          title: 'rejects events without a partition key, or with one that is too long (400)',
          skipReason: () => withoutHarm(route),
          async run(context) {
            for (const { kind, contentType } of firstTypes(route)) {
              await refuseKeys(context, route, kind, contentType);
            }
            return {};
          },
        }),

    Stored: ofRecords(route, {
      title: 'stores each content type byte for byte, under its key',
      async run(context) {
        const sendings = typesOf(route).map(({ kind, contentType }, index) =>
          single(route, kind, { mark: `${context.stream}-${index}`, contentType }),
        );
        await expectStored(context, route, sendings);
        return {};
      },
    }),

    Hostile: ofRecords(route, {
      title: 'hostile text stays inside its own value, and chooses no other stream',
      async run(context) {
        await expectStored(context, route, hostile(context, route));
        return {};
      },
    }),

    Origins: ofRecords(route, {
      title: 'takes events of its pages, and of senders without an origin',
      skipReason: () => (stream.origins.length === 0 ? 'no origins of its own' : undefined),
      async run(context) {
        const [first] = firstTypes(route);
        if (first === undefined) return {};
        const origins = [null, ...stream.origins.filter((origin) => origin !== '*')];
        const sendings = origins.map((origin, index): Sending => {
          const mark = `${context.stream}-origin-${index}`;
          const { ask, payloads } = single(route, first.kind, { ...first, mark });
          return { ask: { ...ask, origin }, payloads };
        });
        await expectStored(context, route, sendings);
        return {};
      },
    }),
  });
};

/** The events that API Gateway checks against the schema. */
async function refuseViolations(context: CheckContext, route: EventRoute): Promise<void> {
  const { stream } = route;
  const { schema = {}, sample = '{}' } = stream.contract ?? {};
  for (const { kind, contentType } of firstTypes(route)) {
    const isCloud = kind === 'cloudevents';
    const wrap = (data: unknown) => (isCloud ? { ...eventOf(stream, kind, 'probe'), data } : data);
    const all = violations(schema as Readonly<Record<string, unknown>>, JSON.parse(sample));
    await askAll(all, ({ what, event, names }) => {
      const body = harmless(stream, JSON.stringify(wrap(event)));
      const { headers, query } = keyed(route, wrap(JSON.parse(sample)), 'probe');
      return refusedByModel(context, route, `${contentType}, ${what}`, names, {
        body,
        contentType,
        headers,
        query,
      });
    });
  }
  // Each spelling has a model of its own.
  await askAll(typesOf(route), ({ contentType }) => {
    const body = harmless(stream, '[]');
    return refusedByModel(context, route, `a list as ${contentType}`, undefined, {
      body,
      contentType,
    });
  });
}

/** Expects a refusal by the model, with the member's name where API Gateway knows it. */
export const refusedByModel = (
  context: CheckContext,
  route: EventRoute,
  what: string,
  names: string | undefined,
  given: EventAsk,
): Promise<void> => refusedBefore(context, route, what, 'ValidationException', given, names);

/** A schema may refuse a key first. */
export const BAD_KEY = /^(PartitionKeyMissing|PartitionKeyTooLong|ValidationException)$/;

/** Expects a refusal (400) by the endpoint itself, and not by Kinesis. */
export async function refusedBefore(
  context: CheckContext,
  route: EventRoute,
  what: string,
  code: string | RegExp,
  given: EventAsk,
  names?: string,
): Promise<void> {
  const answer = await askRefusal(context, route, what, { status: [400], code, names }, given);
  if (!/failed to satisfy constraint|larger than|too large/i.test(answer.body)) return;
  throw new CheckFailure(`${what}: Kinesis was asked before the event was refused`, answer);
}

/** Events whose key is missing, empty or too long. */
async function refuseKeys(
  context: CheckContext,
  route: EventRoute,
  kind: BodyKind,
  contentType: string,
): Promise<void> {
  const { stream } = route;
  const source = parsedKey(stream);
  const valid = eventOf(stream, kind, `${context.stream}-key`);
  const attempt = (what: string, event: unknown, given: object) =>
    refusedBefore(context, route, `an event ${what} (${stream.key.from})`, BAD_KEY, {
      body: harmless(stream, JSON.stringify(event)),
      contentType,
      ...given,
    });
  const without = source.from === 'member' ? withMember(valid, source.path, undefined) : valid;
  await attempt('without its key', without, {});
  if (stream.key.cut) return;
  const tooLong = `${LONGEST_KEY}x`;
  if (!takesKey(stream, kind, tooLong)) return;
  const long = source.from === 'member' ? withMember(valid, source.path, tooLong) : valid;
  await attempt('whose key is too long', long, keyed(route, long, tooLong));
}

/** Events that would be read otherwise, or go elsewhere, if a template pasted them. */
function hostile(context: CheckContext, route: EventRoute): Sending[] {
  const { stream } = route;
  const elsewhere = { 'stream-name': 'another-stream', StreamName: 'another-stream' };
  return firstTypes(route).flatMap(({ kind, contentType }) => {
    const mark = (nth: number) => `${context.stream}-hostile-${nth}`;
    const end = markedKey(context.stream);
    // HTTP takes away the blanks around a header.
    const blanks = parsedKey(stream).from === 'header' ? `Key  ${end}` : ` Key ${end} `;
    const keys = [`${HOSTILE_KEY}${end}`, end.padStart(LONGEST_KEY.length, 'k'), blanks].filter(
      (key) => takesKey(stream, kind, key),
    );
    const text = single(route, kind, { mark: mark(0), contentType, text: HOSTILE_TEXT });
    return [
      { ...text, ask: { ...text.ask, query: { ...text.ask.query, ...elsewhere } } },
      ...keys.map((key, index) => single(route, kind, { mark: mark(index + 1), contentType, key })),
    ];
  });
}
