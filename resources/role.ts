import { type Resources, resource, sub } from './cloudformation';
import { logicalIds } from './logical-ids';
import { type Route, routes } from './routes';

/** The stage's streams: the parameter is a name pattern in IAM's sense, `orders-*`. */
const STREAMS =
  'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${param:streams}';

/** The role that API Gateway takes to call Kinesis: the routes' actions and no others. */
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
            { Effect: 'Allow', Action: actionsGrantedOn('everything'), Resource: '*' },
          ],
        },
      },
    ],
  }),
};

function actionsGrantedOn(scope: Route['grantedOn']): string[] {
  return routes
    .filter((route) => route.grantedOn === scope)
    .map(({ action }) => `kinesis:${action}`)
    .sort();
}
