import { badRequest, notFound } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import type { ApiDefinition, Deployment, Method, RestApi } from '../model';
import { isPrivate } from './endpoint-configuration';
import { hasAuthorizer } from './methods';

export function deploymentOf(api: RestApi, id: string): Deployment {
  const deployment = api.deployments.get(id);
  if (deployment === undefined) throw notFound('Invalid Deployment identifier specified');
  return deployment;
}

/**
 * Creates a snapshot of the API. Later changes are not served until the next deployment.
 * @throws AwsError if the API has no methods, if one of them lacks its integration or its authorizer
 *   (aws/chalice#304), or if the API is private and has no resource policy
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

/** A deep copy of everything that invocations read. */
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
    authorizers: api.authorizers,
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
  // From reports of stacks: what the caller's own rights allow, a policy of the API cannot.
  if (api.policy !== undefined && methods.some(callsAsCaller)) {
    throw badRequest('Caller provided credentials not allowed when resource policy is set');
  }
  if (!methods.every((method) => hasAuthorizer(api, method))) {
    throw badRequest('Invalid Authorizer identifier specified');
  }
}

const callsAsCaller = ({ integration }: Method): boolean =>
  /^arn:[^:]+:iam::\*:user\/\*$/.test(integration?.credentials ?? '');

/** @throws AwsError BadRequestException if a stage or its canary uses the deployment */
export function deleteDeployment(api: RestApi, id: string): void {
  deploymentOf(api, id);
  for (const stage of api.stages.values()) {
    if (stage.deploymentId === id || stage.canarySettings?.deploymentId === id) {
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    }
  }
  api.deployments.delete(id);
}
