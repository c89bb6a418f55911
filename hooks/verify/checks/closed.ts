import { type Action, routes } from '../../../resources/routes';
import { isOpen, managesStreams } from '../../stage/target';
import { ask } from '../ask';
import type { Check } from '../check';
import { ofRoute } from './define';

/** A request that would get further than the door, if the door were open. */
const BODIES: Partial<Record<Action, unknown>> = {
  PutRecord: { Data: 'x', PartitionKey: 'x' },
  PutRecords: { records: [{ data: 'x', 'partition-key': 'x' }] },
  // No shards: were it let in, no stream would be made.
  CreateStream: { ShardCount: 0 },
};

/** Where the stage is closed: every route refuses a request without signature or key. */
export const closedChecks = Object.fromEntries(
  routes.map(({ action, ...route }) => [
    `${action}Closed` as const,
    ofRoute(action, {
      title: 'refuses a request without signature or key',
      writes: false,
      leftOut: (target) => {
        if (isOpen(target)) return 'the stage is open';
        const isLeftOut = 'managesStreams' in route && !managesStreams(target);
        return isLeftOut ? 'the stage does not manage streams' : undefined;
      },
      async run(context) {
        const body = BODIES[action];
        await ask(context, action, 403, {
          anonymous: true,
          // Nobody has a stream of this name, so that an open DELETE would hit nothing.
          stream: `${context.stream}-x`.slice(-128),
          ...(body !== undefined && { body }),
          ...(action === 'GetShardIterator' && { query: { 'shard-id': 'shardId-000000000000' } }),
        });
        return {};
      },
    }),
  ]),
) as Readonly<Record<`${Action}Closed`, Check>>;
