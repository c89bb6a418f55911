import { badRequest, notFound } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import type { ApiDefinition, Deployment, RestApi } from '../model';
import { isPrivate } from './endpoint-configuration';

export function deploymentOf(api: RestApi, id: string): Deployment {
  const deployment = api.deployments.get(id);
  if (deployment === undefined) throw notFound('Invalid Deployment identifier specified');
  return deployment;
}

/**
 * Freezes the API as it is now. What changes later is not served until it is deployed again.
 * @throws AwsError when the API has no methods, one of them has no integration, or the API is private
 *   and has no resource policy
 */
export function createDeployment(
  api: RestApi,
  input: {
    readonly description?: string | undefined;
    readonly createdDate: number;
    readonly id?: string;
  },
): Deployment {
  checkDeployable(api);
  const deployment: Deployment = {
    id: input.id ?? randomId(PART_ID_LENGTH),
    description: input.description,
    createdDate: input.createdDate,
    definition: snapshotOf(api),
  };
  api.deployments.set(deployment.id, deployment);
  return deployment;
}

/** A copy of what invocations read, out of reach of later changes. */
function snapshotOf(api: RestApi): ApiDefinition {
  return structuredClone({
    apiKeySource: api.apiKeySource,
    binaryMediaTypes: api.binaryMediaTypes,
    minimumCompressionSize: api.minimumCompressionSize,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    policy: api.policy,
    resources: api.resources,
    models: api.models,
    requestValidators: api.requestValidators,
    gatewayResponses: api.gatewayResponses,
  });
}

function checkDeployable(api: RestApi): void {
  if (isPrivate(api.endpointConfiguration) && api.policy === undefined) {
    throw badRequest("Private REST API doesn't have a resource policy attached to it");
  }
  const methods = [...api.resources.values()].flatMap(({ methods }) => [...methods.values()]);
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some(({ integration }) => integration === undefined)) {
    throw badRequest('No integration defined for method');
  }
}

/** @throws AwsError BadRequestException while a stage serves the deployment */
export function deleteDeployment(api: RestApi, id: string): void {
  deploymentOf(api, id);
  for (const stage of api.stages.values()) {
    if (stage.deploymentId === id) {
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    }
  }
  api.deployments.delete(id);
}
