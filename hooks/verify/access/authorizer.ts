import { GetMethodCommand } from '@aws-sdk/client-api-gateway';
import { eventRoutes } from '../../../resources/events/routes';
import { type Entrance, endpointsOf, entranceOfStream } from '../../stage/entrances';
import type { CheckContext } from '../check';
import { withoutEndpoint } from '../checks/define';
import { resourceIdOf } from '../test-invoke';

/** The id of the authorizer that the first route of an entrance names now. */
export async function authorizerAt(
  { apiGateway, target }: Pick<CheckContext, 'apiGateway' | 'target'>,
  entrance: Entrance,
): Promise<string | undefined> {
  const { restApiId, parameters, streams } = target;
  const ofStreams = eventRoutes(streams).filter(
    ({ stream }) => entranceOfStream(target, stream).name === entrance.name,
  );
  const ofStage = endpointsOf(entrance).filter(
    (endpoint) => withoutEndpoint(endpoint, target) === undefined,
  );
  const [first] = [...ofStage, ...ofStreams];
  if (first === undefined) return undefined;
  const path = parameters.rootPath + first.path;
  const resourceId = await resourceIdOf(apiGateway, restApiId, path);
  const { authorizerId } = await apiGateway.send(
    new GetMethodCommand({ restApiId, resourceId, httpMethod: first.method }),
  );
  return authorizerId;
}
