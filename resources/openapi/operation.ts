import { DEPLOYMENT_HEADER } from '../deployment-header';
import type { Endpoint, EndpointId } from '../endpoints';
import { CONTENT_TYPES, type ContentType } from '../endpoints/shared/content-types';
import type { Parameter as Declared, Example } from '../endpoints/shared/endpoint';
import { STREAM_NAME } from '../endpoints/shared/parameters';
import { type ErrorRow, errorsOf, RETRY_AFTER_STATUSES } from './errors';
import { requestName } from './request-schemas';
import { type Schema, schemaRef } from './schema';

type NamedExamples = Readonly<Record<string, { readonly value: unknown }>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly allowEmptyValue?: true;
  readonly schema: Schema;
  readonly examples?: NamedExamples;
  readonly 'x-go-name'?: string;
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

/** An OpenAPI operation object. */
export interface Operation {
  readonly operationId: EndpointId;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly externalDocs: { readonly url: string };
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, Content>>;
  };
  readonly responses: Readonly<Record<string, Response>>;
}

type OwnEndpoint = Endpoint<EndpointId>;

/** The operation for an endpoint. */
export function operation(endpoint: OwnEndpoint): Operation {
  const { id, action, tag, summary, description } = endpoint;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    externalDocs: {
      url: `https://docs.aws.amazon.com/kinesis/latest/APIReference/API_${action}.html`,
    },
    parameters: parameters(endpoint),
    ...requestBody(endpoint),
    responses: responses(endpoint),
  };
}

function parameters({ examples, path, query = {}, headers = {} }: OwnEndpoint): Parameter[] {
  const at = (place: Parameter['in'], name: string, declared: Declared): Parameter => {
    const { description, schema, required, goName } = declared;
    const given = exampleValues(examples, place, name);
    return {
      name,
      in: place,
      required: place === 'path' || required === true,
      description,
      ...(place === 'query' && !required && { allowEmptyValue: true as const }),
      schema,
      ...(goName !== undefined && { 'x-go-name': goName }),
      ...(Object.keys(given).length > 0 && { examples: given }),
    };
  };
  const inPath = path.includes('{stream-name}') ? { 'stream-name': STREAM_NAME } : {};
  return [
    ...Object.entries(inPath).map(([name, declared]) => at('path', name, declared)),
    ...Object.entries(query).map(([name, declared]) => at('query', name, declared)),
    ...Object.entries(headers).map(([name, declared]) => at('header', name, declared)),
  ];
}

function exampleValues(
  examples: readonly Example[],
  place: Parameter['in'],
  name: string,
): NamedExamples {
  const valueIn: Readonly<Record<Parameter['in'], (example: Example) => unknown>> = {
    path: ({ stream = 'orders' }) => stream,
    query: ({ query = {} }) => query[name],
    header: ({ headers = {} }) => headers[name],
  };
  return Object.fromEntries(
    examples
      .map((example) => [example.name, { value: valueIn[place](example) }] as const)
      .filter(([, { value }]) => value !== undefined),
  );
}

function requestBody({ id, examples, requests }: OwnEndpoint): Pick<Operation, 'requestBody'> {
  const types = CONTENT_TYPES.filter((type) => requests[type]?.body !== undefined);
  if (types.length === 0) return {};
  const bodies = examples.filter(({ body }) => body !== undefined);
  const content = (type: ContentType): Content => {
    const own = bodies.filter(({ contentType = 'application/json' }) => contentType === type);
    const named = own.map(({ name, summary, body }) => [name, { summary, value: body }]);
    return {
      schema: schemaRef(requestName(id, type)),
      ...(named.length > 0 && { examples: Object.fromEntries(named) }),
    };
  };
  return {
    requestBody: {
      required: types.every((type) => requests[type]?.body?.required !== undefined),
      content: Object.fromEntries(types.map((type) => [type, content(type)])),
    },
  };
}

function responses(endpoint: OwnEndpoint): Record<string, Response> {
  const { id, answer } = endpoint;
  const all = errorsOf(endpoint);
  const statuses = [...new Set(all.map(({ status }) => status))];
  const failures = statuses.map((status) => [status, failure(endpoint, status, all)]);
  const output = `${id}Output`;
  const { partial } = answer;
  return Object.fromEntries([
    [200, response(endpoint, 200, "Success: Kinesis's own answer", output)],
    ...(partial
      ? [[partial.status, response(endpoint, partial.status, partial.description, output)]]
      : []),
    ...failures,
  ]);
}

const describe = (all: readonly ErrorRow[]): string =>
  all.map(({ code, when }) => `\`${code}\`: ${when}`).join('; ');

/** The answer to all errors of one status. */
function failure(endpoint: OwnEndpoint, status: number, all: readonly ErrorRow[]): Response {
  const rows = all.filter((row) => row.status === status);
  if (rows.every(({ isBare }) => isBare)) {
    return response(endpoint, status, describe(rows), 'Message');
  }
  return response(endpoint, status, describe(rows), 'Error', errorCode(rows));
}

/** Kinesis's own errors have their code in a header as well; API Gateway's refusals have not. */
function errorCode(rows: readonly ErrorRow[]): Record<string, string> {
  if (rows.every(({ from }) => from === 'gateway')) return {};
  const isAlways = rows.every(({ from }) => from === 'Kinesis');
  return { ErrorCode: isAlways ? 'ErrorCode' : 'OptionalErrorCode' };
}

/** @param more headers, by name, and what each is called among the components */
function response(
  { examples }: OwnEndpoint,
  status: number,
  description: string,
  schema: string,
  more: Readonly<Record<string, string>> = {},
): Response {
  const named = examples
    .filter((example) => example.status === status)
    .map(({ name, summary, answer }) => [name, { summary, value: answer }]);
  const headers = [
    ...(schema === 'Message' ? [] : [DEPLOYMENT_HEADER]),
    'x-amzn-RequestId',
    ...(RETRY_AFTER_STATUSES.includes(status) ? ['Retry-After'] : []),
    ...(status === 207 ? ['FailedRecords'] : []),
  ];
  return {
    description,
    headers: Object.fromEntries(
      [...headers.map((name) => [name, name]), ...Object.entries(more)].map(([name, component]) => [
        name,
        { $ref: `#/components/headers/${component}` },
      ]),
    ),
    content: {
      'application/json': {
        schema: schemaRef(schema),
        ...(named.length > 0 && { examples: Object.fromEntries(named) }),
      },
    },
  };
}
