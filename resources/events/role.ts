import { type Resources, resource } from '../cloudformation';
import { stageKeysStatement } from '../encryption-keys';
import { logicalIds } from '../logical-ids';
import { assumedByApiGateway, roleSettings } from '../role';
import { streamArns } from '../throw-away-streams';
import type { EventRoute } from './routes';

const ACTIONS = ['PutRecord', 'PutRecords'] as const;

/**
 * The role of the event endpoints: it writes to their streams and to no other, with the keys that
 * these have, and those of `kmsKeyArns`, which they may get next.
 */
export function eventsRole(routes: readonly EventRoute[]): Resources {
  if (routes.length === 0) return {};
  const written = routes.map(({ stream }) => stream);
  return {
    [logicalIds.eventsRole]: resource('AWS::IAM::Role', {
      ...roleSettings,
      AssumeRolePolicyDocument: assumedByApiGateway,
      Policies: [
        {
          PolicyName: 'kinesis',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              ...ACTIONS.flatMap((action) => grant(action, routes)),
              stageKeysStatement(['kms:GenerateDataKey'], written),
            ],
          },
        },
      ],
    }),
  };
}

/** An action on the streams whose endpoints call it. */
function grant(action: EventRoute['action'], routes: readonly EventRoute[]) {
  const calling = routes.filter((route) => route.action === action);
  if (calling.length === 0) return [];
  const names = [...new Set(calling.map(({ stream }) => stream.streamName))];
  return [{ Effect: 'Allow', Action: `kinesis:${action}`, Resource: names.map(streamArns) }];
}
