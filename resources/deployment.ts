import { accessLogSetting } from './access-log';
import { either, NO_VALUE, type Resources, ref, resource } from './cloudformation';
import { preflights } from './cors';
import { kafkaMethods } from './kafka';
import { logicalIds } from './logical-ids';
import { responses } from './responses';
import { routes } from './routes';

/** Marks the deployments that this service made, for it to clear away. */
const DEPLOYMENT_DESCRIPTION = '${self:service}-${self:provider.stage}';

/**
 * The deployment that the stage serves. API Gateway copies the API into a deployment when that is
 * made, so it must come after every method, and a change needs a new one (hooks/template/deployment.ts).
 */
export const deployment: Resources = {
  [logicalIds.deployment]: resource(
    'AWS::ApiGateway::Deployment',
    { RestApiId: ref(logicalIds.restApi), Description: DEPLOYMENT_DESCRIPTION },
    {
      Condition: 'OwnsApi',
      // The one before stays until the new one is found good: --on-failure rollback goes back to it.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      DependsOn: [
        ...routes.map(({ action }) => logicalIds.method(action)),
        ...Object.keys(preflights),
        ...Object.keys(kafkaMethods),
        ...Object.keys(responses),
      ],
    },
  ),
  [logicalIds.stage]: resource(
    'AWS::ApiGateway::Stage',
    {
      RestApiId: ref(logicalIds.restApi),
      DeploymentId: ref(logicalIds.deployment),
      StageName: '${self:provider.stage}',
      AccessLogSetting: accessLogSetting,
      TracingEnabled: either('Traces', true, false),
      // Read by templates/Cors.response.vtl.
      Variables: either('AllowsSeveralOrigins', { corsOrigins: '${param:corsOrigins}' }, NO_VALUE),
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: '${param:throttleRate}',
          ThrottlingBurstLimit: '${param:throttleBurst}',
        },
      ],
    },
    { Condition: 'OwnsApi' },
  ),
};
