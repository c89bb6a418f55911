import type { Resources } from '../cloudformation';
import { eventModels } from '../contracts/models';
import type { Throttle } from '../endpoints/shared/endpoint';
import { StackError } from '../errors';
import { logicalIds } from '../logical-ids';
import { pathResources } from '../rest-api';
import type { DeclaredStream } from '../streams/declared';
import { eventPreflights } from './cors';
import { eventMethods } from './methods';
import { eventAlarms, eventMetricFilters } from './refusals';
import { eventsRole } from './role';
import { type EventRoute, eventRoutes } from './routes';

/** The limit of one method, in place of the stage's. */
export interface MethodThrottle {
  readonly method: string;
  readonly path: string;
  readonly throttle: Throttle;
}

/** The resources that the event endpoints add to the stack. */
export interface EventParts {
  readonly resources: Resources;
  /** Logical ids of what a deployment of the API must wait for. */
  readonly deployed: readonly string[];
  /** A stream's limit holds for each of its endpoints. */
  readonly throttles: readonly MethodThrottle[];
}

/** The event endpoints of declared streams, as CloudFormation. */
export function eventParts(declared: readonly DeclaredStream[]): EventParts {
  const routes = eventRoutes(declared);
  refuseClashes(routes);
  const methods = { ...eventMethods(routes), ...eventPreflights(routes) };
  return {
    resources: {
      ...eventsRole(routes),
      ...pathResources(routes.map(({ path }) => path)),
      ...eventModels(routes),
      ...methods,
      ...eventMetricFilters(routes),
      ...eventAlarms(routes),
    },
    deployed: Object.keys(methods),
    throttles: routes.flatMap(({ stream: { throttle }, method, path }) =>
      throttle === undefined ? [] : [{ method, path, throttle }],
    ),
  };
}

/**
 * @throws StackError for two endpoints whose paths differ only in what logical ids leave out or add:
 *   `/events/orders/batch` and `/events/orders-batch`, `/events/orders` and `/events/orders-preflight`
 */
function refuseClashes(routes: readonly EventRoute[]): void {
  const seen = new Map<string, string>();
  for (const { path, stream } of routes) {
    for (const own of new Set([path, `/events/${stream.name}`])) {
      for (const idOf of [logicalIds.resource, logicalIds.eventMethod, logicalIds.preflight]) {
        const id = idOf(own);
        const other = seen.get(id);
        if (other !== undefined && other !== own) {
          throw new StackError(
            `streams.ts: ${other} and ${own} would have the same logical ids. Rename one of the streams.`,
          );
        }
        seen.set(id, own);
      }
    }
  }
}
