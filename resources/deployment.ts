import { accessLogSetting } from './access-log';
import { either, NO_VALUE, type Resources, ref, resource } from './cloudformation';
import { preflights } from './cors';
import { type Endpoint, endpoints } from './endpoints';
import type { EventParts, MethodThrottle } from './events';
import { kafkaMethods } from './kafka';
import { logicalIds } from './logical-ids';
import { responses } from './responses';
import type { DeclaredStream } from './streams/declared';
import { streamResources } from './streams/streams';

/** Marks the deployments that this service created, so that it can delete old ones. */
const DEPLOYMENT_DESCRIPTION = '${self:service}-${self:provider.stage}';

/**
 * The deployment that the stage serves. A deployment is a snapshot of the API: it must be created
 * after every method, and every change needs a new one (hooks/template/deployment.ts).
 */
export const deployment = (declared: readonly DeclaredStream[], events: EventParts): Resources => ({
  [logicalIds.deployment]: resource(
    'AWS::ApiGateway::Deployment',
    { RestApiId: ref(logicalIds.restApi), Description: DEPLOYMENT_DESCRIPTION },
    {
      Condition: 'OwnsApi',
      // The previous deployment is kept, to go back to, until the new one is verified on the live stage.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      DependsOn: [
        ...endpoints.map(({ id }) => logicalIds.method(id)),
        ...Object.keys(preflights),
        ...Object.keys(kafkaMethods),
        ...Object.keys(responses([])),
        ...events.deployed,
        // An event that comes while a new or renamed stream is not there yet would be lost.
        ...Object.keys(streamResources(declared)),
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
        ...endpoints.flatMap(ownThrottle),
        ...events.throttles.map(throttleOf),
      ],
    },
    { Condition: 'OwnsApi' },
  ),
});

/**
 * A method's own limit, in place of the stage's. API Gateway refuses a path whose slashes, the first
 * included, are not encoded.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
 */
const throttleOf = ({ method, path, throttle }: MethodThrottle) => ({
  HttpMethod: method,
  ResourcePath: `/${path.replaceAll('/', '~1')}`,
  ThrottlingRateLimit: throttle.rate,
  ThrottlingBurstLimit: throttle.burst,
});

/** An endpoint's own limit, where the stage wants those. */
function ownThrottle({ method, path, throttle, managesStreams }: Endpoint) {
  if (throttle === undefined) return [];
  const setting = throttleOf({ method, path, throttle });
  // There is nothing to set on a method that the stage does not have.
  const deployed = managesStreams ? either('ManagesStreams', setting, NO_VALUE) : setting;
  return [either('ThrottlesEndpoints', deployed, NO_VALUE)];
}
