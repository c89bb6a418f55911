import {
  type APIGatewayClient,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetRestApiCommand,
  GetStageCommand,
  type Method,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';
import type { IAMClient } from '@aws-sdk/client-iam';
import { declaredPaths } from '../../existing-api/declared-paths';
import { apiStage, type DeployedStack, sharesApi, type Target } from '../target';
import { compare, type Difference } from './compare';
import { resolve } from './resolve';
import { livePolicy, shortPolicy } from './resource-policy';
import { roleDrift } from './role';
import {
  type Declared,
  declaredGatewayResponse,
  declaredMethod,
  declaredModel,
  declaredValidator,
  liveGatewayResponse,
  liveMethod,
  liveModel,
  liveValidator,
  type Properties,
  USUAL_STATUS,
} from './shapes';
import { usagePlanDrift } from './usage-plan';

/** More than the stack has of anything; the lists below come in one page. */
const PAGE = 500;

/**
 * Compares what AWS has with what the stack declares: methods with their templates, models, validator,
 * gateway responses, the stage's settings, the API's, the usage plan and the role. What somebody changed,
 * added or took away by hand is named.
 */
export async function drift(
  apiGateway: APIGatewayClient,
  iam: IAMClient,
  target: Target,
  stack: DeployedStack,
): Promise<Difference[]> {
  const declared = (type: string) =>
    Object.entries(stack.template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, { Properties = {} }]) => {
        return [id, resolve(Properties, target, stack) as Properties] as const;
      });
  const { restApiId } = target;
  const all = { restApiId, limit: PAGE };
  const models = (await apiGateway.send(new GetModelsCommand(all))).items ?? [];
  const responses = (await apiGateway.send(new GetGatewayResponsesCommand(all))).items ?? [];
  const validators = (await apiGateway.send(new GetRequestValidatorsCommand(all))).items ?? [];
  return [
    ...(await methodDrift(apiGateway, target, stack, declared('AWS::ApiGateway::Method'))),
    ...declared('AWS::ApiGateway::Model').flatMap(([id, properties]) => {
      const live = models.find(({ name }) => name === properties.Name);
      return compare(`Model ${id}`, declaredModel(properties), live && liveModel(live));
    }),
    ...(sharesApi(target)
      ? []
      : gatewayResponseDrift(declared('AWS::ApiGateway::GatewayResponse'), responses)),
    ...declared('AWS::ApiGateway::RequestValidator').flatMap(([id, properties]) => {
      const live = validators.find((each) => each.id === stack.physicalIds[id]);
      return compare(`Validator ${id}`, declaredValidator(properties), live && liveValidator(live));
    }),
    ...(await stageDrift(apiGateway, target, declared('AWS::ApiGateway::Stage'))),
    ...(await apiDrift(apiGateway, target, declared('AWS::ApiGateway::RestApi'))),
    ...(await usagePlanDrift(apiGateway, stack, declared('AWS::ApiGateway::UsagePlan'))),
    ...(await roleDrift(iam, stack, declared('AWS::IAM::Role'))),
  ];
}

async function methodDrift(
  client: APIGatewayClient,
  target: Target,
  stack: DeployedStack,
  declared: Declared,
): Promise<Difference[]> {
  const { restApiId, parameters } = target;
  const own = declaredPaths(stack.template, parameters.rootPath);
  const live = new Map<string, Method>();
  const paths = new Map<string, string>();
  const pages = paginateGetResources({ client, pageSize: PAGE }, { restApiId, embed: ['methods'] });
  for await (const { items = [] } of pages) {
    for (const { id = '', path = '', resourceMethods = {} } of items) {
      // What else somebody else's API has is his.
      if (sharesApi(target) && !own.has(path)) continue;
      paths.set(id, path);
      for (const [verb, method] of Object.entries(resourceMethods)) {
        live.set(`${verb} ${path}`, method);
      }
    }
  }
  const expected = new Map(
    declared.map(([, properties]) => [
      `${properties.HttpMethod} ${paths.get(String(properties.ResourceId))}`,
      properties,
    ]),
  );
  const added = [...live.keys()].filter((name) => !expected.has(name));
  return [
    ...[...expected].flatMap(([name, properties]) => {
      const method = live.get(name);
      return compare(name, declaredMethod(properties), method && liveMethod(method));
    }),
    ...added.map((where) => ({ where, what: 'was added' })),
  ];
}

function gatewayResponseDrift(
  declared: Declared,
  live: readonly (Parameters<typeof liveGatewayResponse>[0] & { defaultResponse?: boolean })[],
): Difference[] {
  const expected = new Map(
    declared.map(([, properties]) => [String(properties.ResponseType), properties]),
  );
  const customized = live.filter(
    ({ responseType = '', defaultResponse }) => !defaultResponse && !expected.has(responseType),
  );
  return [
    ...[...expected].flatMap(([type, properties]) => {
      const found = live.find(({ responseType }) => responseType === type);
      const usual = USUAL_STATUS[type];
      return compare(
        `Gateway response ${type}`,
        { ...declaredGatewayResponse(properties), status: properties.StatusCode ?? usual },
        found && { ...liveGatewayResponse(found), status: found.statusCode ?? usual },
      );
    }),
    // One that takes after a declared default (DEFAULT_4XX) is no customization of its own.
    ...customized
      .filter((response) => !inherits(response, expected))
      .map(({ responseType }) => ({
        where: `Gateway response ${responseType}`,
        what: 'was added',
      })),
  ];
}

function inherits(
  response: Parameters<typeof liveGatewayResponse>[0],
  expected: ReadonlyMap<string, Properties>,
): boolean {
  return ['DEFAULT_4XX', 'DEFAULT_5XX'].some((type) => {
    const parent = expected.get(type);
    if (parent === undefined) return false;
    return compare('', declaredGatewayResponse(parent), liveGatewayResponse(response)).length === 0;
  });
}

async function stageDrift(
  client: APIGatewayClient,
  target: Target,
  declared: Declared,
): Promise<Difference[]> {
  const { restApiId, stage, parameters } = target;
  const live = await client.send(new GetStageCommand({ restApiId, stageName: apiStage(target) }));
  return declared.flatMap(([, properties]) => {
    const { MethodSettings: [settings] = [], AccessLogSetting: log } = properties as {
      MethodSettings?: Properties[];
      AccessLogSetting?: Properties;
    };
    const set = live.methodSettings?.['*/*'];
    return compare(
      `Stage ${stage}`,
      {
        throttlingRateLimit: settings?.ThrottlingRateLimit,
        throttlingBurstLimit: settings?.ThrottlingBurstLimit,
        accessLog: log && { destination: withoutStar(log.DestinationArn), format: log.Format },
        tracing: properties.TracingEnabled,
        variables: properties.Variables,
        settingsOfMethods: ['*/*'],
        webAcl: parameters.webAclArn,
      },
      {
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
        // Both write what clients send into a log that nobody declared.
        loggingLevel: set?.loggingLevel === 'OFF' ? undefined : set?.loggingLevel,
        dataTrace: set?.dataTraceEnabled,
        // One that is not the stack's may be the account's own.
        webAcl: parameters.webAclArn && live.webAclArn,
      },
    );
  });
}

/** CloudFormation's ARN of a log group ends in `:*`, which API Gateway drops. */
const withoutStar = (arn: unknown) => String(arn ?? '').replace(/:\*$/, '');

/** Settings of the API that would change every answer. */
async function apiDrift(
  client: APIGatewayClient,
  { restApiId }: Target,
  declared: Declared,
): Promise<Difference[]> {
  const live = await client.send(new GetRestApiCommand({ restApiId }));
  const { apiKeySource = 'HEADER', binaryMediaTypes, minimumCompressionSize: size } = live;
  // 0 compresses everything, and must not count as nothing.
  const sizeOf = (value: unknown) => (value === undefined ? undefined : String(value));
  return declared.flatMap(([, properties]) =>
    compare(
      'API',
      {
        apiKeySource: properties.ApiKeySourceType ?? 'HEADER',
        policy: shortPolicy(properties.Policy),
        binaryMediaTypes: properties.BinaryMediaTypes,
        minimumCompressionSize: sizeOf(properties.MinimumCompressionSize),
        disableExecuteApiEndpoint: properties.DisableExecuteApiEndpoint,
      },
      {
        apiKeySource,
        policy: shortPolicy(livePolicy(live.policy)),
        binaryMediaTypes,
        minimumCompressionSize: sizeOf(size),
        disableExecuteApiEndpoint: live.disableExecuteApiEndpoint,
      },
    ),
  );
}
