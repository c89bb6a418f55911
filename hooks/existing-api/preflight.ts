import {
  type APIGatewayClient,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  paginateGetModels,
  paginateGetResources,
  type Resource,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import { endpoints } from '../../resources/endpoints';
import { type CompiledTemplate, HookError } from '../framework';
import { orUndefined } from '../stage/deployed-copy';
import { ALL_METHODS, plainKey } from '../stage/method-settings';
import { ownResources } from '../stage/own';
import { declaredPaths, declaredResources } from '../template/declared-paths';
import type { ExistingApi } from './api';
import { authorizerConflicts, authorizersOf, checkGivenAuthorizer } from './authorizers';
import { undeployedChanges } from './undeployed';

/** More of anything are counted, not listed. */
const MOST_NAMED = 10;

/** The deployment that is about to be made. */
export interface Plan {
  readonly api: ExistingApi;
  readonly template: CompiledTemplate;
  /** By logical id, of what the service has under the API already. */
  readonly physicalIds: Readonly<Record<string, string>>;
  readonly invokeUrl: string;
  /** True if changes that the API's owner has not deployed may go live too. */
  readonly takesUndeployed: boolean;
}

/**
 * Checks that the API exists and has no conflicting resources, before anything is changed.
 * @throws HookError that says what is in the way, and what to do
 */
export async function checkExistingApi(client: APIGatewayClient, plan: Plan): Promise<void> {
  const { api, template } = plan;
  await checkApi(client, plan);
  const live = await resourcesOf(client, api.restApiId);
  checkRoot(api, live);
  const authorizers = await authorizersOf(client, api.restApiId);
  checkGivenAuthorizer(template, api.restApiId, authorizers);
  const conflicts = [
    ...pathConflicts(plan, live),
    ...(await modelConflicts(client, plan)),
    ...authorizerConflicts(template, plan.physicalIds, authorizers),
  ];
  if (conflicts.length > 0) {
    throw new HookError(
      'API_CONFLICT',
      `The routes conflict with what the REST API ${api.restApiId} has:\n${listed(conflicts)}\nPut them under a resource of their own (rootResourceId, rootPath), or remove what conflicts.`,
    );
  }
  await checkStage(client, api);
  if (plan.takesUndeployed) return;
  refuseUndeployed(
    await undeployedChanges(client, api, declaredPaths(template, api.rootPath)),
    api,
  );
}

async function checkApi(client: APIGatewayClient, { api, invokeUrl }: Plan): Promise<void> {
  const { restApiId } = api;
  const found = await orUndefined(client.send(new GetRestApiCommand({ restApiId })));
  if (found === undefined) {
    const { items = [] } = await client.send(new GetRestApisCommand({ limit: 500 }));
    const others = items.map(({ id, name }) => `${id} ${name}`);
    throw new HookError(
      'API_MISSING',
      `There is no REST API ${restApiId} in ${await client.config.region()}. ${
        others.length === 0 ? 'There are none.' : `There are:\n${listed(others)}`
      }\nHTTP APIs and WebSocket APIs cannot call Kinesis with mapping templates and do not count.`,
    );
  }
  if (found.disableExecuteApiEndpoint && invokeUrl.includes('.execute-api.')) {
    throw new HookError(
      'API_ENDPOINT_DISABLED',
      `The REST API ${restApiId} answers only at a custom domain. Name it with --param invokeUrl=https://api.example.com/…`,
    );
  }
}

async function resourcesOf(client: APIGatewayClient, restApiId: string): Promise<Resource[]> {
  const resources: Resource[] = [];
  for await (const { items = [] } of paginateGetResources({ client, pageSize: 500 }, { restApiId }))
    resources.push(...items);
  return resources;
}

function checkRoot(
  { restApiId, rootResourceId, rootPath }: ExistingApi,
  live: readonly Resource[],
): void {
  const root = live.find(({ id }) => id === rootResourceId);
  if (root === undefined) {
    throw new HookError(
      'ROOT_MISSING',
      `The REST API ${restApiId} has no resource ${rootResourceId} (rootResourceId). It has:\n${listed(
        live.map(({ id, path }) => `${id} ${path}`),
      )}`,
    );
  }
  const path = root.path === '/' ? '' : (root.path ?? '');
  if (path.includes('{')) {
    throw new HookError(
      'ROOT_VARIABLE',
      `The resource ${rootResourceId} is ${path}: routes under a path with variables are not supported. Choose one without, such as the API's root.`,
    );
  }
  if (path === rootPath) return;
  throw new HookError(
    'ROOT_PATH',
    `The path of resource ${rootResourceId} is ${root.path}, not ${rootPath || '/'}: ${path === '' ? 'leave out rootPath' : `set --param rootPath=${path}`}`,
  );
}

const isVariable = (part = '') => part.startsWith('{');

/** One path is one resource, and beside a variable there is no other one. */
function pathConflicts({ api, template, physicalIds }: Plan, live: readonly Resource[]): string[] {
  const own = new Set(Object.values(physicalIds));
  const foreign = live.filter(({ id = '' }) => !own.has(id));
  return [...declaredResources(template, api.rootPath)].flatMap(([, path]) => {
    const parent = path.slice(0, path.lastIndexOf('/'));
    const part = path.slice(parent.length + 1);
    const inTheWay = foreign.find((resource) => {
      if (resource.path === path) return true;
      const isSibling = resource.path === `${parent}/${resource.pathPart}`;
      return isSibling && isVariable(resource.pathPart) && isVariable(part);
    });
    return inTheWay === undefined ? [] : [`${path}: ${inTheWay.path} (${inTheWay.id}) exists`];
  });
}

async function modelConflicts(client: APIGatewayClient, plan: Plan): Promise<string[]> {
  const { api, template, physicalIds } = plan;
  const { restApiId } = api;
  const live = new Set<string>();
  for await (const { items = [] } of paginateGetModels({ client, pageSize: 500 }, { restApiId })) {
    for (const { name = '' } of items) live.add(name);
  }
  return ownResources(template)
    .filter(([id, { Type }]) => Type === 'AWS::ApiGateway::Model' && physicalIds[id] === undefined)
    .map(([, { Properties }]) => String((Properties as { Name?: string }).Name))
    .filter((name) => live.has(name))
    .map((name) => `model ${name} already exists`);
}

async function checkStage(
  client: APIGatewayClient,
  { restApiId, stageName, rootPath }: ExistingApi,
): Promise<void> {
  const stage = await orUndefined(client.send(new GetStageCommand({ restApiId, stageName })));
  if (stage === undefined) {
    const { item = [] } = await client.send(new GetStagesCommand({ restApiId }));
    const names = item.map((each) => each.stageName).join(', ');
    throw new HookError(
      'API_STAGE_MISSING',
      `The REST API ${restApiId} has no stage '${stageName}'. ${
        names === ''
          ? 'It has none: its owner has to deploy it first.'
          : `It has: ${names}. Choose one with --param restApiStage=…`
      }`,
    );
  }
  if (stage.canarySettings !== undefined) {
    throw new HookError(
      'API_STAGE_CANARY',
      `The stage '${stageName}' has a canary deployment, which a new deployment would end. Promote or delete it first.`,
    );
  }
  const cached = cachedRoutes(stage, rootPath);
  if (cached.length === 0) return;
  throw new HookError(
    'API_STAGE_CACHED',
    `The stage '${stageName}' caches responses, but records must not be read from a cache. Its owner can exclude these methods (aws apigateway update-stage, or the stage's method overrides):\n${listed(cached)}`,
  );
}

/** The reading routes that the stage's settings would cache. */
function cachedRoutes(
  { cacheClusterEnabled, methodSettings = {} }: Stage,
  rootPath: string,
): string[] {
  if (!cacheClusterEnabled) return [];
  const settings = new Map(
    Object.entries(methodSettings).map(([key, setting]) => [plainKey(key), setting]),
  );
  return endpoints
    .filter(({ method }) => method === 'GET')
    .map(({ method, path }) => ({ method, path: rootPath + path }))
    .filter(({ method, path }) => {
      const setting = settings.get(plainKey(`${path}/${method}`)) ?? settings.get(ALL_METHODS);
      return setting?.cachingEnabled;
    })
    .map(({ method, path }) => `${method} ${path}`);
}

/** @throws HookError that names what the API's owner has changed and not deployed */
export function refuseUndeployed(
  differences: Awaited<ReturnType<typeof undeployedChanges>>,
  { restApiId, stageName }: ExistingApi,
): void {
  if (differences.length === 0) return;
  throw new HookError(
    'API_UNDEPLOYED',
    `The REST API ${restApiId} has changes that its owner has not deployed to stage '${stageName}', and that would go live with the routes:\n${listed(
      differences.map(({ where, what }) => `${where}: ${what}`),
    )}\nHave them deployed or reverted first, or pass --with-undeployed.`,
  );
}

function listed(lines: readonly string[]): string {
  const named = lines.slice(0, MOST_NAMED).map((line) => `  ${line}`);
  if (lines.length > MOST_NAMED) named.push(`  and ${lines.length - MOST_NAMED} more`);
  return named.join('\n');
}
