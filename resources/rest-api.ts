import { type Resources, ref, resource } from './cloudformation';
import { endpoints } from './endpoints';
import { restApiId, rootResourceId } from './existing-api';
import { logicalIds } from './logical-ids';
import { endpointConfiguration, privatePolicy } from './private-endpoint';

/** The REST API, unless it exists already, and a resource for every path of the endpoints. */
export const restApi: Resources = {
  [logicalIds.restApi]: resource(
    'AWS::ApiGateway::RestApi',
    {
      Name: '${self:service}-${self:provider.stage}',
      Description: 'An HTTP front door to Amazon Kinesis Data Streams',
      EndpointConfiguration: endpointConfiguration,
      Policy: privatePolicy,
    },
    { Condition: 'OwnsApi' },
  ),
  ...pathResources(endpoints.map(({ path }) => path)),
};

/** A resource for each path and its ancestors, parents first. */
export function pathResources(paths: readonly string[]): Resources {
  const all = paths.flatMap((path) => {
    const parts = path.split('/').slice(1);
    return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
  });
  return Object.fromEntries(
    [...new Set(all)].sort().map((path) => [
      logicalIds.resource(path),
      resource('AWS::ApiGateway::Resource', {
        RestApiId: restApiId,
        ParentId: parentOf(path),
        PathPart: path.slice(path.lastIndexOf('/') + 1),
      }),
    ]),
  );
}

/** Id of the parent of a path's resource. */
export function parentOf(path: string) {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return parent === '' ? rootResourceId : ref(logicalIds.resource(parent));
}
