import type { EventRoute } from '../../../resources/events/routes';
import type { BodyKind } from '../../../resources/events/senders';
import { enlarged, mostBytes } from './event';
import { jsonText, keyed, type Sending } from './sending';

/** How many events a batch may have. */
export const MOST_EVENTS = 500;

/** A request with these events. */
export function batch(
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

/**
 * Events of a batch that must be refused, each so large that Kinesis refuses the batch even if the
 * endpoint does not; as they are where test records may stand.
 * @returns undefined where the schema has no place for so much
 */
export function harmlessEvents(
  { stream }: EventRoute,
  kind: BodyKind,
  events: readonly Readonly<Record<string, unknown>>[],
): readonly unknown[] | undefined {
  if (stream.testRecords) return events;
  const large = events.map((event) => enlarged(stream, kind, event, mostBytes(stream)));
  return large.includes(undefined) ? undefined : large;
}
