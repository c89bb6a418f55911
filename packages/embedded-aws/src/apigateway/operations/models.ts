import { checkSchema, createModel, deleteModel, modelNamed } from '../entities/models';
import { notFound } from '../errors';
import type { Model, RestApi } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';
import { apiOf } from './rest-apis';

const rulesFor = (api: RestApi): readonly PatchRule<Model>[] => [
  {
    path: '/description',
    ops: ['replace'],
    apply: (model, value) => {
      model.description = value || undefined;
    },
  },
  {
    path: '/schema',
    ops: ['replace'],
    apply: (model, value) => {
      model.schema = checkSchema(api, model.name, value);
    },
  },
];
const ERRORS = listingPatchErrors(['/description', '/schema']);

export const modelOperations: readonly Operation[] = [
  {
    name: 'CreateModel',
    route: 'POST /restapis/{restApiId}/models',
    status: 201,
    handle: (request) => createModel(apiOf(request), request.input),
  },
  {
    name: 'GetModels',
    route: 'GET /restapis/{restApiId}/models',
    status: 200,
    handle(request) {
      const models = [...apiOf(request).models.values()];
      return pageOf(
        models.sort((a, b) => (a.name < b.name ? -1 : 1)),
        request.query,
        (model) => model,
      );
    },
  },
  {
    name: 'GetModel',
    route: 'GET /restapis/{restApiId}/models/{modelName}',
    status: 200,
    handle: requestedModel,
  },
  {
    name: 'UpdateModel',
    route: 'PATCH /restapis/{restApiId}/models/{modelName}',
    status: 200,
    handle(request) {
      const model = requestedModel(request);
      const draft = { ...model };
      const changes = readPatchOperations(request.input);
      applyPatch(draft, changes, rulesFor(apiOf(request)), ERRORS);
      return Object.assign(model, draft);
    },
  },
  {
    name: 'DeleteModel',
    route: 'DELETE /restapis/{restApiId}/models/{modelName}',
    status: 202,
    handle(request) {
      requestedModel(request);
      deleteModel(apiOf(request), request.param('modelName'));
    },
  },
];

/** AWS reports a missing API as a missing model (recorded). */
function requestedModel({ region, param }: ControlRequest): Model {
  const name = param('modelName');
  const api = region.restApis.get(param('restApiId'));
  if (api === undefined) throw notFound(`Invalid model name specified: ${name}`);
  return modelNamed(api, name);
}
