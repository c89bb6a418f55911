import type { Resources } from '../cloudformation';
import { eventModels } from '../contracts/models';
import { pathResources } from '../rest-api';
import type { DeclaredStream } from '../streams/declared';
import { eventMethods } from './methods';
import { eventsRole } from './role';
import { eventRoutes } from './routes';

/** What the event endpoints add to the stack. */
export interface EventParts {
  readonly resources: Resources;
  /** Logical ids of what a deployment of the API must wait for. */
  readonly deployed: readonly string[];
}

/** The event endpoints of declared streams, as CloudFormation. */
export function eventParts(declared: readonly DeclaredStream[]): EventParts {
  const routes = eventRoutes(declared);
  const methods = eventMethods(routes);
  const written = declared.filter((stream) => routes.some((route) => route.stream === stream));
  return {
    resources: {
      ...eventsRole(written),
      ...pathResources(routes.map(({ path }) => path)),
      ...eventModels(routes),
      ...methods,
    },
    deployed: Object.keys(methods),
  };
}
