import {
  type APIGatewayClient,
  GetRestApiCommand,
  GetStageCommand,
  type PatchOperation,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledTemplate } from '../framework';
import { losesPolicy } from './taken-away';

// Settings that a template no longer has stay as they are on AWS, for CloudFormation updates what it
// finds in the template. What the template before it had is the stack's to take away.

/** Takes away the API's resource policy (aws/aws-cdk#21840, serverless/serverless#6789). */
export async function removePolicy(
  client: APIGatewayClient,
  restApiId: string,
  before: CompiledTemplate,
  after: CompiledTemplate,
): Promise<void> {
  const [old, next] = [before, after].map(({ Resources }) => Resources[logicalIds.restApi]);
  if (old === undefined || next === undefined || !losesPolicy(old, next)) return;
  const { policy } = await client.send(new GetRestApiCommand({ restApiId }));
  if (!policy) return;
  const patchOperations: PatchOperation[] = [{ op: 'replace', path: '/policy', value: '' }];
  await client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
}

/** Takes away the stage's variables (aws/aws-cdk#23438). */
export async function removeVariables(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
  before: CompiledTemplate,
  after: CompiledTemplate,
): Promise<void> {
  const next = variablesOf(after);
  const taken = variablesOf(before).filter((name) => !next.includes(name));
  if (taken.length === 0) return;
  const { variables = {} } = await client.send(new GetStageCommand({ restApiId, stageName }));
  const patchOperations = taken
    .filter((name) => Object.hasOwn(variables, name))
    .map((name): PatchOperation => ({ op: 'remove', path: `/variables/${name}` }));
  if (patchOperations.length === 0) return;
  await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
}

function variablesOf({ Resources }: CompiledTemplate): string[] {
  const properties = Resources[logicalIds.stage]?.Properties as { Variables?: object } | undefined;
  return Object.keys(properties?.Variables ?? {});
}
