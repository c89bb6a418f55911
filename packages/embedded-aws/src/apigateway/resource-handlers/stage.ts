import type { ResourceHandler } from '../../core/resource-handler';
import { readCanary } from '../entities/canaries';
import { deploymentOf } from '../entities/deployments';
import { requireLogRole } from '../entities/log-role';
import { methodSettingKey, readMethodSetting, settingToChange } from '../entities/method-settings';
import {
  checkLogDestination,
  checkLogFormat,
  createStage,
  deleteStage,
  readStageSettings,
  type StageSettings,
  stageOf,
} from '../entities/stages';
import { badRequest } from '../errors';
import { Members } from '../members';
import type { AccessLogSettings, MethodSetting } from '../model';
import {
  epochSeconds,
  type HandlerDependencies,
  ignoreMissing,
  readStackTags,
  regionOf,
  requireProperty,
  restApiOf,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::Stage';
const PROPERTIES = [
  'restApiId',
  'stageName',
  'deploymentId',
  'description',
  'documentationVersion',
  'variables',
  'accessLogSetting',
  'methodSettings',
  'tracingEnabled',
  'tags',
  'cacheClusterEnabled',
  'cacheClusterSize',
  'canarySetting',
  'clientCertificateId',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html */
export function stageHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const api = restApiOf(deps, context, properties);
      const deploymentId = requireProperty(input.text('deploymentId'), 'DeploymentId');
      const stage = createStage(regionOf(deps, context), api, {
        ...readStageParts(input),
        stageName: requireProperty(input.text('stageName'), 'StageName'),
        deploymentId,
        canarySettings: readCanary(api, input.group('canarySetting'), deploymentId),
        tags: readStackTags(input, context),
        now: epochSeconds(deps),
      });
      return { physicalId: stage.stageName };
    },
    update(context, physicalId, properties, previous) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const api = restApiOf(deps, context, properties);
      const stage = stageOf(api, physicalId);
      const { settings, ...parts } = readStageParts(input);
      const deploymentId = requireProperty(input.text('deploymentId'), 'DeploymentId');
      deploymentOf(api, deploymentId);
      requireLogRole(regionOf(deps, context).account, parts);
      if (input.has('canarySetting') || previous.CanarySetting !== undefined) {
        stage.canarySettings = readCanary(api, input.group('canarySetting'), deploymentId);
      }
      Object.assign(stage, settings, parts, {
        deploymentId,
        tags: readStackTags(input, context),
        lastUpdatedDate: epochSeconds(deps),
      });
      return { physicalId };
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() =>
        deleteStage(regionOf(deps, context), restApiOf(deps, context, properties), physicalId),
      );
    },
  };
}

/** The parts that a `Stage` and a deployment's `StageDescription` share. */
export function readStageParts(input: Members): {
  settings: StageSettings;
  accessLogSettings: AccessLogSettings | undefined;
  methodSettings: Map<string, MethodSetting>;
} {
  const log = input.group('accessLogSetting');
  return {
    settings: readStageSettings(input),
    accessLogSettings: log && {
      destinationArn: checkLogDestination(log.text('destinationArn')),
      format: checkLogFormat(log.text('format')),
    },
    methodSettings: readMethodSettings(input.groups('methodSettings') ?? []),
  };
}

/** CloudFormation applies them in the order of the template. */
function readMethodSettings(settings: readonly Members[]): Map<string, MethodSetting> {
  const result = new Map<string, MethodSetting>();
  for (const setting of settings) {
    const key = methodSettingKey(
      rooted(requireProperty(setting.text('resourcePath'), 'ResourcePath')),
      requireProperty(setting.text('httpMethod'), 'HttpMethod'),
    );
    result.set(key, readMethodSetting(setting, settingToChange(result, key)));
  }
  return result;
}

/** CloudFormation makes a patch of it, which begins with a slash (former2#190). */
function rooted(resourcePath: string): string {
  if (resourcePath.startsWith('/')) return resourcePath;
  throw badRequest(
    `Invalid method setting path: ${resourcePath}. A ResourcePath begins with a slash: /${resourcePath}`,
  );
}
