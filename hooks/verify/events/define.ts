import type { EventRoute } from '../../../resources/events/routes';
import type { Check } from '../check';
import { leaveBehind } from './tail';

/** The name of a check in reports and for `--only`: `events/orders/batch/Stored`. */
export type EventCheckName = `events/${string}`;

export type EventChecks = Readonly<Record<EventCheckName, Check>>;

type Given = Pick<Check, 'run'> & Partial<Omit<Check, 'endpoint' | 'event' | 'run'>>;

/** A check of one event endpoint, whose title begins with its method and path. */
export function ofEvent(
  { stream, method, path }: EventRoute,
  { title = '', run, ...given }: Given,
): Check {
  return {
    writes: false,
    requires: [],
    provides: [],
    ...given,
    async run(context) {
      try {
        return await run(context);
      } catch (error) {
        // Later checks must not read events that this one sent and did not read back.
        leaveBehind(context, stream.streamName);
        throw error;
      }
    },
    event: { stream: stream.name, method, path },
    title: `${method} ${path}: ${title}`,
  };
}

/**
 * A check that puts records into a declared stream, where that takes test records; elsewhere its
 * consumers would read them.
 */
export const ofRecords = (route: EventRoute, given: Given): Check =>
  ofEvent(route, {
    ...given,
    writes: true,
    skipReason: (target) =>
      route.stream.testRecords ? given.skipReason?.(target) : 'a stream without test records',
  });

/** The checks of a route under their names. */
export const named = (
  { path }: EventRoute,
  checks: Readonly<Record<string, Check | undefined>>,
): EventChecks =>
  Object.fromEntries(
    Object.entries(checks).flatMap(([name, check]) =>
      check === undefined ? [] : [[`${path.slice(1)}/${name}`, check] as const],
    ),
  );
