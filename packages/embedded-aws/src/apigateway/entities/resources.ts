import { badRequest, conflict, notFound } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import type { Method, Resource, RestApi } from '../model';
import { limitExceeded, QUOTAS } from '../quotas';

/** Letters, digits and `-._:$`, or one variable in braces, which may be greedy (`{proxy+}`). */
const PATH_PART = /^(?:[A-Za-z0-9._\-:$]+|\{[A-Za-z0-9._\-:]+\+?\})$/;

export function resourceOf(api: RestApi, id: string): Resource {
  const resource = api.resources.get(id);
  if (resource === undefined) throw notFound('Invalid Resource identifier specified');
  return resource;
}

/** @throws AwsError like AWS, if the parent or the siblings do not allow the path part */
export function createResource(
  api: RestApi,
  input: { readonly parentId: string; readonly pathPart: string; readonly id?: string },
): Resource {
  const parent = resourceOf(api, input.parentId);
  checkPathPart(api, parent, input.pathPart);
  if (api.resources.size >= QUOTAS.resourcesOfApi) throw limitExceeded('Resources');
  const resource: Resource = {
    id: input.id ?? randomId(PART_ID_LENGTH),
    parentId: parent.id,
    pathPart: input.pathPart,
    path: pathUnder(parent, input.pathPart),
    methods: new Map(),
  };
  api.resources.set(resource.id, resource);
  return resource;
}

/** Renames or moves a resource together with its children. */
export function moveResource(
  api: RestApi,
  resource: Resource,
  to: { readonly parentId?: string; readonly pathPart?: string },
): void {
  if (resource.parentId === undefined) {
    throw badRequest(
      `Root resource cannot update its ${to.pathPart === undefined ? 'parentId' : 'pathPart'}.`,
    );
  }
  const parent = resourceOf(api, to.parentId ?? resource.parentId);
  const pathPart = to.pathPart ?? resource.pathPart ?? '';
  for (let node: Resource | undefined = parent; node; node = parentOf(api, node)) {
    if (node.id === resource.id) throw badRequest('Resources cannot be cyclical.');
  }
  checkPathPart(api, parent, pathPart, resource);
  resource.parentId = parent.id;
  resource.pathPart = pathPart;
  updatePaths(api, resource, parent);
}

/** Deletes a resource and its children. */
export function deleteResource(api: RestApi, id: string): void {
  const resource = resourceOf(api, id);
  if (resource.parentId === undefined) throw badRequest('Root resource cannot be deleted');
  for (const child of childrenOf(api, id)) deleteResource(api, child.id);
  api.resources.delete(id);
}

/** All resources sorted by path, as AWS lists them. */
export function sortedResources(api: Pick<RestApi, 'resources'>): Resource[] {
  return [...api.resources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The methods of an API by path, and then by the name that `entryOf` gives each. */
export function methodsByPath<T>(
  api: Pick<RestApi, 'resources'>,
  entryOf: (method: Method) => readonly [name: string, value: T],
): Record<string, Record<string, T>> {
  return Object.fromEntries(
    sortedResources(api)
      .filter(({ methods }) => methods.size > 0)
      .map(({ path, methods }) => [path, Object.fromEntries([...methods.values()].map(entryOf))]),
  );
}

/**
 * The methods of an API, the last resource first: where several use what is to be deleted, AWS names
 * the newest (recorded: test_put_method_model, 15-04-2024).
 */
export function newestMethods(
  api: Pick<RestApi, 'resources'>,
): { readonly where: string; readonly method: Method }[] {
  return [...api.resources.values()]
    .flatMap(({ path, methods }) =>
      [...methods.values()].map((method) => ({ where: `${path}/${method.httpMethod}`, method })),
    )
    .reverse();
}

function checkPathPart(api: RestApi, parent: Resource, pathPart: string, self?: Resource): void {
  if (!PATH_PART.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  if (parent.pathPart?.endsWith('+}')) {
    throw badRequest(
      `Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`,
    );
  }
  for (const sibling of childrenOf(api, parent.id)) {
    if (sibling.id === self?.id) continue;
    if (sibling.pathPart === pathPart) {
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    }
    if (pathPart.startsWith('{') && sibling.pathPart?.startsWith('{')) {
      throw badRequest(
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
    }
  }
}

function childrenOf(api: RestApi, parentId: string): Resource[] {
  return [...api.resources.values()].filter((resource) => resource.parentId === parentId);
}

function parentOf(api: RestApi, resource: Resource): Resource | undefined {
  return resource.parentId === undefined ? undefined : api.resources.get(resource.parentId);
}

function updatePaths(api: RestApi, resource: Resource, parent: Resource): void {
  resource.path = pathUnder(parent, resource.pathPart ?? '');
  for (const child of childrenOf(api, resource.id)) updatePaths(api, child, resource);
}

function pathUnder(parent: Resource, pathPart: string): string {
  return `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
}
