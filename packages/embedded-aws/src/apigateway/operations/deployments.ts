import { canaryRelease } from '../entities/canaries';
import { createDeployment, deleteDeployment, deploymentOf } from '../entities/deployments';
import { methodsByPath } from '../entities/resources';
import { deployTo, readStageSettings } from '../entities/stages';
import type { Deployment } from '../model';
import type { Operation } from '../operation';
import { pageOf } from '../paging';
import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';
import { deploymentWire } from '../wire';
import { apiOf } from './rest-apis';

const RULES: readonly PatchRule<Deployment>[] = [
  {
    path: '/description',
    ops: ['replace'],
    apply(deployment, value) {
      deployment.description = value;
    },
  },
];
const ERRORS = listingPatchErrors(['/description']);

export const deploymentOperations: readonly Operation[] = [
  {
    name: 'CreateDeployment',
    route: 'POST /restapis/{restApiId}/deployments',
    status: 201,
    handle(request) {
      const { input, now } = request;
      const api = apiOf(request);
      const stageName = input.text('stageName');
      const canary = canaryRelease(api, stageName, input.group('canarySettings'));
      const settings = readStageSettings(input);
      const deployment = createDeployment(api, {
        description: settings.description,
        createdDate: now,
      });
      if (canary !== undefined) {
        canary.release(deployment.id, now);
      } else if (stageName !== undefined && stageName !== '') {
        deployTo(request.region, api, {
          settings: { ...settings, description: input.text('stageDescription') },
          stageName,
          deploymentId: deployment.id,
          now,
        });
      }
      return deploymentWire(deployment);
    },
  },
  {
    name: 'GetDeployments',
    route: 'GET /restapis/{restApiId}/deployments',
    status: 200,
    handle(request) {
      const deployments = [...apiOf(request).deployments.values()];
      // AWS lists the newest first.
      return pageOf(deployments.reverse(), request.query, deploymentWire);
    },
  },
  {
    name: 'GetDeployment',
    route: 'GET /restapis/{restApiId}/deployments/{deploymentId}',
    status: 200,
    handle(request) {
      const deployment = deploymentOf(apiOf(request), request.param('deploymentId'));
      const embeds = request.query.getAll('embed').includes('apisummary');
      return {
        ...deploymentWire(deployment),
        apiSummary: embeds ? summaryOf(deployment) : undefined,
      };
    },
  },
  {
    name: 'UpdateDeployment',
    route: 'PATCH /restapis/{restApiId}/deployments/{deploymentId}',
    status: 200,
    handle(request) {
      const deployment = deploymentOf(apiOf(request), request.param('deploymentId'));
      applyPatch(deployment, readPatchOperations(request.input), RULES, ERRORS);
      return deploymentWire(deployment);
    },
  },
  {
    name: 'DeleteDeployment',
    route: 'DELETE /restapis/{restApiId}/deployments/{deploymentId}',
    status: 202,
    handle: (request) => deleteDeployment(apiOf(request), request.param('deploymentId')),
  },
];

/** The methods of a deployment, by path and HTTP method. */
function summaryOf({ definition }: Deployment) {
  return methodsByPath(definition, ({ httpMethod, authorizationType, apiKeyRequired }) => [
    httpMethod,
    { authorizationType, apiKeyRequired },
  ]);
}
