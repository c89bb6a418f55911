import { type EndpointId, endpoints } from '../../../resources/endpoints';
import { goodRequest } from '../../../resources/endpoints/shared/good-request';
import { entranceOf, isOpenEntrance, refusals } from '../../stage/entrances';
import { ask } from '../ask';
import type { Check } from '../check';
import { ofEndpoint, withoutEndpoint } from './define';

/** Where callers must say who they are, every endpoint rejects a request without any credentials. */
export const closedChecks = Object.fromEntries(
  endpoints.map((endpoint) => [
    `${endpoint.id}Closed`,
    ofEndpoint(endpoint.id, {
      title: 'rejects a request without a signature, key or token',
      writes: false,
      skipReason: (target) =>
        isOpenEntrance(entranceOf(target, endpoint))
          ? 'open stage'
          : withoutEndpoint(endpoint, target),
      async run(context) {
        const statuses = refusals(entranceOf(context.target, endpoint));
        await ask(context, endpoint.id, statuses, {
          ...goodRequest(endpoint),
          anonymous: true,
          // No stream can have this name, so that nothing is created or deleted if the door is open.
          stream: `${context.stream},x`,
        });
        return {};
      },
    }),
  ]),
) as Readonly<Record<`${EndpointId}Closed`, Check>>;
