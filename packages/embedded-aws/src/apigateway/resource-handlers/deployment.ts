import { derivedId } from '../../core/ids';
import type { ResourceContext, ResourceHandler } from '../../core/resource-handler';
import { canaryRelease, readCanary } from '../entities/canaries';
import { createDeployment, deleteDeployment, deploymentOf } from '../entities/deployments';
import { requireLogRole } from '../entities/log-role';
import { deleteStage, deployTo } from '../entities/stages';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import type { Deployment, RestApi } from '../model';
import {
  epochSeconds,
  type HandlerDependencies,
  ignoreMissing,
  readTags,
  regionOf,
  restApiOf,
} from './handler-tools';
import { readStageParts } from './stage';

const TYPE = 'AWS::ApiGateway::Deployment';
const PROPERTIES = [
  'restApiId',
  'description',
  'stageName',
  'stageDescription',
  'deploymentCanarySettings',
] as const;

/**
 * A snapshot of the API, optionally deployed to a stage at once.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
 */
export function deploymentHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const input = readProperties(properties);
      const api = restApiOf(deps, context, properties);
      const deployment = createDeployment(api, {
        description: input.text('description'),
        createdDate: epochSeconds(deps),
        id: derivedId(context.seed, PART_ID_LENGTH),
      });
      try {
        putOnStage(deps, context, api, deployment, input);
      } catch (error) {
        api.deployments.delete(deployment.id);
        throw error;
      }
      return stateOf(deployment);
    },
    update(context, physicalId, properties) {
      const input = readProperties(properties);
      const api = restApiOf(deps, context, properties);
      const deployment = deploymentOf(api, physicalId);
      deployment.description = input.text('description');
      putOnStage(deps, context, api, deployment, input);
      return stateOf(deployment);
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() => {
        const api = restApiOf(deps, context, properties);
        removeOwnStage(deps, context, api, physicalId, properties.StageName);
        deleteDeployment(api, physicalId);
      });
    },
  };
}

function readProperties(properties: Readonly<Record<string, unknown>>): Members {
  const input = Members.ofProperties(properties);
  input.allowOnly(TYPE, PROPERTIES);
  return input;
}

function putOnStage(
  deps: HandlerDependencies,
  context: ResourceContext,
  api: RestApi,
  deployment: Deployment,
  input: Members,
): void {
  const stageName = input.text('stageName');
  const canary = canaryRelease(api, stageName, input.group('deploymentCanarySettings'));
  if (canary !== undefined) {
    canary.release(deployment.id, epochSeconds(deps));
    return;
  }
  if (stageName === undefined) return;
  const description = input.group('stageDescription') ?? Members.ofProperties({});
  const region = regionOf(deps, context);
  const { settings, ...parts } = readStageParts(description);
  const canarySettings = readCanary(api, description.group('canarySetting'), deployment.id);
  requireLogRole(region.account, parts);
  const stage = deployTo(region, api, {
    settings,
    ...parts,
    stageName,
    canarySettings,
    deploymentId: deployment.id,
    tags: readTags(description),
    now: epochSeconds(deps),
  });
  if (!input.has('stageDescription')) return;
  Object.assign(stage, settings, parts, { canarySettings, tags: readTags(description) });
}

/** Deletes the stage or the canary of a deployment, unless it uses another deployment by now. */
function removeOwnStage(
  deps: HandlerDependencies,
  context: ResourceContext,
  api: RestApi,
  deploymentId: string,
  stageName: unknown,
): void {
  if (typeof stageName !== 'string') return;
  const stage = api.stages.get(stageName);
  if (stage?.canarySettings?.deploymentId === deploymentId) stage.canarySettings = undefined;
  if (stage?.deploymentId !== deploymentId) return;
  deleteStage(regionOf(deps, context), api, stageName);
}

function stateOf({ id }: Deployment) {
  return { physicalId: id, attributes: { DeploymentId: id } };
}
