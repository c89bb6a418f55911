import { DEPLOYMENT_HEADER } from '../deployment-header';
import { CONTENT_TYPES, type ModelName, models } from '../models';
import type { Action, Route } from '../routes';
import { type ErrorRow, errorsOf, RETRY_AFTER_STATUSES } from './errors';
import { type Example, examples } from './examples';
import { parameterOf } from './parameters';
import { requestName } from './request-schemas';
import { type Schema, schemaRef } from './schema';

/** A row of the route table. */
export type Row = Route & { readonly action: Action };
type NamedExamples = Readonly<Record<string, { readonly value: unknown }>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly examples?: NamedExamples;
}

interface Content {
  readonly schema: Schema;
  readonly examples?: NamedExamples;
}

interface Response {
  readonly description: string;
  readonly headers: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content: Readonly<Record<string, Content>>;
}

/** One method of one path. */
export interface Operation {
  readonly operationId: Action;
  readonly summary: string;
  readonly externalDocs: { readonly url: string };
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, Content>>;
  };
  readonly responses: Readonly<Record<string, Response>>;
}

const SUMMARIES: Readonly<Record<Action, string>> = {
  ListStreams: 'List the streams',
  DescribeStream: 'Describe a stream',
  CreateStream: 'Create a stream',
  DeleteStream: 'Delete a stream and all its records',
  PutRecord: 'Write a record',
  PutRecords: 'Write up to 500 records',
  ListShards: "List a stream's shards",
  GetShardIterator: 'Choose where to begin to read a shard',
  GetRecords: 'Read records',
};

/** What the document says of a route. */
export function operation(row: Row): Operation {
  const { action, model } = row;
  return {
    operationId: action,
    summary: SUMMARIES[action],
    externalDocs: {
      url: `https://docs.aws.amazon.com/kinesis/latest/APIReference/API_${action}.html`,
    },
    parameters: parameters(row),
    ...(model && { requestBody: requestBody(row, model) }),
    responses: responses(row),
  };
}

function parameters({ action, path, query = {}, headers = [] }: Row): Parameter[] {
  const inPath = path.includes('{stream-name}') ? ['stream-name'] : [];
  const at = (place: Parameter['in'], name: string, required: boolean): Parameter => {
    const given = exampleValues(action, place, name);
    return {
      name,
      in: place,
      required,
      ...parameterOf(name),
      ...(Object.keys(given).length > 0 && { examples: given }),
    };
  };
  return [
    ...inPath.map((name) => at('path', name, true)),
    ...Object.entries(query).map(([name, required]) => at('query', name, required)),
    ...headers.map((name) => at('header', name, false)),
  ];
}

function exampleValues(action: Action, place: Parameter['in'], name: string): NamedExamples {
  const valueIn: Readonly<Record<Parameter['in'], (example: Example) => unknown>> = {
    path: ({ stream = 'orders' }) => stream,
    query: ({ query = {} }) => query[name],
    header: ({ headers = {} }) => headers[name],
  };
  return Object.fromEntries(
    examples[action]
      .map((example) => [example.name, { value: valueIn[place](example) }] as const)
      .filter(([, { value }]) => value !== undefined),
  );
}

function requestBody({ action }: Row, model: ModelName) {
  const bodies = examples[action].filter(({ body }) => body !== undefined);
  return {
    required: 'required' in models[model]['application/json'],
    content: Object.fromEntries(
      CONTENT_TYPES.map((type) => {
        const own = bodies.filter(({ contentType = 'application/json' }) => contentType === type);
        const named = own.map(({ name, summary, body }) => [name, { summary, value: body }]);
        return [
          type,
          {
            schema: schemaRef(requestName(model, type)),
            ...(named.length > 0 && { examples: Object.fromEntries(named) }),
          },
        ];
      }),
    ),
  };
}

function responses({ action }: Row): Record<string, Response> {
  const all = errorsOf(action);
  const statuses = [...new Set(all.map(({ status }) => status))];
  const failures = statuses.map((status) => [
    status,
    response(action, status, describe(all.filter((row) => row.status === status)), 'Error'),
  ]);
  const output = `${action}Output`;
  return Object.fromEntries([
    [200, response(action, 200, 'Done; what Kinesis answered', output)],
    ...(action === 'PutRecords'
      ? [[207, response(action, 207, 'Some records were refused: those with ErrorCode', output)]]
      : []),
    ...failures,
  ]);
}

const describe = (all: readonly ErrorRow[]): string =>
  all.map(({ code, when }) => `\`${code}\`: ${when}`).join('; ');

function response(action: Action, status: number, description: string, schema: string): Response {
  const named = examples[action]
    .filter((example) => example.status === status)
    .map(({ name, summary, answer }) => [name, { summary, value: answer }]);
  const headers = [
    DEPLOYMENT_HEADER,
    'x-amzn-RequestId',
    ...(RETRY_AFTER_STATUSES.includes(status) ? ['Retry-After'] : []),
  ];
  return {
    description,
    headers: Object.fromEntries(
      headers.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    content: {
      'application/json': {
        schema: schemaRef(schema),
        ...(named.length > 0 && { examples: Object.fromEntries(named) }),
      },
    },
  };
}
