import { readCanary } from '../entities/canaries';
import { requireLogRole } from '../entities/log-role';
import { createStage, deleteStage, readStageSettings, stageOf } from '../entities/stages';
import { readTagMap } from '../entities/tags';
import { notFound, unsupported } from '../errors';
import type { Stage } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { readPatchOperations } from '../patch';
import { stageWire } from '../wire';
import { apiOf } from './rest-apis';
import { changeStage } from './stage-rules';

export const stageOperations: readonly Operation[] = [
  {
    name: 'CreateStage',
    route: 'POST /restapis/{restApiId}/stages',
    status: 201,
    handle(request) {
      const { input, now, region } = request;
      const api = apiOf(request);
      const deploymentId = input.text('deploymentId') ?? '';
      const stage = createStage(region, api, {
        settings: readStageSettings(input),
        stageName: input.text('stageName') ?? '',
        deploymentId,
        canarySettings: readCanary(api, input.group('canarySettings'), deploymentId),
        tags: readTagMap(input),
        now,
      });
      return stageWire(stage);
    },
  },
  {
    name: 'GetStages',
    route: 'GET /restapis/{restApiId}/stages',
    status: 200,
    handle(request) {
      const deploymentId = request.query.get('deploymentId');
      const stages = [...apiOf(request).stages.values()].filter(
        (stage) => deploymentId === null || stage.deploymentId === deploymentId,
      );
      return { item: stages.map(stageWire) };
    },
  },
  {
    name: 'GetStage',
    route: 'GET /restapis/{restApiId}/stages/{stageName}',
    status: 200,
    handle: (request) => stageWire(requestedStage(request)),
  },
  {
    name: 'UpdateStage',
    route: 'PATCH /restapis/{restApiId}/stages/{stageName}',
    status: 200,
    handle(request) {
      const api = apiOf(request);
      const stage = requestedStage(request);
      const draft: Stage = { ...stage, methodSettings: structuredClone(stage.methodSettings) };
      for (const change of readPatchOperations(request.input)) {
        changeStage(api, draft, change);
      }
      requireLogRole(request.region.account, draft);
      return stageWire(Object.assign(stage, draft, { lastUpdatedDate: request.now }));
    },
  },
  {
    name: 'DeleteStage',
    route: 'DELETE /restapis/{restApiId}/stages/{stageName}',
    status: 202,
    handle: (request) => deleteStage(request.region, apiOf(request), request.param('stageName')),
  },
  {
    name: 'FlushStageCache',
    route: 'DELETE /restapis/{restApiId}/stages/{stageName}/cache/data',
    status: 202,
    handle(request) {
      requestedStage(request);
      throw unsupported('stage caches');
    },
  },
];

/** AWS reports a missing API as a missing stage. */
export function requestedStage({ region, param }: ControlRequest): Stage {
  const api = region.restApis.get(param('restApiId'));
  if (api === undefined) throw notFound('Invalid stage identifier specified');
  return stageOf(api, param('stageName'));
}
