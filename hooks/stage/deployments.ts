import {
  type APIGatewayClient,
  DeleteDeploymentCommand,
  GetStageCommand,
  GetStagesCommand,
  paginateGetDeployments,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';

/** The deployment that a stage serves, or undefined when there is no such stage. */
export async function servedDeployment(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
): Promise<string | undefined> {
  try {
    return (await client.send(new GetStageCommand({ restApiId, stageName }))).deploymentId;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}

/** Makes a stage serve a deployment. */
export async function serveDeployment(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
  deploymentId: string,
): Promise<void> {
  const patchOperations = [{ op: 'replace' as const, path: '/deploymentId', value: deploymentId }];
  await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
}

/**
 * Deletes the service's own deployments that no stage serves: each is kept for the one after it to fall
 * back on.
 * @param isOwn recognises them by their description
 */
export async function pruneDeployments(
  client: APIGatewayClient,
  restApiId: string,
  isOwn: (description: string) => boolean,
): Promise<void> {
  const { item: stages = [] } = await client.send(new GetStagesCommand({ restApiId }));
  const served = new Set(stages.map(({ deploymentId }) => deploymentId));
  for await (const { items = [] } of paginateGetDeployments({ client }, { restApiId })) {
    for (const { id: deploymentId, description = '' } of items) {
      if (!isOwn(description) || served.has(deploymentId)) continue;
      await client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
    }
  }
}
