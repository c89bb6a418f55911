import { type APIGatewayClient, DeleteDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledTemplate, Serverless } from '../framework';
import { withClients } from '../stage/clients';
import { orUndefined } from '../stage/deployed-copy';
import { stageAddress } from '../stage/deployed-stage';
import { serveDeployment, servedDeployment } from '../stage/deployments';
import { parametersIn, readStack } from '../stage/load-target';
import { deploymentOf } from '../stage/own';
import type { Job } from './job';
import { type RestoredStack, restore } from './restore';
import { removePolicy, removeVariables } from './settings';

/** What a deploy has to know to be taken back. */
export type Undone = Pick<Job, 'before' | 'packaged' | 'whole' | 'served' | 'live'>;

/** Takes the stage, and its stack, back to where they were before a deploy. */
export async function restoreStage(serverless: Serverless, undone: Undone): Promise<void> {
  const { before, packaged, whole, served, live } = undone;
  const address = await stageAddress(serverless);
  const stack = await readStack(address);
  if (stack === undefined) return;
  const shared = parametersIn(packaged)?.restApiId || undefined;
  const restApiId = shared ?? stack.physicalIds[logicalIds.restApi] ?? '';
  await withClients(serverless, async ({ apiGateway }) => {
    // Before the routes go that its deployment has.
    if (shared && served) await serveAgain(apiGateway, shared, live, served);
    await restore(await restoredStack(serverless), before);
    if (!shared && before.Resources[logicalIds.stage] !== undefined) {
      // CloudFormation leaves what a template does not mention.
      await removePolicy(apiGateway, restApiId, packaged, before);
      await removeVariables(apiGateway, restApiId, live, packaged, before);
    }
    await deleteNew(apiGateway, restApiId, newDeployment(whole, before, stack.physicalIds));
  });
}

async function serveAgain(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
  deploymentId: string,
): Promise<void> {
  if ((await servedDeployment(client, restApiId, stageName)) === deploymentId) return;
  await serveDeployment(client, restApiId, stageName, deploymentId);
}

function newDeployment(
  whole: CompiledTemplate,
  before: CompiledTemplate,
  physicalIds: Readonly<Record<string, string>>,
): string | undefined {
  const id = deploymentOf(whole) ?? '';
  return before.Resources[id] === undefined ? physicalIds[id] : undefined;
}

/** CloudFormation retains deployments. */
async function deleteNew(
  client: APIGatewayClient,
  restApiId: string,
  deploymentId: string | undefined,
): Promise<void> {
  if (deploymentId === undefined) return;
  await orUndefined(client.send(new DeleteDeploymentCommand({ restApiId, deploymentId })));
}

/** The command's stack, for an update without the framework, which has wound up after a signal. */
export async function restoredStack(serverless: Serverless): Promise<RestoredStack> {
  const provider = serverless.getProvider('aws');
  const { config, stackName, region, service, stage } = await stageAddress(serverless);
  const folder = serverless.service.package?.artifactDirectoryName;
  // As often as the framework looks at a stack.
  const frequencyMs = Number(process.env.SLS_AWS_MONITORING_FREQUENCY) || 5_000;
  return {
    config,
    stackName,
    region,
    bucket: () => provider.getServerlessDeploymentBucketName(),
    key: folder
      ? `${folder}/${provider.naming.getCompiledTemplateS3Suffix()}`
      : `${provider.getDeploymentPrefix()}/${service}/${stage}/restored.json`,
    isTemporary: folder === undefined,
    pollS: frequencyMs / 1_000,
  };
}
