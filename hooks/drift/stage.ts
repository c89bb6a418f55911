import { GetStageCommand, type Stage } from '@aws-sdk/client-api-gateway';
import { ALL_METHODS, plainKey, routeOf } from '../stage/method-settings';
import { apiStage } from '../stage/target';
import { compare, type Difference } from './compare';
import { type Look, orMissing } from './look';
import type { Properties } from './shapes';

/** The stage's limits, log, traces, variables and web ACL, and settings that are not declared. */
export const lookAtStages: Look = async ({ apiGateway, target }, declared) => {
  if (declared.length === 0) return [];
  const { restApiId, stage, parameters } = target;
  const live = await orMissing(
    apiGateway.send(new GetStageCommand({ restApiId, stageName: apiStage(target) })),
  );
  return declared.flatMap(([, properties]) => {
    const { MethodSettings: settings = [], AccessLogSetting: log } = properties as {
      MethodSettings?: Properties[];
      AccessLogSetting?: Properties;
    };
    const where = `Stage ${stage}`;
    const own = declaredSettings(settings);
    const set = liveSettings(live);
    const differences = compare(
      where,
      {
        ...own.get(ALL_METHODS),
        accessLog: log && { destination: withoutStar(log.DestinationArn), format: log.Format },
        tracing: properties.TracingEnabled,
        variables: properties.Variables,
        webAcl: parameters.webAclArn,
      },
      live && {
        ...set.get(ALL_METHODS),
        accessLog: live.accessLogSettings && {
          destination: withoutStar(live.accessLogSettings.destinationArn),
          format: live.accessLogSettings.format,
        },
        tracing: live.tracingEnabled,
        variables: live.variables,
        cache: live.cacheClusterEnabled,
        canary: live.canarySettings,
        clientCertificate: live.clientCertificateId,
        // One that is not the stack's may be the account's own.
        webAcl: parameters.webAclArn && live.webAclArn,
      },
    );
    // The settings of a stage that is missing are missing with it.
    return live === undefined ? differences : [...differences, ...ofMethods(where, own, set)];
  });
};

/** The settings of one method, or of all, that are compared. */
interface Settings {
  readonly throttlingRateLimit?: unknown;
  readonly throttlingBurstLimit?: unknown;
  readonly loggingLevel?: unknown;
  readonly dataTrace?: unknown;
  readonly cacheOfMethods?: unknown;
}

/** By key, without encoding. */
type SettingsByMethod = ReadonlyMap<string, Settings>;

function declaredSettings(settings: readonly Properties[]): SettingsByMethod {
  return new Map(
    settings.map((setting) => [
      plainKey(`${setting.ResourcePath}/${setting.HttpMethod}`),
      {
        throttlingRateLimit: setting.ThrottlingRateLimit,
        throttlingBurstLimit: setting.ThrottlingBurstLimit,
      },
    ]),
  );
}

function liveSettings(stage: Stage | undefined): SettingsByMethod {
  return new Map(
    Object.entries(stage?.methodSettings ?? {}).map(([key, setting]) => [
      plainKey(key),
      {
        throttlingRateLimit: limitOf(setting.throttlingRateLimit),
        throttlingBurstLimit: limitOf(setting.throttlingBurstLimit),
        // Both write what clients send into an undeclared log.
        loggingLevel: setting.loggingLevel === 'OFF' ? undefined : setting.loggingLevel,
        dataTrace: setting.dataTraceEnabled,
        cacheOfMethods: setting.cachingEnabled && stage?.cacheClusterEnabled,
      },
    ]),
  );
}

/** API Gateway has -1 where there is no limit. */
const limitOf = (limit: number | undefined) => (limit === -1 ? undefined : limit);

/** The settings of single methods, which replace those of all. */
function ofMethods(stage: string, declared: SettingsByMethod, live: SettingsByMethod) {
  const keys = new Set([...declared.keys(), ...live.keys()]);
  keys.delete(ALL_METHODS);
  return [...keys].sort().flatMap((key): Difference[] => {
    const [own, set] = [declared.get(key), live.get(key)];
    const where = `${stage}, ${routeOf(key)}`;
    return own && set
      ? compare(where, own, set)
      : compare(where, { settings: own }, { settings: set });
  });
}

/** CloudFormation's ARN of a log group ends in `:*`, which API Gateway drops. */
const withoutStar = (arn: unknown) => String(arn ?? '').replace(/:\*$/, '');
