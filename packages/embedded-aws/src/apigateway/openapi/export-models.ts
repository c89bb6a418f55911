import { isRecord } from '../members';
import type { ApiDefinition, Method } from '../model';
import type { JsonObject } from './document';
import { mapValues } from './import-models';

export const EXPORT_TYPES = ['oas30', 'swagger'] as const;
export type ExportType = (typeof EXPORT_TYPES)[number];

/** The reference to the schema of a model in a document of this type. */
export function schemaReference(model: string, type: ExportType): JsonObject {
  return { $ref: `#/${type === 'swagger' ? 'definitions' : 'components/schemas'}/${model}` };
}

/** The models that methods use, directly or through other models, as schemas of the document. */
export function schemasOf(definition: ApiDefinition, type: ExportType): JsonObject {
  const used = new Set<string>();
  const visit = (name: string) => {
    const model = definition.models.get(name);
    if (model === undefined || used.has(name)) return;
    used.add(name);
    for (const [, other = ''] of model.schema.matchAll(/\/models\/([A-Za-z0-9]+)"/g)) visit(other);
  };
  for (const { methods } of definition.resources.values()) {
    for (const method of methods.values()) modelsOf(method).forEach(visit);
  }
  return Object.fromEntries(
    [...used].map((name) => [
      name,
      documentSchema(JSON.parse(definition.models.get(name)?.schema ?? '{}'), type),
    ]),
  );
}

function modelsOf({ requestModels, methodResponses }: Method): string[] {
  return [
    ...Object.values(requestModels ?? {}),
    ...[...methodResponses.values()].flatMap(({ responseModels }) =>
      Object.values(responseModels ?? {}),
    ),
  ];
}

function documentSchema(schema: unknown, type: ExportType): unknown {
  if (Array.isArray(schema)) return schema.map((item) => documentSchema(item, type));
  if (!isRecord(schema)) return schema;
  const model =
    typeof schema.$ref === 'string' ? /\/models\/(\w+)$/.exec(schema.$ref)?.[1] : undefined;
  if (model !== undefined) return schemaReference(model, type);
  const { $schema: _dialect, ...rest } = schema;
  return mapValues(rest, (value) => documentSchema(value, type));
}
