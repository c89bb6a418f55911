import {
  type APIGatewayClient,
  DeleteResourceCommand,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';
import {
  type CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { HookError } from '../framework';
import { missingFrom, modelText } from '../stage/served';
import { DEPLOYED_TYPES } from '../template/deployment';
import { declaredParts, keyOf, type LivePart, liveParts } from './api-parts';
import type { Deployed } from './taken-away';

/** The latest of the stack's events: every deploy deletes what the one before it left. */
const MOST_EVENTS = 2000;

/** Every REST API has these from the beginning. */
const DEFAULT_MODELS = ['Empty', 'Error'].map(modelText);

/** The API that a stack has its routes in. */
export interface StackApi {
  readonly cloudFormation: CloudFormationClient;
  readonly apiGateway: APIGatewayClient;
  readonly stackName: string;
  readonly restApiId: string;
}

/**
 * Deletes what an update of the stack was to delete and could not. CloudFormation forgets such a
 * resource, so it would go live with every deployment to come. Parts of the API that the stack never had,
 * because they were added by hand, are left alone.
 * @returns the parts that the API has now
 * @throws HookError for a part that still cannot be deleted
 */
export async function deleteLeftBehind(
  api: StackApi,
  deployed: Deployed & { readonly rootPath: string },
): Promise<LivePart[]> {
  const live = await liveParts(api.apiGateway, api.restApiId);
  const known = new Set([
    ...declaredParts(deployed.template, deployed.rootPath),
    ...DEFAULT_MODELS,
  ]);
  const unknown = new Set(
    missingFrom(
      known,
      live.map(({ text }) => text),
    ),
  );
  const suspects = live.filter(({ text }) => unknown.has(text));
  if (suspects.length === 0) return live;
  const failed = await failedDeletions(api);
  const own = suspects.filter(({ key }) => failed.has(key));
  for (const part of own) await remove(part);
  if (own.length > 0) await deleteEmptyResources(api, failed, deployed);
  return live.filter((part) => !own.includes(part));
}

async function remove(part: Pick<LivePart, 'text' | 'remove'>): Promise<void> {
  try {
    await part.remove();
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NotFoundException') return;
    throw new HookError(
      'LEFT_BEHIND',
      `An earlier update could not delete ${part.text}, and it cannot be deleted now (${
        cause instanceof Error ? cause.message : cause
      }), so it would be deployed again: delete it from the API, or allow apigateway:DELETE, and deploy again.`,
      { cause },
    );
  }
}

/** Everything that the stack could not delete, by `keyOf`; paths by their ids. */
async function failedDeletions({
  cloudFormation: client,
  stackName: StackName,
}: StackApi): Promise<ReadonlySet<string>> {
  const events: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client }, { StackName })) {
    events.push(...(page.StackEvents ?? []));
    if (events.length >= MOST_EVENTS) break;
  }
  const failed = events.filter(
    ({ ResourceStatus, ResourceType = '' }) =>
      ResourceStatus === 'DELETE_FAILED' && DEPLOYED_TYPES.test(ResourceType),
  );
  return new Set(failed.flatMap((event) => keysOf(event, events)));
}

/** An event of a deletion may lack the properties that those of the creation have. */
function keysOf(failed: StackEvent, events: readonly StackEvent[]): string[] {
  const {
    ResourceType: type = '',
    LogicalResourceId: id,
    PhysicalResourceId: physicalId = '',
  } = failed;
  if (type === 'AWS::ApiGateway::Resource') return [physicalId];
  return events
    .filter((event) => event.LogicalResourceId === id && event.PhysicalResourceId === physicalId)
    .flatMap(({ ResourceProperties: text }) => (text ? keyOf(type, JSON.parse(text)) : []));
}

/** The deepest first: a path that has others below it, or methods, is not the stack's alone any more. */
async function deleteEmptyResources(
  { apiGateway: client, restApiId }: StackApi,
  failed: ReadonlySet<string>,
  { physicalIds }: Deployed,
): Promise<void> {
  const declared = new Set(Object.values(physicalIds));
  const paging = { client, pageSize: 500 };
  const live = [];
  for await (const { items = [] } of paginateGetResources(paging, {
    restApiId,
    embed: ['methods'],
  })) {
    live.push(...items);
  }
  const used = new Set(live.filter(({ resourceMethods }) => resourceMethods).map(({ id }) => id));
  const deepestFirst = [...live].sort((a, b) => (b.path ?? '').length - (a.path ?? '').length);
  for (const { id: resourceId = '', parentId, path = '' } of deepestFirst) {
    const isLeft = failed.has(resourceId) && !declared.has(resourceId) && !used.has(resourceId);
    if (!isLeft) {
      used.add(parentId);
      continue;
    }
    const command = new DeleteResourceCommand({ restApiId, resourceId });
    await remove({ text: path, remove: () => client.send(command) });
  }
}
