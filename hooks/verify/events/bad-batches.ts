import { parsedKey } from '../../../resources/events/key-source';
import type { EventRoute } from '../../../resources/events/routes';
import type { BodyKind } from '../../../resources/events/senders';
import type { CheckContext } from '../check';
import type { EventAsk } from './ask';
import { batch, harmlessEvents, MOST_EVENTS } from './batch-request';
import { eventOf, mostBytes, needsKey, withMember } from './event';
import { violations } from './violations';

/** A request that must be refused. It is made when it is sent: it may be of megabytes. */
interface Bad {
  readonly what: string;
  readonly ask: () => EventAsk;
}

/** Batches that an endpoint must not take, and how it may refuse them. */
export function beyondLimits(
  context: CheckContext,
  route: EventRoute,
  kind: BodyKind,
  contentType: string,
): (Bad & { readonly status: readonly number[] })[] {
  const { stream } = route;
  const { headers, query } = batch(route, kind, contentType, [{}]);
  const broken = (what: string, body: string) => {
    return { what, status: [400], ask: () => ({ body, contentType, headers, query }) };
  };
  const ofNone =
    kind === 'ndjson'
      ? [
          broken('a batch of blank lines', '\n \r\n '),
          // It would be an event {} where it is not refused.
          ...(stream.testRecords ? [broken('a batch without a line', '')] : []),
        ]
      : [
          broken('an empty list', '[]'),
          broken('an object in place of a list', '{"a": 1}'),
          broken('a list that does not end', '[{"a": 1},'),
        ];
  const isKeyless = needsKey(stream);
  if (!stream.testRecords && !isKeyless) {
    context.note('501 events are not sent: they would be stored if they were not refused');
    return ofNone;
  }
  const source = parsedKey(stream);
  const event = eventOf(stream, kind, `${context.stream}-many`);
  const sent =
    source.from === 'member' && !stream.testRecords
      ? withMember(event, source.path, undefined)
      : event;
  const many = Array(MOST_EVENTS + 1).fill(sent);
  const keys = stream.testRecords ? { headers, query } : { headers: {}, query: {} };
  const ask = () => ({ ...batch(route, kind, contentType, many), ...keys });
  return [...ofNone, { what: 'a batch of 501 events', status: [400, 413], ask }];
}

/** Batches whose second event is wrong: each must be looked at, and not the first alone. */
export function violating(
  context: CheckContext,
  route: EventRoute,
  {
    kind,
    contentType,
    most,
  }: { readonly kind: BodyKind; readonly contentType: string; readonly most: number },
): (Bad & { readonly names: string | undefined })[] {
  const { stream } = route;
  const schema = (stream.contract?.schema ?? {}) as Readonly<Record<string, unknown>>;
  const valid = eventOf(stream, kind, `${context.stream}-schema`);
  const [good] = harmlessEvents(route, kind, [valid]) ?? [];
  if (good === undefined) {
    context.note('not sent: the schema has no place for events that are too large to be stored');
    return [];
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
  return harmless.slice(0, most).map(({ what, event, names }) => {
    const ask = () => batch(route, kind, contentType, [good, event]);
    return { what: `${contentType}, ${what}`, names, ask };
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
