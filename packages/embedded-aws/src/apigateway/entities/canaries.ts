import { badRequest } from '../errors';
import type { Members } from '../members';
import type { CanarySettings, RestApi, Stage, TextMap } from '../model';
import { patchFlag, patchNumber, withEntry } from '../patch';
import { checkVariables } from './stage-variables';

/**
 * The canary of a request or template.
 * @param deploymentId of the deployment that the canary serves where the input names none
 * @throws AwsError BadRequestException in AWS's words for a deployment that does not exist (recorded:
 *   LocalStack's test_create_canary_deployment, 2025-05-30)
 */
export function readCanary(
  api: RestApi,
  input: Members | undefined,
  deploymentId: string,
): CanarySettings | undefined {
  if (input === undefined) return undefined;
  return {
    deploymentId: checkDeployment(api, input.text('deploymentId') ?? deploymentId),
    percentTraffic: checkPercent(input.number('percentTraffic') ?? 0),
    stageVariableOverrides: checkVariables(input.textMap('stageVariableOverrides')),
    useStageCache: input.flag('useStageCache') ?? false,
  };
}

type CanaryChange = (
  canary: CanarySettings,
  value: string | undefined,
  api: RestApi,
) => Partial<CanarySettings>;

/** The changes that `replace` makes to a canary, by path below `/canarySettings`. */
const CHANGES: Readonly<Record<string, CanaryChange>> = {
  deploymentId: (_canary, value = '', api) => ({ deploymentId: checkDeployment(api, value) }),
  percentTraffic: (_canary, value) => ({
    percentTraffic: checkPercent(patchNumber(value, 'canary percent traffic')),
  }),
  useStageCache: (_canary, value) => ({ useStageCache: patchFlag(value) }),
};

const OVERRIDE = /^stageVariableOverrides\/([^/]+)$/;

/** True if a patch may change this path below `/canarySettings`. */
export function isCanaryPath(path: string): boolean {
  return Object.hasOwn(CHANGES, path) || OVERRIDE.test(path);
}

/**
 * Replaces a part of a stage's canary. A stage without one gets one, of its own deployment and without
 * traffic (recorded: LocalStack's test_create_canary_deployment_by_stage_update, 2025-05-30).
 */
export function replaceInCanary(
  api: RestApi,
  stage: Stage,
  path: string,
  value: string | undefined,
): void {
  const canary = stage.canarySettings ?? {
    deploymentId: stage.deploymentId,
    percentTraffic: 0,
    useStageCache: false,
  };
  const variable = OVERRIDE.exec(path)?.[1];
  const change =
    variable === undefined
      ? CHANGES[path]?.(canary, value, api)
      : { stageVariableOverrides: changedOverrides(canary, variable, value ?? '') };
  stage.canarySettings = { ...canary, ...change };
}

/** @returns whether the canary had such an override, which it has no more */
export function removeOverride(stage: Stage, path: string): boolean {
  const { canarySettings: canary } = stage;
  const variable = OVERRIDE.exec(path)?.[1];
  if (canary === undefined || variable === undefined) return false;
  if (!Object.hasOwn(canary.stageVariableOverrides ?? {}, variable)) return false;
  const stageVariableOverrides = changedOverrides(canary, variable, undefined);
  stage.canarySettings = { ...canary, stageVariableOverrides };
  return true;
}

function changedOverrides(
  { stageVariableOverrides }: CanarySettings,
  name: string,
  value: string | undefined,
): TextMap | undefined {
  return checkVariables(withEntry(stageVariableOverrides, name, value));
}

type Promotion = (stage: Stage, canary: CanarySettings) => void;

/** The copies that a patch may make from a canary to its stage, by `from` and `path`. */
const PROMOTIONS: Readonly<Record<string, Promotion>> = {
  '/canarySettings/deploymentId /deploymentId': (stage, canary) => {
    stage.deploymentId = canary.deploymentId;
  },
  '/canarySettings/stageVariableOverrides /variables': (stage, canary) => {
    if (canary.stageVariableOverrides === undefined) return;
    stage.variables = checkVariables({ ...stage.variables, ...canary.stageVariableOverrides });
  },
};

/**
 * Promotes a part of the canary to its stage; the canary stays as it is.
 * @throws AwsError BadRequestException in AWS's words (recorded: LocalStack's
 *   test_update_stage_with_copy_ops, 2025-05-30)
 */
export function promoteCanary(stage: Stage, path: string, from: string | undefined): void {
  const promotion = `${from} ${path}`;
  const promote = Object.hasOwn(PROMOTIONS, promotion) ? PROMOTIONS[promotion] : undefined;
  if (promote === undefined) {
    throw badRequest(
      `Invalid copy operation with path: ${path} and from ${from ?? 'null'}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]`,
    );
  }
  if (stage.canarySettings === undefined) {
    throw badRequest('Promotion not available. Canary does not exist.');
  }
  promote(stage, stage.canarySettings);
}

/**
 * A canary release of a deployment that is yet to be made, whose settings are checked.
 * @returns undefined without settings
 * @throws AwsError BadRequestException in AWS's words (recorded: LocalStack's
 *   test_create_canary_deployment_validation, 2025-05-30)
 */
export function canaryRelease(
  api: RestApi,
  stageName: string | undefined,
  input: Members | undefined,
): { release(deploymentId: string, now: number): void } | undefined {
  if (input === undefined) return undefined;
  const stage = stageForCanary(api, stageName);
  const canary = readCanary(api, input, stage.deploymentId);
  return {
    release(deploymentId, now) {
      stage.canarySettings = canary && { ...canary, deploymentId };
      stage.lastUpdatedDate = now;
    },
  };
}

function stageForCanary(api: RestApi, stageName: string | undefined): Stage {
  const invalid = 'Invalid deployment content specified.';
  if (stageName === undefined || stageName === '') {
    throw badRequest(
      `${invalid}Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? 'null'}`,
    );
  }
  const stage = api.stages.get(stageName);
  if (stage !== undefined) return stage;
  throw badRequest(
    `${invalid}Stage ${stageName} must already be created before making a canary release deployment`,
  );
}

function checkDeployment(api: RestApi, id: string): string {
  if (api.deployments.has(id)) return id;
  throw badRequest('Deployment id does not exist');
}

/** AWS's text is not known. */
function checkPercent(percent: number): number {
  if (percent >= 0 && percent <= 100) return percent;
  throw badRequest(`Invalid canary percent traffic specified: ${percent}. It is from 0 to 100`);
}
