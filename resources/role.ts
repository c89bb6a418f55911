import { either, NO_VALUE, type Resources, resource } from './cloudformation';
import { stageKeysStatement } from './encryption-keys';
import { type Endpoint, endpoints } from './endpoints';
import { logicalIds } from './logical-ids';
import type { DeclaredStream } from './streams/declared';
import { streamArns, throwAwayStreams } from './throw-away-streams';

/** The stage's streams: the parameter is an IAM pattern such as `orders-*`. */
const STREAMS = streamArns('${param:streams}');

/**
 * Settings of every role that the stack makes. Absent unless set: CloudFormation replaces a role
 * whose path changes, also from none to `/`.
 */
export const roleSettings = {
  Path: either('HasRolePath', '${param:rolePath}', NO_VALUE),
  PermissionsBoundary: either('HasBoundary', '${param:permissionsBoundaryArn}', NO_VALUE),
} as const;

export const assumedByApiGateway = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
} as const;

/** The actions that the endpoints need on the keys of encrypted streams. */
const actionsOnKeys = [
  ...new Set(endpoints.flatMap(({ grantedOnKey }) => grantedOnKey ?? [])),
].sort();

/**
 * The role with which API Gateway calls Kinesis; it allows only the endpoints' actions. Verification
 * works on streams of its own, which are the stage's as well, so that no pattern is too narrow for it;
 * it encrypts them with each key that the stage's streams have.
 */
export const roleOf = (declared: readonly DeclaredStream[]): Resources => ({
  [logicalIds.role]: resource('AWS::IAM::Role', {
    ...roleSettings,
    AssumeRolePolicyDocument: assumedByApiGateway,
    Policies: [
      {
        PolicyName: 'kinesis',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: actionsGrantedOn('streams'),
              Resource: [STREAMS, throwAwayStreams],
            },
            // IAM defines no resource for these actions, so they can be granted only on *.
            { Effect: 'Allow', Action: actionsGrantedOn('*'), Resource: '*' },
            stageKeysStatement(actionsOnKeys, declared),
          ],
        },
      },
    ],
  }),
});

/** Actions without duplicates. Those called only by conditional endpoints are conditional too. */
function actionsGrantedOn(scope: Endpoint['grantedOn']) {
  const granted = endpoints.filter(({ grantedOn }) => grantedOn === scope);
  const actions = [...new Set(granted.map(({ action }) => action))].sort();
  return actions.map((action) => {
    const callers = granted.filter((endpoint) => endpoint.action === action);
    const isConditional = callers.every(({ managesStreams }) => managesStreams);
    return isConditional
      ? either('ManagesStreams', `kinesis:${action}`, NO_VALUE)
      : `kinesis:${action}`;
  });
}
