import { badRequest, conflict, notFound } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import type { Members } from '../members';
import type { ApiDefinition, Model, RestApi } from '../model';
import { checkModelSchema, invalidModel } from '../model-schema';
import { QUOTAS } from '../quotas';
import { newestMethods } from './resources';

const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';
const NAME = /^[a-zA-Z0-9]+$/;

/** The two default models of every API. */
export function defaultModels(newId: () => string): Map<string, Model> {
  return new Map(
    [
      {
        name: 'Empty',
        description: 'This is a default empty schema model',
        schema: { $schema: DRAFT_4, title: 'Empty Schema', type: 'object' },
      },
      {
        name: 'Error',
        description: 'This is a default error schema model',
        schema: {
          $schema: DRAFT_4,
          title: 'Error Schema',
          type: 'object',
          properties: { message: { type: 'string' } },
        },
      },
    ].map(({ name, description, schema }) => [
      name,
      {
        id: newId(),
        name,
        description,
        contentType: 'application/json',
        schema: JSON.stringify(schema, null, 2),
      },
    ]),
  );
}

export function modelNamed(api: ApiDefinition, name: string): Model {
  const model = api.models.get(name);
  if (model === undefined) throw notFound(`Invalid model name specified: ${name}`);
  return model;
}

/**
 * @param later the models that follow in the same import: a schema may refer to them
 * @throws AwsError like CreateModel
 */
export function createModel(
  api: RestApi,
  input: Members,
  { id, later }: { readonly id?: string; readonly later?: readonly string[] } = {},
): Model {
  const name = input.text('name') ?? '';
  if (name === '') throw badRequest('Model name must be non-empty');
  if (!NAME.test(name)) {
    throw badRequest(`Model name must be alphanumeric: ${name}`);
  }
  if (api.models.has(name)) throw conflict('Model name already exists for this REST API');
  const model: Model = {
    id: id ?? randomId(PART_ID_LENGTH),
    name,
    contentType: input.text('contentType') ?? '',
    // AWS leaves out an empty one (recorded: test_put_method_model, 15-04-2024).
    description: input.text('description') || undefined,
    schema: checkSchema(api, name, input.document('schema'), later),
  };
  if (model.contentType === '') throw badRequest('Content type must be non-empty');
  api.models.set(name, model);
  return model;
}

/**
 * A schema is required and must be JSON Schema draft 4. It may refer to models that are there, and to
 * itself.
 * @param name the model that it is for
 * @throws AwsError like CreateModel
 */
export function checkSchema(
  api: RestApi,
  name: string,
  schema: string | undefined,
  later: readonly string[] = [],
): string {
  if (schema === undefined || schema.trim() === '') {
    throw badRequest('Model schema must have at least 1 property or array items defined');
  }
  checkTotalSize(api, name, schema);
  let parsed: unknown;
  try {
    parsed = JSON.parse(schema);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw invalidModel(`Invalid model schema specified. ${reason}`, cause);
  }
  checkModelSchema(parsed, {
    apiId: api.id,
    has: (model) => model === name || api.models.has(model) || later.includes(model),
  });
  return schema;
}

/** @throws AwsError BadRequestException if the API's models are too large together; the text is ours */
function checkTotalSize(api: RestApi, name: string, schema: string): void {
  let bytes = Buffer.byteLength(schema);
  for (const other of api.models.values()) {
    if (other.name !== name) bytes += Buffer.byteLength(other.schema);
  }
  if (bytes > QUOTAS.modelBytesOfApi) {
    throw badRequest(
      `The models of this API have ${bytes} bytes together, and at most ${QUOTAS.modelBytesOfApi} are allowed`,
    );
  }
}

/** @throws AwsError ConflictException if a method uses the model */
export function deleteModel(api: RestApi, name: string): void {
  modelNamed(api, name);
  for (const { where, method } of newestMethods(api)) {
    if (Object.values(method.requestModels ?? {}).includes(name)) {
      throw conflict(`Cannot delete model '${name}', is referenced in method request: ${where}`);
    }
    for (const response of method.methodResponses.values()) {
      if (Object.values(response.responseModels ?? {}).includes(name)) {
        throw conflict(
          `Cannot delete model '${name}', is referenced in method response: ${where}/${response.statusCode}`,
        );
      }
    }
  }
  api.models.delete(name);
}
