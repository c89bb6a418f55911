import { badRequest, conflict, notFound, unsupported } from '../errors';
import type { Members } from '../members';
import type {
  AccessLogSettings,
  CanarySettings,
  MethodSetting,
  RestApi,
  Stage,
  TextMap,
} from '../model';
import { limitExceeded, QUOTAS } from '../quotas';
import type { RegionStore } from '../store';
import { requireUnmapped } from './base-path-mappings';
import { deploymentOf } from './deployments';
import { requireLogRole } from './log-role';
import { checkVariables } from './stage-variables';

const STAGE_NAME = /^[a-zA-Z0-9_-]{1,128}$/;

export function stageOf(api: RestApi, name: string): Stage {
  const stage = api.stages.get(name);
  if (stage === undefined) throw notFound('Invalid stage identifier specified');
  return stage;
}

/** @throws AwsError NotFoundException if the API or its stage does not exist */
export function checkStage(region: RegionStore, apiId: string, stage: string): void {
  const api = region.restApis.get(apiId);
  if (api === undefined) throw notFound('Invalid API identifier specified');
  if (!api.stages.has(stage)) throw notFound('API Stage not found');
}

/** The settings that CreateStage and `AWS::ApiGateway::Stage` share. */
export interface StageSettings {
  readonly description?: string | undefined;
  readonly documentationVersion?: string | undefined;
  readonly variables?: TextMap | undefined;
  readonly tracingEnabled: boolean;
}

/** @throws AwsError naming an unsupported setting that would change behaviour */
export function readStageSettings(input: Members): StageSettings {
  if (input.flag('cacheClusterEnabled') === true) throw unsupported('stage caches');
  if ((input.text('clientCertificateId') ?? '') !== '') throw unsupported('client certificates');
  return {
    description: input.text('description'),
    documentationVersion: input.text('documentationVersion'),
    variables: checkVariables(input.textMap('variables')),
    tracingEnabled: input.flag('tracingEnabled') ?? false,
  };
}

const LOG_GROUP = /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:]+(?::\*)?$/;

/** Recorded: test_stage_access_log_settings_validation, 25-02-2026. */
const NO_LOG_VALUE = 'Access Log value must not be empty';

/** @throws AwsError naming a destination that is not a log group (a Firehose stream) */
export function checkLogDestination(destinationArn: string | undefined): string | undefined {
  if (destinationArn === '') throw badRequest(NO_LOG_VALUE);
  if (destinationArn === undefined || LOG_GROUP.test(destinationArn)) return destinationArn;
  if (/^arn:[^:]+:firehose:/.test(destinationArn)) {
    throw unsupported('access logs in a Firehose stream');
  }
  throw badRequest(`Invalid ARN specified in the request: ${destinationArn}`);
}

/** @throws AwsError BadRequestException in AWS's words if the format is empty or has several lines */
export function checkLogFormat(format: string | undefined): string | undefined {
  if (format === '') throw badRequest(NO_LOG_VALUE);
  if (!/[\r\n][^\r\n]/.test(format ?? '')) return format;
  throw badRequest(
    'Access Log format must be single line, new line character is allowed only at end of the format',
  );
}

export interface NewStage {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly settings: StageSettings;
  readonly accessLogSettings?: AccessLogSettings | undefined;
  readonly canarySettings?: CanarySettings | undefined;
  readonly methodSettings?: Map<string, MethodSetting>;
  readonly tags?: TextMap | undefined;
  readonly now: number;
}

/**
 * @throws AwsError ConflictException if the stage exists, NotFoundException if the deployment does
 *   not, BadRequestException if it has logging and the account has no role for it
 */
export function createStage({ account }: RegionStore, api: RestApi, input: NewStage): Stage {
  if (!STAGE_NAME.test(input.stageName)) {
    throw badRequest('Stage name only allows a-zA-Z0-9_-');
  }
  if (api.stages.has(input.stageName)) throw conflict('Stage already exists');
  deploymentOf(api, input.deploymentId);
  if (api.stages.size >= QUOTAS.stagesOfApi) throw limitExceeded('Stages');
  const stage: Stage = {
    ...input.settings,
    stageName: input.stageName,
    deploymentId: input.deploymentId,
    accessLogSettings: input.accessLogSettings,
    canarySettings: input.canarySettings,
    methodSettings: input.methodSettings ?? new Map(),
    tags: input.tags ?? {},
    createdDate: input.now,
    lastUpdatedDate: input.now,
  };
  requireLogRole(account, stage);
  api.stages.set(stage.stageName, stage);
  return stage;
}

/**
 * Points a stage at a deployment, and creates the stage if it does not exist: a deployment to a
 * stage name.
 */
export function deployTo(region: RegionStore, api: RestApi, input: NewStage): Stage {
  const stage = api.stages.get(input.stageName);
  if (stage === undefined) return createStage(region, api, input);
  deploymentOf(api, input.deploymentId);
  stage.deploymentId = input.deploymentId;
  stage.lastUpdatedDate = input.now;
  return stage;
}

/**
 * Deletes a stage, and removes it from usage plans.
 * @throws AwsError BadRequestException if a domain name is mapped to it
 */
export function deleteStage(region: RegionStore, api: RestApi, name: string): void {
  stageOf(api, name);
  requireUnmapped(
    region,
    `stage ${name}`,
    ({ restApiId, stage }) => restApiId === api.id && stage === name,
  );
  api.stages.delete(name);
  for (const plan of region.usagePlans.values()) {
    plan.apiStages = plan.apiStages.filter(
      ({ apiId, stage }) => apiId !== api.id || stage !== name,
    );
  }
}
