import { either, NO_VALUE, type Resources, resource, sub } from './cloudformation';
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

/** An action whose route the stage leaves out is not granted either. */
function actionsGrantedOn(scope: Route['grantedOn']) {
  const rows: readonly Route[] = routes;
  return rows
    .filter((route) => route.grantedOn === scope)
    .toSorted((a, b) => (a.action < b.action ? -1 : 1))
    .map(({ action, managesStreams }) =>
      managesStreams
        ? either('ManagesStreams', `kinesis:${action}`, NO_VALUE)
        : `kinesis:${action}`,
    );
}
