import { type APIGatewayClient, DeleteDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../resources/logical-ids';
import type { ExistingApi } from '../existing-api/api';
import type { CompiledTemplate, Serverless } from '../framework';
import { changedStack } from '../stage/change-set';
import { withClients } from '../stage/clients';
import { orUndefined } from '../stage/deployed-copy';
import { stageAddress } from '../stage/deployed-stage';
import { serveDeployment, servedDeployment } from '../stage/deployments';
import { ownResources } from '../stage/own';
import { stackAtRest } from './at-rest';
import { restore } from './restore';
import { removePolicy, removeVariables } from './settings';

/** The state that a deploy, or what is left of one, is rolled back to. */
export interface WayBackTo {
  /** The template that the stack had. */
  readonly before: CompiledTemplate;
  /** For a shared API: the deployment that its stage served, and the one that was made for it. */
  readonly shared?:
    | (Pick<ExistingApi, 'restApiId' | 'stageName'> &
        Readonly<Record<'served' | 'made', string | undefined>>)
    | undefined;
}

/** Takes the stage, and its stack, back to where they were before a deploy. */
export async function restoreStage(
  serverless: Serverless,
  { before, shared }: WayBackTo,
): Promise<void> {
  const stack = await stackAtRest(await stageAddress(serverless));
  if (stack === undefined) return;
  const { template: now, physicalIds } = stack;
  await withClients(serverless, async ({ apiGateway }) => {
    // Before the routes of its present deployment are deleted.
    if (shared?.served) await serveAgain(apiGateway, shared, shared.served);
    await restore(await changedStack(serverless), before);
    const own = physicalIds[logicalIds.restApi];
    const { StageName: live } = (before.Resources[logicalIds.stage]?.Properties ?? {}) as {
      readonly StageName?: string;
    };
    if (own !== undefined && live !== undefined) {
      // CloudFormation leaves what a template does not mention.
      await removePolicy(apiGateway, own, now, before);
      await removeVariables(apiGateway, own, live, now, before);
    }
    const restApiId = own ?? shared?.restApiId;
    const made = newDeployments(now, before).map((id) => physicalIds[id]);
    for (const id of [...made, shared?.made]) await deleteNew(apiGateway, restApiId, id);
  });
}

async function serveAgain(
  client: APIGatewayClient,
  { restApiId, stageName }: Pick<ExistingApi, 'restApiId' | 'stageName'>,
  deploymentId: string,
): Promise<void> {
  if ((await servedDeployment(client, restApiId, stageName)) === deploymentId) return;
  await serveDeployment(client, restApiId, stageName, deploymentId);
}

const newDeployments = (now: CompiledTemplate, before: CompiledTemplate) =>
  ownResources(now)
    .filter(([, { Type }]) => Type === 'AWS::ApiGateway::Deployment')
    .map(([id]) => id)
    .filter((id) => before.Resources[id] === undefined);

/** CloudFormation retains deployments. */
async function deleteNew(
  client: APIGatewayClient,
  restApiId: string | undefined,
  deploymentId: string | undefined,
): Promise<void> {
  if (restApiId === undefined || deploymentId === undefined) return;
  await orUndefined(client.send(new DeleteDeploymentCommand({ restApiId, deploymentId })));
}
