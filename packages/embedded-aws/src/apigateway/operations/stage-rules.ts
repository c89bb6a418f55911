import { isCanaryPath, promoteCanary, removeOverride, replaceInCanary } from '../entities/canaries';
import { deploymentOf } from '../entities/deployments';
import {
  CACHE_CONTROL_STRATEGIES,
  checkLoggingLevel,
  methodSettingKey,
  settingToChange,
} from '../entities/method-settings';
import { checkVariables } from '../entities/stage-variables';
import { checkLogDestination, checkLogFormat } from '../entities/stages';
import { badRequest, unsupported } from '../errors';
import { isOneOf } from '../is-one-of';
import type { MethodSetting, RestApi, Stage } from '../model';
import { type PatchOperation, patchFlag, patchNumber, wrongOperation } from '../patch';

/** AWS's list, verbatim, including its missing commas (recorded). */
const PATHS =
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled';

type StageChange = (stage: Stage, value: string | undefined, api: RestApi) => void;

/** Effects of `add` and `replace` on a stage, by the whole path. */
const STAGE_PATHS: Readonly<Record<string, StageChange>> = {
  '/deploymentId': (stage, value = '', api) => {
    stage.deploymentId = deploymentOf(api, value).id;
  },
  '/description': (stage, value) => {
    stage.description = value;
  },
  '/tracingEnabled': (stage, value) => {
    stage.tracingEnabled = patchFlag(value);
  },
  '/documentationVersion': (stage, value) => {
    stage.documentationVersion = value;
  },
  '/cacheClusterEnabled': (_stage, value) => {
    if (patchFlag(value)) throw unsupported('stage caches');
  },
  '/cacheClusterSize': () => {
    throw unsupported('stage caches');
  },
  '/clientCertificateId': (_stage, value) => {
    if ((value ?? '') !== '') throw unsupported('client certificates');
  },
  '/accessLogSettings/destinationArn': (stage, value = '') => {
    const destinationArn = checkLogDestination(value);
    stage.accessLogSettings = { ...stage.accessLogSettings, destinationArn };
  },
  '/accessLogSettings/format': (stage, value = '') => {
    stage.accessLogSettings = { ...stage.accessLogSettings, format: checkLogFormat(value) };
  },
};

/** Effects of `remove`, by the whole path. */
const REMOVABLE: Readonly<Record<string, (stage: Stage) => void>> = {
  '/description': (stage) => {
    stage.description = undefined;
  },
  '/accessLogSettings': (stage) => {
    stage.accessLogSettings = undefined;
  },
  '/canarySettings': (stage) => {
    stage.canarySettings = undefined;
  },
};

/** Patch paths of method settings, by the end of the path. */
const SETTING_PATHS: Readonly<
  Record<string, (setting: MethodSetting, value: string | undefined) => void>
> = {
  'metrics/enabled': (setting, value) => {
    setting.metricsEnabled = patchFlag(value);
  },
  'logging/dataTrace': (setting, value) => {
    setting.dataTraceEnabled = patchFlag(value);
  },
  'logging/loglevel': (setting, value) => {
    setting.loggingLevel = checkLoggingLevel(value);
  },
  'throttling/burstLimit': (setting, value) => {
    setting.throttlingBurstLimit = patchNumber(value, 'burst limit');
  },
  'throttling/rateLimit': (setting, value) => {
    setting.throttlingRateLimit = patchNumber(value, 'rate limit');
  },
  // Has no effect without a cache cluster, which is rejected.
  'caching/enabled': (setting, value) => {
    setting.cachingEnabled = patchFlag(value);
  },
  'caching/ttlInSeconds': (setting, value) => {
    setting.cacheTtlInSeconds = patchNumber(value, 'cache TTL');
  },
  'caching/dataEncrypted': (setting, value) => {
    setting.cacheDataEncrypted = patchFlag(value);
  },
  'caching/requireAuthorizationForCacheControl': (setting, value) => {
    setting.requireAuthorizationForCacheControl = patchFlag(value);
  },
  'caching/unauthorizedCacheControlHeaderStrategy': (setting, value = '') => {
    if (!isOneOf(CACHE_CONTROL_STRATEGIES, value)) {
      throw badRequest(`Invalid unauthorized cache control header strategy specified: ${value}`);
    }
    setting.unauthorizedCacheControlHeaderStrategy = value;
  },
};

const SETTING_PATH = /^\/(?<path>.+)\/(?<method>[A-Z]+|\*)\/(?<end>[a-z]+\/[a-zA-Z]+)$/;
const VARIABLE = /^\/variables\/([^/]+)$/;
const CANARY = /^\/canarySettings\/(.+)$/;

/**
 * Applies one change of UpdateStage.
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 * @throws AwsError BadRequestException in AWS's words (recorded: TestStages, 05-03-2024,
 *   test_stage_access_log_settings_validation, 25-02-2026,
 *   test_update_stage_canary_deployment_validation, 30-05-2025)
 */
export function changeStage(api: RestApi, stage: Stage, change: PatchOperation): void {
  const { op, path, value } = change;
  if (op === 'move' || op === 'test') throw wrongOperation();
  const canaryPath = CANARY.exec(path)?.[1];
  const variable = VARIABLE.exec(path)?.[1];
  if (op === 'copy') {
    promoteCanary(stage, path, change.from);
  } else if (canaryPath !== undefined && isCanaryPath(canaryPath)) {
    changeCanary(api, stage, canaryPath, change);
  } else if (variable !== undefined) {
    changeVariable(stage, variable, op === 'remove' ? undefined : value);
  } else if (op === 'remove') {
    removeFrom(stage, path);
  } else if (Object.hasOwn(STAGE_PATHS, path)) {
    STAGE_PATHS[path]?.(stage, value, api);
  } else if (/^\/accessLogSettings(?:\/|$)/.test(path)) {
    throw badRequest(
      'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
    );
  } else {
    changeSetting(stage, path, value);
  }
}

function changeCanary(api: RestApi, stage: Stage, below: string, change: PatchOperation): void {
  const { op, path, value } = change;
  if (op === 'add') throw badRequest(`Invalid add operation with path: ${path}`);
  if (op === 'replace') replaceInCanary(api, stage, below, value);
  else if (!removeOverride(stage, below)) removeFrom(stage, path);
}

function changeVariable(stage: Stage, name: string, value: string | undefined): void {
  const { [name]: _replaced, ...others } = stage.variables ?? {};
  stage.variables = checkVariables(value === undefined ? others : { ...others, [name]: value });
}

/** AWS takes each other path of two parts for a method's settings, and ends the sentence with a blank. */
function removeFrom(stage: Stage, path: string): void {
  const whole = Object.hasOwn(REMOVABLE, path) ? REMOVABLE[path] : undefined;
  if (whole !== undefined) {
    whole(stage);
    return;
  }
  const [resourcePath, method, ...more] = path.split('/').slice(1);
  if (!resourcePath || !method || more.length > 0) throw unknownPath(path);
  const key = `${resourcePath.replaceAll('~1', '/').replace(/^\//, '')}/${method}`;
  if (!stage.methodSettings.delete(key)) {
    throw badRequest(
      `Cannot remove method setting ${resourcePath}/${method} because there is no method setting for this method `,
    );
  }
}

function changeSetting(stage: Stage, path: string, value: string | undefined): void {
  const { path: resourcePath = '', method = '', end = '' } = SETTING_PATH.exec(path)?.groups ?? {};
  const change = Object.hasOwn(SETTING_PATHS, end) ? SETTING_PATHS[end] : undefined;
  if (change === undefined) throw unknownPath(path);
  const key = methodSettingKey(resourcePath, method);
  const setting = settingToChange(stage.methodSettings, key);
  change(setting, value);
  stage.methodSettings.set(key, setting);
}

function unknownPath(path: string) {
  return badRequest(`Invalid method setting path: ${path}. Must be one of: [${PATHS}]`);
}
