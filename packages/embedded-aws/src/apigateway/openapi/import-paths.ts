import { createResource } from '../entities/resources';
import { badRequest } from '../errors';
import { isRecord } from '../members';
import type { Resource, RestApi } from '../model';
import { type JsonObject, listAt, OPERATION_KEYS } from './document';
import { rejectUnsupportedExtensions } from './extensions';
import { importOperation } from './import-operation';
import type { PathsPlace } from './import-place';

/** Adds the resources and the methods of a document, which replace those that are there. */
export function importPaths(place: PathsPlace): void {
  const { api, document, prefix, findings } = place;
  for (const [path, described] of Object.entries(document.paths)) {
    if (!isRecord(described)) continue;
    const item = document.resolve(described);
    rejectUnsupportedExtensions('path', item);
    const full = `${prefix}${path}`;
    const resource = findings.attempt(`create resource at path '${full}'`, () =>
      resourceAt(api, full),
    );
    if (resource !== undefined) importItem(place, resource, item);
  }
}

function importItem(place: PathsPlace, resource: Resource, item: JsonObject): void {
  const pathParameters = listAt(item, 'parameters');
  for (const [key, httpMethod] of Object.entries(OPERATION_KEYS)) {
    const operation = Object.hasOwn(item, key) ? item[key] : undefined;
    if (!isRecord(operation)) continue;
    rejectUnsupportedExtensions('operation', operation);
    importOperation({ ...place, resource, httpMethod, operation, pathParameters });
  }
}

/** Finds the resource of a path, creating it and its parents if necessary. */
function resourceAt(api: RestApi, path: string): Resource {
  let resource = [...api.resources.values()].find(({ id }) => id === api.rootResourceId);
  if (resource === undefined) throw badRequest('The API has no root resource');
  for (const pathPart of path.split('/').filter((part) => part !== '')) {
    const parentId: string = resource.id;
    const known = [...api.resources.values()].find(
      (child) => child.parentId === parentId && child.pathPart === pathPart,
    );
    resource = known ?? createResource(api, { parentId, pathPart });
  }
  return resource;
}
