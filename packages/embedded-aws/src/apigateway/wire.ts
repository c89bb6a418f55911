import type {
  ApiKey,
  Deployment,
  Integration,
  IntegrationResponse,
  Method,
  MethodResponse,
  MethodSetting,
  Resource,
  RestApi,
  Stage,
  UsagePlan,
} from './model';

/** Models as the control API writes them. Members that are undefined are left out of the JSON. */

export function restApiWire(api: RestApi) {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    version: api.version,
    createdDate: api.createdDate,
    apiKeySource: api.apiKeySource,
    endpointConfiguration: api.endpointConfiguration,
    binaryMediaTypes: api.binaryMediaTypes.length === 0 ? undefined : api.binaryMediaTypes,
    minimumCompressionSize: api.minimumCompressionSize,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    // AWS sends the policy with its quotes escaped once more than JSON needs.
    policy: api.policy && JSON.stringify(api.policy).slice(1, -1),
    rootResourceId: api.rootResourceId,
    tags: Object.keys(api.tags).length === 0 ? undefined : api.tags,
  };
}

/** @param embedMethods whether methods are written whole (`?embed=methods`) or by name only */
export function resourceWire(resource: Resource, embedMethods: boolean) {
  const methods = [...resource.methods.values()].map((method) => [
    method.httpMethod,
    embedMethods ? methodWire(method) : {},
  ]);
  return {
    id: resource.id,
    parentId: resource.parentId,
    pathPart: resource.pathPart,
    path: resource.path,
    resourceMethods: methods.length === 0 ? undefined : Object.fromEntries(methods),
  };
}

export function methodWire(method: Method) {
  return {
    httpMethod: method.httpMethod,
    authorizationType: method.authorizationType,
    apiKeyRequired: method.apiKeyRequired,
    operationName: method.operationName,
    requestValidatorId: method.requestValidatorId,
    requestParameters: method.requestParameters,
    requestModels: method.requestModels,
    methodResponses: wireMap(method.methodResponses, methodResponseWire),
    methodIntegration: method.integration && integrationWire(method.integration),
  };
}

export function methodResponseWire(response: MethodResponse) {
  return { ...response };
}

export function integrationWire({ integrationResponses, ...integration }: Integration) {
  return {
    ...integration,
    integrationResponses: wireMap(integrationResponses, integrationResponseWire),
  };
}

export function integrationResponseWire(response: IntegrationResponse) {
  return { ...response };
}

export function deploymentWire({ id, description, createdDate }: Deployment) {
  return { id, description, createdDate };
}

export function stageWire(stage: Stage) {
  return {
    ...stage,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: wireMap(stage.methodSettings, methodSettingWire) ?? {},
    tags: Object.keys(stage.tags).length === 0 ? undefined : stage.tags,
  };
}

function methodSettingWire(setting: MethodSetting) {
  return { ...setting };
}

/** @param withValue keys are secrets: lists leave the value out unless they are asked for it */
export function apiKeyWire(key: ApiKey, withValue: boolean) {
  return {
    ...key,
    value: withValue ? key.value : undefined,
    tags: Object.keys(key.tags).length === 0 ? undefined : key.tags,
  };
}

export function usagePlanWire({ keyIds: _keyIds, ...plan }: UsagePlan) {
  return plan;
}

function wireMap<Item, Wire>(
  map: ReadonlyMap<string, Item>,
  toWire: (item: Item) => Wire,
): Record<string, Wire> | undefined {
  if (map.size === 0) return undefined;
  return Object.fromEntries([...map].map(([key, item]) => [key, toWire(item)]));
}
