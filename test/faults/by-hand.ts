import {
  type PatchOperation,
  UpdateIntegrationCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import { logicalIds } from '../../resources/logical-ids';
import type { Stage } from './stage';

// What somebody does with the console, or with `aws apigateway update-…`.

export type ByHand = (stage: Stage) => Promise<void>;

export function physicalId({ target }: Stage, logicalId: string): string {
  const id = target.stack?.physicalIds[logicalId];
  if (id === undefined) throw new TypeError(`The stack has no ${logicalId}.`);
  return id;
}

/** What API Gateway's operations name a method with. */
export function methodIds(stage: Stage, id: EndpointId) {
  const { method: httpMethod, path } = endpointOf(id);
  const resourceId = physicalId(stage, logicalIds.resource(path));
  return { restApiId: stage.target.restApiId, resourceId, httpMethod };
}

export const replace = (path: string, value: string): PatchOperation[] => [
  { op: 'replace', path, value },
];

export const changeIntegration =
  (id: EndpointId, patchOperations: PatchOperation[]): ByHand =>
  async (stage) => {
    await stage.apiGateway.send(
      new UpdateIntegrationCommand({ ...methodIds(stage, id), patchOperations }),
    );
  };

export const changeStage =
  (patchOperations: PatchOperation[]): ByHand =>
  async (stage) => {
    const { restApiId, stage: stageName } = stage.target;
    await stage.apiGateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
  };

export const changeApi =
  (patchOperations: PatchOperation[]): ByHand =>
  async (stage) => {
    const { restApiId } = stage.target;
    await stage.apiGateway.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  };
