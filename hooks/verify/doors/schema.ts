import { endpoints } from '../../../resources/endpoints';

/** The keywords of JSON Schema (draft-07) that `validate` knows. */
export interface Schema {
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer';
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  /** `false`, or of what kind they are. */
  readonly additionalProperties?: false | Schema;
}

/** Members that a route may take, under Kinesis's own names. */
export const MEMBERS = [
  'StreamName',
  'Data',
  'PartitionKey',
  'ExplicitHashKey',
  'SequenceNumberForOrdering',
  'Records',
  'ShardCount',
  'StreamMode',
  'ShardId',
  'ShardIteratorType',
  'StartingSequenceNumber',
  'Timestamp',
  'ShardIterator',
  'Limit',
  'NextToken',
  'ExclusiveStartStreamName',
  'ExclusiveStartShardId',
] as const;
export type Member = (typeof MEMBERS)[number];

const RECORD_MEMBERS = ['Data', 'PartitionKey', 'ExplicitHashKey'] as const;

const ANSWER_MEMBERS = [
  'SequenceNumber',
  'ShardId',
  'Records',
  'FailedRecordCount',
  'ShardIterator',
  'NextShardIterator',
  'MillisBehindLatest',
  'StreamNames',
  'StreamDescription',
  'Shards',
] as const;

const TEXTS: Schema = { type: 'object', additionalProperties: { type: 'string' } };

const each = (names: readonly string[], schema: Schema) =>
  Object.fromEntries(names.map((name) => [name, schema]));

const AUTHORIZATION: Schema = {
  description:
    "Who may call: none (everybody), key (the header x-api-key, from the environment variable of apiKey), iam (signed with the shell's credentials), token (in the header of tokenHeader, from the environment variable of apiToken, or from --token-command)",
  enum: ['none', 'key', 'iam', 'token'],
};

const PLACE: Schema = {
  description:
    'Where the door takes it: path.<variable>, query.<name>, header.<name>, body.<member>, body (all of it), or fixed (the door has it already)',
  type: 'string',
  pattern: '^(path|query|header|body)\\.[^\\s]+$|^body$|^fixed$',
};

const ROUTE: Schema = {
  description: "One of the door's routes",
  type: 'object',
  required: ['endpoint', 'method', 'path'],
  additionalProperties: false,
  properties: {
    endpoint: {
      description: 'The endpoint of this service that does the same',
      enum: endpoints.map(({ id }) => id),
    },
    method: { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    path: {
      description: 'Below the URL, with variables in braces: /streams/{stream-name}/record',
      type: 'string',
      pattern: '^/',
    },
    takes: {
      description: "The members of Kinesis's request, and where the door takes them",
      type: 'object',
      additionalProperties: false,
      properties: each(MEMBERS, PLACE),
    },
    record: {
      description: 'The members of a record of a batch, and what the door calls them',
      type: 'object',
      required: ['Data'],
      additionalProperties: false,
      properties: each(RECORD_MEMBERS, { type: 'string' }),
    },
    gives: {
      description: "The members of Kinesis's answer, and what the door calls them",
      type: 'object',
      additionalProperties: false,
      properties: each(ANSWER_MEMBERS, { type: 'string' }),
    },
    stores: {
      description:
        'What it stores for Data: text (a string as its bytes, other JSON as its text; the default), json (the JSON text, strings in quotes), base64 (the bytes that the string stands for)',
      enum: ['text', 'json', 'base64'],
    },
    values: {
      description: 'What Data may be: any JSON (the default), or text',
      enum: ['any', 'text'],
    },
    contentType: { description: 'application/json unless told', type: 'string', pattern: '/' },
    headers: { ...TEXTS, description: 'Sent with each request of this route' },
    query: { ...TEXTS, description: 'Sent with each request of this route' },
    success: {
      description: 'The statuses that say that all is well; 200 unless told',
      type: 'array',
      minItems: 1,
      items: { type: 'integer', minimum: 200, maximum: 299 },
    },
    authorization: AUTHORIZATION,
  },
};

/** The schema of a file of routes; `npm run generate` writes it to examples/doors/routes.schema.json. */
export const ROUTES_SCHEMA: Schema = {
  description: 'An HTTP API in front of Kinesis, for: serverless verify --url URL --routes FILE',
  type: 'object',
  required: ['routes'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    name: { description: 'What the API is called in reports', type: 'string' },
    authorization: AUTHORIZATION,
    apiKey: {
      description: 'The environment variable that has the API key; API_KEY unless told',
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
    },
    apiToken: {
      description:
        'The environment variable that has the token, or JSON with headers and query; API_TOKEN unless told',
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
    },
    tokenHeader: {
      description: 'The header that the token goes into, as it is; Authorization unless told',
      type: 'string',
      pattern: '^[A-Za-z0-9-]+$',
    },
    streams: {
      description:
        'The names of the streams that the API may reach: orders-*. Others must be refused. Any unless told',
      type: 'string',
      pattern: '^[a-zA-Z0-9_.*?-]+$',
    },
    headers: { ...TEXTS, description: 'Sent with every request' },
    query: { ...TEXTS, description: 'Sent with every request' },
    routes: { type: 'array', minItems: 1, items: ROUTE },
  },
};
