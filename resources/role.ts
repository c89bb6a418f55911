import { either, NO_VALUE, type Resources, resource, sub } from './cloudformation';
import { type Endpoint, endpoints } from './endpoints';
import { logicalIds } from './logical-ids';

/** The stage's streams: the parameter is a pattern of names as IAM has them, `orders-*`. */
const STREAMS =
  'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${param:streams}';

/** The role that API Gateway assumes to call Kinesis: the endpoints' actions and no others. */
export const role: Resources = {
  [logicalIds.role]: resource('AWS::IAM::Role', {
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
            // IAM defines no resource for these actions: they can be granted on * only.
            { Effect: 'Allow', Action: actionsGrantedOn('*'), Resource: '*' },
          ],
        },
      },
    ],
  }),
};

/** Each action once. One that only endpoints with a condition call is granted on that condition. */
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
