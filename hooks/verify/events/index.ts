import { type EventRoute, eventRoutes } from '../../../resources/events/routes';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { hasOwnEntrance } from '../../stage/entrances';
import { streamAccessChecks } from '../access/checks';
import { accessChecks } from './access';
import { batchChecks } from './batch';
import type { EventChecks } from './define';
import { pixelChecks } from './pixel';
import { roleCheck } from './role';
import { singleChecks, typeChecks } from './single';

export type { EventCheckName, EventChecks } from './define';

const CHECKS: Readonly<
  Record<EventRoute['kind'], readonly ((route: EventRoute) => EventChecks)[]>
> = {
  single: [accessChecks, typeChecks, singleChecks],
  batch: [accessChecks, typeChecks, batchChecks],
  pixel: [accessChecks, pixelChecks],
};

/** The checks of the event endpoints of these streams. */
export function eventChecks(streams: readonly DeclaredStream[]): EventChecks {
  const routes = eventRoutes(streams);
  if (routes.length === 0) return {};
  return Object.assign(
    { 'events/Role': roleCheck(routes) },
    ...streams.filter(hasClosedEntrance).map(({ name }) => streamAccessChecks(name)),
    ...routes.flatMap((route) => CHECKS[route.kind].map((of) => of(route))),
  );
}

const hasClosedEntrance = (stream: DeclaredStream) =>
  hasOwnEntrance(stream) && stream.authorization !== 'NONE';

/** Checks of what is taken. Each refusal counts in the alarm that the endpoint has on refused events. */
const QUIET = /\/(Preflight|Stored|Hostile|Origins)$/;

/** The checks of a canary, which runs again and again beside the streams' senders. */
export const quietEventChecks = (streams: readonly DeclaredStream[]): EventChecks =>
  Object.fromEntries(Object.entries(eventChecks(streams)).filter(([name]) => QUIET.test(name)));
