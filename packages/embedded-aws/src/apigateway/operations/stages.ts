import { deploymentOf } from '../entities/deployments';
import { requireLogRole } from '../entities/log-role';
import {
  checkLogDestination,
  checkLogFormat,
  checkVariables,
  createStage,
  DEFAULT_METHOD_SETTING,
  deleteStage,
  methodSettingKey,
  readStageSettings,
  stageOf,
} from '../entities/stages';
import { badRequest, notFound, unsupported } from '../errors';
import type { MethodSetting, RestApi, Stage } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { type PatchOperation, patchFlag, patchNumber, readPatchOperations } from '../patch';
import { requestedTags } from '../tag-rules';
import { stageWire } from '../wire';
import { apiOf } from './rest-apis';

/** AWS's list, verbatim, including its missing commas (recorded). */
const PATHS =
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled';

/** Patch paths of a stage; method settings and variables are handled separately. */
const STAGE_PATHS: Readonly<
  Record<string, (stage: Stage, value: string | undefined, api: RestApi, op: string) => void>
> = {
  '/deploymentId': (stage, value = '', api) => {
    stage.deploymentId = deploymentOf(api, value).id;
  },
  '/description': (stage, value, _api, op) => {
    stage.description = op === 'remove' ? undefined : value;
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
  '/clientCertificateId': () => {
    throw unsupported('client certificates');
  },
  '/accessLogSettings': (stage, _value, _api, op) => {
    if (op !== 'remove')
      throw badRequest('Invalid patch operation specified. Must be one of: [remove]');
    stage.accessLogSettings = undefined;
  },
  '/accessLogSettings/destinationArn': (stage, value) => {
    const destinationArn = checkLogDestination(value);
    stage.accessLogSettings = { ...stage.accessLogSettings, destinationArn };
  },
  '/accessLogSettings/format': (stage, value) => {
    stage.accessLogSettings = { ...stage.accessLogSettings, format: checkLogFormat(value) };
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
    setting.loggingLevel = value;
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
  'caching/unauthorizedCacheControlHeaderStrategy': (setting, value) => {
    setting.unauthorizedCacheControlHeaderStrategy = value ?? '';
  },
};

const SETTING_PATH = /^\/(?<path>.+)\/(?<method>[A-Z]+|\*)\/(?<end>[a-z]+\/[a-zA-Z]+)$/;
const OWN_SETTINGS = /^\/(?<path>.+)\/(?<method>[A-Z]+|\*)$/;

export const stageOperations: readonly Operation[] = [
  {
    name: 'CreateStage',
    route: 'POST /restapis/{restApiId}/stages',
    status: 201,
    handle(request) {
      const { input, now, region } = request;
      const stage = createStage(region, apiOf(request), {
        settings: readStageSettings(input),
        stageName: input.text('stageName') ?? '',
        deploymentId: input.text('deploymentId') ?? '',
        tags: requestedTags(input.textMap('tags')),
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
      for (const change of readPatchOperations(request.input, 'UpdateStage')) {
        applyChange(api, draft, change);
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

function applyChange(api: RestApi, stage: Stage, change: PatchOperation): void {
  const { op, path, value } = change;
  const whole = Object.hasOwn(STAGE_PATHS, path) ? STAGE_PATHS[path] : undefined;
  if (whole !== undefined) {
    whole(stage, value, api, op);
    return;
  }
  const variable = /^\/variables\/([^/]+)$/.exec(path)?.[1];
  if (variable !== undefined) {
    changeVariable(stage, variable, op === 'remove' ? undefined : value);
    return;
  }
  changeSetting(stage, change);
}

function changeVariable(stage: Stage, name: string, value: string | undefined): void {
  const { [name]: _replaced, ...others } = stage.variables ?? {};
  stage.variables = checkVariables(value === undefined ? others : { ...others, [name]: value });
}

function changeSetting(stage: Stage, { op, path, value }: PatchOperation): void {
  const { path: resourcePath = '', method = '', end = '' } = SETTING_PATH.exec(path)?.groups ?? {};
  const change = Object.hasOwn(SETTING_PATHS, end) ? SETTING_PATHS[end] : undefined;
  if (change !== undefined) {
    const key = methodSettingKey(resourcePath, method);
    const setting = stage.methodSettings.get(key) ?? { ...DEFAULT_METHOD_SETTING };
    change(setting, value);
    stage.methodSettings.set(key, setting);
    return;
  }
  const own = OWN_SETTINGS.exec(path)?.groups;
  if (op === 'remove' && own !== undefined) {
    stage.methodSettings.delete(methodSettingKey(own.path ?? '', own.method ?? ''));
    return;
  }
  throw badRequest(`Invalid method setting path: ${path}. Must be one of: [${PATHS}]`);
}
