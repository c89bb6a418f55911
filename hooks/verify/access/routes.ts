import { goodRequest } from '../../../resources/endpoints/shared/good-request';
import { eventRoutes } from '../../../resources/events/routes';
import { type Entrance, endpointsOf, entranceOfStream } from '../../stage/entrances';
import type { CheckContext } from '../check';
import { withoutEndpoint } from '../checks/define';
import { NO_TYPE, ofType, probe } from '../events/access';
import { sendEvent } from '../events/ask';
import type { ApiRequest, Exchange } from '../exchange';

/** A probe's credentials, and how its answer is judged. */
export type Shown = Pick<ApiRequest, 'pretence' | 'mayBeLimited'>;

/** One of an entrance's routes, which can be asked without harm whoever is let in. */
export interface ProbedRoute {
  /** `PUT /streams/{stream-name}/record` */
  readonly name: string;
  send(shown: Shown): Promise<Exchange>;
}

/** Every route of an entrance. */
export function routesOf(context: CheckContext, entrance: Entrance): readonly ProbedRoute[] {
  const { target, door, api, stream } = context;
  const ofStage = endpointsOf(entrance)
    .filter((endpoint) => withoutEndpoint(endpoint, target) === undefined)
    .map((endpoint) => ({
      name: `${endpoint.method} ${endpoint.path}`,
      // No stream can have this name, so that nothing is created, written or deleted.
      send: (shown: Shown) =>
        api.send({
          ...door.request(endpoint.id, { ...goodRequest(endpoint), stream: `${stream},x` }),
          ...shown,
        }),
    }));
  const ofStreams = eventRoutes(target.streams)
    .filter((route) => entranceOfStream(target, route.stream).name === entrance.name)
    .map((route) => ({
      name: `${route.method} ${route.path}`,
      send: (shown: Shown) =>
        sendEvent(context, route, { ...probe(route), ...ofType(route, NO_TYPE), ...shown }),
    }));
  return [...ofStage, ...ofStreams];
}
