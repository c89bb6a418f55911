import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { apiStage } from '../stage/target';
import { compare } from './compare';
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
    const { MethodSettings: all = [], AccessLogSetting: log } = properties as {
      MethodSettings?: Properties[];
      AccessLogSetting?: Properties;
    };
    const [settings] = all;
    const set = live?.methodSettings?.['*/*'];
    return compare(
      `Stage ${stage}`,
      {
        throttlingRateLimit: settings?.ThrottlingRateLimit,
        throttlingBurstLimit: settings?.ThrottlingBurstLimit,
        accessLog: log && { destination: withoutStar(log.DestinationArn), format: log.Format },
        tracing: properties.TracingEnabled,
        variables: properties.Variables,
        settingsOfMethods: all.map(nameOfSetting),
        webAcl: parameters.webAclArn,
      },
      live && {
        throttlingRateLimit: set?.throttlingRateLimit,
        throttlingBurstLimit: set?.throttlingBurstLimit,
        accessLog: live.accessLogSettings && {
          destination: withoutStar(live.accessLogSettings.destinationArn),
          format: live.accessLogSettings.format,
        },
        tracing: live.tracingEnabled,
        variables: live.variables,
        settingsOfMethods: Object.keys(live.methodSettings ?? {}),
        cache: live.cacheClusterEnabled,
        cacheOfMethods: set?.cachingEnabled && live.cacheClusterEnabled,
        canary: live.canarySettings,
        clientCertificate: live.clientCertificateId,
        // Both write what clients send into an undeclared log.
        loggingLevel: set?.loggingLevel === 'OFF' ? undefined : set?.loggingLevel,
        dataTrace: set?.dataTraceEnabled,
        // One that is not the stack's may be the account's own.
        webAcl: parameters.webAclArn && live.webAclArn,
      },
    );
  });
};

/** CloudFormation's ARN of a log group ends in `:*`, which API Gateway drops. */
const withoutStar = (arn: unknown) => String(arn ?? '').replace(/:\*$/, '');

/** As API Gateway calls a setting of all paths, or of one. */
const nameOfSetting = ({ ResourcePath: path, HttpMethod: method }: Properties) =>
  `${path === '/*' ? '*' : path}/${method}`;
