import { type EndpointId, endpoints } from '../../../resources/endpoints';
import { goodRequest } from '../../../resources/endpoints/shared/good-request';
import { isOpen } from '../../stage/target';
import { ask } from '../ask';
import type { Check } from '../check';
import { ofEndpoint, withoutEndpoint } from './define';

/** On a closed stage, every endpoint rejects a request without a signature or key (403). */
export const closedChecks = Object.fromEntries(
  endpoints.map((endpoint) => [
    `${endpoint.id}Closed`,
    ofEndpoint(endpoint.id, {
      title: 'rejects a request without a signature or key (403)',
      writes: false,
      skipReason: (target) => (isOpen(target) ? 'open stage' : withoutEndpoint(endpoint, target)),
      async run(context) {
        await ask(context, endpoint.id, 403, {
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
