import { CONTENT_TYPES, type ContentType, type ModelName, models } from '../models';
import { type Schema, toOpenApiSchema } from './schema';

const MEMBERS = {
  ShardCount: 'How many shards; absent, null or empty means 5, or none where the mode is ON_DEMAND',
  StreamMode: 'PROVISIONED where absent, null or empty',
  StreamModeDetails: "Kinesis's own spelling of the mode",
  PartitionKey: 'Records of one key go to one shard, in their order',
  ExplicitHashKey: 'Decides the shard in place of the partition key',
  'partition-key': 'Records of one key go to one shard, in their order',
  'explicit-hash-key': 'Decides the shard in place of the partition key',
  SequenceNumberForOrdering: 'The sequence number of the record that this one comes after',
} as const;

/** Where the members are that may hold any JSON, which the models do not mention. */
const ANY_JSON: Readonly<Record<ModelName, readonly string[]>> = {
  CreateStream: [],
  PutRecord: ['Data'],
  PutRecords: ['records', 'items', 'data'],
};
const STORED = 'Any JSON: a string is stored as its UTF-8 bytes, any other value as its JSON text';

/** The name of a model's schema among the document's components. */
export const requestName = (model: ModelName, type: ContentType): string =>
  `${model}${type === 'application/json' ? '' : 'Kinesis'}Input`;

/** The models that API Gateway checks bodies against, by the name of their schema. */
export function requestSchemas(): Record<string, Schema> {
  return Object.fromEntries(
    (Object.keys(models) as ModelName[]).flatMap((model) =>
      CONTENT_TYPES.map((type) => {
        const schema = toOpenApiSchema(models[model][type], MEMBERS);
        const path = type === 'application/json' ? ANY_JSON[model] : [];
        return [requestName(model, type), withAnyJson(schema, path)];
      }),
    ),
  );
}

/** Adds the member that the path ends with. */
function withAnyJson(schema: Schema, path: readonly string[]): Schema {
  const [name, ...rest] = path;
  if (name === undefined) return schema;
  if (name === 'items') return { ...schema, items: withAnyJson(schema.items ?? {}, rest) };
  const known = schema.properties?.[name];
  const member = known === undefined ? { description: STORED } : withAnyJson(known, rest);
  return { ...schema, properties: { ...schema.properties, [name]: member } };
}
