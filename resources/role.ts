import { either, NO_VALUE, type Resources, resource, sub } from './cloudformation';
import { type Endpoint, endpoints } from './endpoints';
import { logicalIds } from './logical-ids';

/** The stage's streams: the parameter is an IAM pattern such as `orders-*`. */
const STREAMS =
  'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${param:streams}';

/**
 * Settings of every role that the stack makes. Absent unless set: CloudFormation replaces a role
 * whose path changes, also from none to `/`.
 */
export const roleSettings = {
  Path: either('HasRolePath', '${param:rolePath}', NO_VALUE),
  PermissionsBoundary: either('HasBoundary', '${param:permissionsBoundaryArn}', NO_VALUE),
} as const;

/** The role with which API Gateway calls Kinesis; it allows only the endpoints' actions. */
export const role: Resources = {
  [logicalIds.role]: resource('AWS::IAM::Role', {
    ...roleSettings,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'kinesis',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: actionsGrantedOn('streams'), Resource: sub(STREAMS) },
            // IAM defines no resource for these actions, so they can be granted only on *.
            { Effect: 'Allow', Action: actionsGrantedOn('*'), Resource: '*' },
          ],
        },
      },
    ],
  }),
};

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
