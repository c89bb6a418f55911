import type {
  Deployment,
  Integration,
  IntegrationResponse,
  Method,
  MethodResponse,
  MethodSetting,
  Resource,
  RestApi,
  Stage,
  TextMap,
} from './model';
import type { ApiKey, UsagePlan } from './usage-plan-model';

/** Models in the format of the control API. Undefined members are omitted in JSON. */

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
    // AWS escapes the quotes of the policy once more than JSON requires.
    policy: api.policy && JSON.stringify(api.policy).slice(1, -1),
    rootResourceId: api.rootResourceId,
    tags: Object.keys(api.tags).length === 0 ? undefined : api.tags,
  };
}

/** @param embedMethods whether methods are complete (`?embed=methods`) or empty objects */
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
    authorizerId: method.authorizerId,
    authorizationScopes: method.authorizationScopes,
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

export function integrationWire({
  integrationResponses,
  requestTemplates,
  ...integration
}: Integration) {
  return {
    ...integration,
    requestTemplates: templatesWire(requestTemplates),
    integrationResponses: wireMap(integrationResponses, integrationResponseWire),
  };
}

export function integrationResponseWire({ responseTemplates, ...response }: IntegrationResponse) {
  return { ...response, responseTemplates: templatesWire(responseTemplates) };
}

/**
 * An empty template is none, and told as null (recorded for responses:
 * test_put_integration_response_templates, 12-02-2026; AWS's guide calls it "Input Passthrough" in
 * requests).
 */
function templatesWire(templates: TextMap | undefined) {
  if (templates === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(templates).map(([type, template]) => [type, template || null] as const),
  );
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

/** @param withValue whether to include the value: keys are secrets, so lists omit it by default */
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
