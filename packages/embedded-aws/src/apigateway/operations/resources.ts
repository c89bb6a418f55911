import {
  createResource,
  deleteResource,
  moveResource,
  resourceOf,
  sortedResources,
} from '../entities/resources';
import { notFound } from '../errors';
import type { Resource, RestApi } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';
import { resourceWire } from '../wire';
import { apiOf } from './rest-apis';

const ERRORS = listingPatchErrors(['/parentId', '/pathPart']);

function rulesFor(api: RestApi): readonly PatchRule<Resource>[] {
  return [
    {
      path: '/parentId',
      ops: ['replace'],
      apply: (resource, value = '') => moveResource(api, resource, { parentId: value }),
    },
    {
      path: '/pathPart',
      ops: ['replace'],
      apply: (resource, value = '') => moveResource(api, resource, { pathPart: value }),
    },
  ];
}

export const resourceOperations: readonly Operation[] = [
  {
    name: 'GetResources',
    route: 'GET /restapis/{restApiId}/resources',
    status: 200,
    handle(request) {
      const embed = embedsMethods(request.query);
      return pageOf(sortedResources(apiOf(request)), request.query, (resource) =>
        resourceWire(resource, embed),
      );
    },
  },
  {
    name: 'GetResource',
    route: 'GET /restapis/{restApiId}/resources/{resourceId}',
    status: 200,
    handle: (request) => resourceWire(requestedResource(request), embedsMethods(request.query)),
  },
  {
    name: 'CreateResource',
    route: 'POST /restapis/{restApiId}/resources/{parentId}',
    status: 201,
    handle(request) {
      const api = apiOf(request);
      const resource = createResource(api, {
        parentId: request.param('parentId'),
        pathPart: request.input.text('pathPart') ?? '',
      });
      return resourceWire(resource, false);
    },
  },
  {
    name: 'UpdateResource',
    route: 'PATCH /restapis/{restApiId}/resources/{resourceId}',
    status: 200,
    handle(request) {
      const api = apiOf(request);
      const resource = requestedResource(request);
      const changes = readPatchOperations(request.input);
      applyPatch(resource, changes, rulesFor(api), ERRORS);
      return resourceWire(resource, false);
    },
  },
  {
    name: 'DeleteResource',
    route: 'DELETE /restapis/{restApiId}/resources/{resourceId}',
    status: 202,
    handle: (request) => deleteResource(apiOf(request), request.param('resourceId')),
  },
];

/** The resource in the path. AWS reports a missing API as a missing resource. */
export function requestedResource({ region, param }: ControlRequest): Resource {
  const api = region.restApis.get(param('restApiId'));
  if (api === undefined) throw notFound('Invalid Resource identifier specified');
  return resourceOf(api, param('resourceId'));
}

function embedsMethods(query: URLSearchParams): boolean {
  return query.getAll('embed').includes('methods');
}
