import { type Action, routeOf } from '../../../resources/routes';
import type { Check } from '../check';

type Given = Pick<Check, 'run'> & Partial<Omit<Check, 'action' | 'run'>>;

/** A check of one route; its title is the route's unless it has more to say. */
export function ofRoute(action: Action, given: Given): Check {
  const { method, path } = routeOf(action);
  const route = `${method} ${path}`;
  return {
    writes: true,
    requires: [],
    provides: [],
    ...given,
    action,
    title: given.title === undefined ? route : `${route}: ${given.title}`,
  };
}

/** A check of several routes, or of the stage as a whole. */
export function ofStage(given: Given & Pick<Check, 'title'>): Check {
  return { writes: false, requires: [], provides: [], ...given };
}
