import type { MethodSetting, Stage } from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledResource, CompiledTemplate } from '../framework';
import { ownResources } from '../stage/own';
import { contentOf } from '../template/deployment';

/**
 * The packaged template with the stage of a shared API in it, as its owner has set it up, and a
 * deployment of the API: what the stack would declare if both were its own.
 * @param description of the deployment
 */
export function withOwnersStage(
  packaged: CompiledTemplate,
  restApiId: string,
  stage: Stage,
  description: string,
): CompiledTemplate {
  const deploymentId = `${logicalIds.deployment}${contentOf(packaged)}`;
  const methods = ownResources(packaged).filter(([, { Type }]) => Type === METHOD);
  const added: Record<string, CompiledResource> = {
    [deploymentId]: {
      Type: 'AWS::ApiGateway::Deployment',
      Properties: { RestApiId: restApiId, Description: description },
      DependsOn: methods.map(([id]) => id),
    },
    [logicalIds.stage]: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: restApiId,
        DeploymentId: { Ref: deploymentId },
        StageName: stage.stageName,
        ...settingsOf(stage),
      },
    },
    ...(stage.webAclArn && {
      [logicalIds.webAclAssociation]: webAcl(restApiId, stage.webAclArn),
    }),
  };
  const resources = Object.entries(packaged.Resources).map(([id, declared]) => [
    id,
    id === logicalIds.usagePlan ? ofStage(declared, { Ref: logicalIds.stage }) : declared,
  ]);
  return { ...packaged, Resources: { ...Object.fromEntries(resources), ...added } };
}

const METHOD = 'AWS::ApiGateway::Method';

/** The usage plan for another stage. */
export function ofStage(plan: CompiledResource, stage: unknown): CompiledResource {
  const properties = plan.Properties as { readonly ApiStages?: readonly object[] };
  const stages = properties.ApiStages?.map((each) => ({ ...each, Stage: stage }));
  return { ...plan, Properties: { ...properties, ApiStages: stages } };
}

const webAcl = (restApiId: string, WebACLArn: string): CompiledResource => ({
  Type: 'AWS::WAFv2::WebACLAssociation',
  Properties: {
    WebACLArn,
    ResourceArn: {
      'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/${restApiId}/stages/\${${logicalIds.stage}}`,
    },
  },
});

/** Without a cache, which costs by the hour; records must not come from one (../existing-api/preflight.ts). */
function settingsOf(stage: Stage): Record<string, unknown> {
  const log = stage.accessLogSettings;
  return withoutUndefined({
    AccessLogSetting: log?.destinationArn
      ? { DestinationArn: log.destinationArn, Format: log.format }
      : undefined,
    ClientCertificateId: stage.clientCertificateId,
    TracingEnabled: stage.tracingEnabled,
    Variables: stage.variables,
    MethodSettings: Object.entries(stage.methodSettings ?? {}).map(([key, setting]) =>
      methodSetting(key, setting),
    ),
  });
}

/**
 * API Gateway has them by `*` + `/*`, or by the path with its slashes escaped and the verb.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
 */
function methodSetting(key: string, setting: MethodSetting): Record<string, unknown> {
  const at = key.lastIndexOf('/');
  const path = key.slice(0, at).replaceAll('~1', '/').replace(/^\//, '');
  return withoutUndefined({
    ResourcePath: path === '*' ? '/*' : `/~1${path.replaceAll('/', '~1')}`,
    HttpMethod: key.slice(at + 1),
    ThrottlingRateLimit: setting.throttlingRateLimit,
    ThrottlingBurstLimit: setting.throttlingBurstLimit,
    LoggingLevel: setting.loggingLevel === 'OFF' ? undefined : setting.loggingLevel,
    DataTraceEnabled: setting.dataTraceEnabled,
    MetricsEnabled: setting.metricsEnabled,
  });
}

const withoutUndefined = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
