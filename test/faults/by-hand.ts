import {
  type PatchOperation,
  UpdateIntegrationCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { roleOf as roleIn } from '../../hooks/stage/own';
import type { Target } from '../../hooks/stage/target';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import { logicalIds } from '../../resources/logical-ids';
import type { Stage } from './stage';

// Manual changes, as with the console or `aws apigateway update-…`.

export type ByHand = (stage: Stage) => Promise<void>;

export function physicalId({ target }: Stage, logicalId: string): string {
  const id = target.stack?.physicalIds[logicalId];
  if (id === undefined) throw new TypeError(`The stack has no ${logicalId}.`);
  return id;
}

/** The logical id of the endpoints' role, which ends in a hash. */
export const roleOf = ({ stack }: Target): string => (stack && roleIn(stack.template)) ?? '';

/** A method's ids for API Gateway's operations. */
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
