import { GetRestApiCommand, GetStagesCommand } from '@aws-sdk/client-api-gateway';
import { livePolicy, shortPolicy } from '../stage/resource-policy';
import { apiStage } from '../stage/target';
import { compare } from './compare';
import { compareSets, declaredOf, type Look, orMissing } from './look';
import type { Properties } from './shapes';

/** Settings of the API that would change every answer, and the stages that it is served by. */
export const lookAtApi: Look = async (site, declared) => {
  const { apiGateway, target } = site;
  if (declared.length === 0) return [];
  const { restApiId } = target;
  const live = await orMissing(apiGateway.send(new GetRestApiCommand({ restApiId })));
  // 0 compresses everything, and must not count as nothing.
  const sizeOf = (value: unknown) => (value === undefined ? undefined : String(value));
  const differences = declared.flatMap(([, properties]) => {
    const { Types: types, VpcEndpointIds: endpoints } = (properties.EndpointConfiguration ??
      {}) as Properties;
    return compare(
      'API',
      {
        name: properties.Name,
        apiKeySource: properties.ApiKeySourceType ?? 'HEADER',
        policy: shortPolicy(properties.Policy),
        binaryMediaTypes: properties.BinaryMediaTypes,
        minimumCompressionSize: sizeOf(properties.MinimumCompressionSize),
        disableExecuteApiEndpoint: properties.DisableExecuteApiEndpoint,
        endpoint: { types, vpcEndpoints: sorted(endpoints) },
      },
      live && {
        name: live.name,
        apiKeySource: live.apiKeySource ?? 'HEADER',
        policy: shortPolicy(livePolicy(live.policy)),
        binaryMediaTypes: live.binaryMediaTypes,
        minimumCompressionSize: sizeOf(live.minimumCompressionSize),
        disableExecuteApiEndpoint: live.disableExecuteApiEndpoint,
        endpoint: {
          types: live.endpointConfiguration?.types,
          vpcEndpoints: sorted(live.endpointConfiguration?.vpcEndpointIds),
        },
      },
    );
  });
  if (live === undefined) return differences;
  const { item: stages = [] } = await apiGateway.send(new GetStagesCommand({ restApiId }));
  const names = declaredOf(site, 'AWS::ApiGateway::Stage').map(([, { StageName }]) => StageName);
  // While a deployment is verified, the stack has two.
  const own = [...names, apiStage(target), site.stack.shadow, site.stack.live];
  // A missing stage is reported by the look at stages.
  const others = stages
    .map(({ stageName = '' }) => stageName)
    .filter((each) => !own.includes(each));
  return [...differences, ...compareSets('Stage', [], others)];
};

const sorted = (ids: unknown) => (Array.isArray(ids) ? ids.toSorted() : ids);
