import { DEPLOYMENT_HEADER } from '../deployment-header';
import { endpoints } from '../endpoints';
import { parts } from '../endpoints/shared/answers';
import { exampleRequest } from '../events/example';
import { parsedKey } from '../events/key-source';
import { type EventRoute, eventRoutes } from '../events/routes';
import { type BodyKind, bodyOf } from '../events/senders';
import { requestTemplate } from '../events/templates';
import { logicalIds } from '../logical-ids';
import { errorSchema, HEADERS, servers } from '../openapi/components';
import { errorsOf, RETRY_AFTER_STATUSES } from '../openapi/errors';
import type { DeclaredStream } from '../streams/declared';
import { bodySchema } from './models';
import { modern } from './modern';
import type { Draft4 } from './parts';
import { authorizerRefusals, type StageAccess, securityOf, securitySchemes } from './security';
import { definitionNames, eventTypeName } from './types';

/** The part of the document about the stage that the streams are deployed to. */
export interface DocumentedStage extends StageAccess {
  /** The service's name. */
  readonly service: string;
  readonly stage: string;
}

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/**
 * The OpenAPI document of the event endpoints. Version 3.1, whose schemas can say all that draft 4
 * says.
 */
export function eventsDocument(declared: readonly DeclaredStream[], stage: DocumentedStage) {
  const routes = eventRoutes(declared);
  const answers = endpoints
    .filter(({ id }) => routes.some(({ action }) => action === id))
    .map(({ id, answer }) => [`${id}Output`, answer.schema]);
  return {
    openapi: '3.1.0',
    info: {
      title: `Events of ${stage.service}`,
      version: '1',
      description: 'The event endpoints of the streams that streams.ts declares.',
    },
    servers: servers(stage.stage),
    tags: declared.map(({ name }) => ({ name, description: `Events of the stream ${name}` })),
    paths: Object.fromEntries(
      routes.map((route) => [
        route.path,
        { [route.method.toLowerCase()]: operation(route, stage) },
      ]),
    ),
    components: {
      schemas: {
        ...Object.fromEntries(declared.flatMap(eventSchemas)),
        ...Object.fromEntries(answers),
        ...parts,
        Error: errorSchema,
      },
      headers: HEADERS,
      securitySchemes: securitySchemes(declared, stage),
    },
  };
}

/** A stream's event and its definitions, by their names among the components. */
function eventSchemas({ name, contract }: DeclaredStream): [string, Draft4][] {
  if (contract === undefined) return [];
  const schema = contract.schema as Draft4;
  const event = eventTypeName(name);
  const names = definitionNames(event, schema);
  const { definitions = {} } = schema;
  return [
    [event, modern(schema, names)],
    ...Object.entries(definitions as Record<string, Draft4>).map(
      ([definition, part]): [string, Draft4] => [names.get(definition) ?? '', modern(part, names)],
    ),
  ];
}

function operation(route: EventRoute, stage: StageAccess) {
  const { stream, kind, bodies } = route;
  const content = Object.fromEntries(
    bodies.flatMap((body) =>
      bodyOf(body)
        .contentTypes.filter((type) => !type.includes(';'))
        .map((type) => [type, bodyContent(route, body)]),
    ),
  );
  return {
    operationId: logicalIds.eventMethod(route.path).replace(/Method$/, ''),
    tags: [stream.name],
    summary: SUMMARIES[kind],
    security: securityOf(stream, stage),
    parameters: parameters(route),
    ...(route.method === 'POST' && { requestBody: { required: true, content } }),
    responses: responses(route, stage),
  };
}

const SUMMARIES: Readonly<Record<EventRoute['kind'], string>> = {
  single: 'Stores an event: the body is the record, byte for byte',
  batch: 'Stores up to 500 events, a record each',
  pixel: 'Stores the query as an event',
};

/** Parameters for the source of the partition key, and for the id of an event in an envelope. */
function parameters({ stream, kind }: EventRoute) {
  const key = parsedKey(stream);
  const schema = { type: 'string', minLength: 1, ...(!stream.key.cut && { maxLength: 256 }) };
  const isRequired = stream.key.orElse === undefined;
  const id = stream.idHeader === undefined ? [] : [stream.idHeader];
  return [
    ...(key.from === 'header' || key.from === 'query'
      ? [
          {
            name: key.name,
            in: key.from,
            required: isRequired,
            description: 'The partition key',
            schema,
          },
        ]
      : []),
    ...(stream.envelope && kind !== 'pixel' ? ['Idempotency-Key', ...id] : []).map((name) => ({
      name,
      in: 'header',
      required: false,
      description: "The sender's id of the event, the same when it is sent again",
      schema: { type: 'string' },
    })),
  ];
}

/** The media type of one kind of body, with the sample. */
function bodyContent(route: EventRoute, kind: BodyKind) {
  const { body = '' } = exampleRequest({ ...route, bodies: [kind] });
  const isJson = bodyOf(kind).isJson;
  return {
    schema: isJson ? jsonSchema(route.stream, kind) : { type: 'string' },
    example: isJson ? JSON.parse(body) : body,
  };
}

/** As API Gateway checks it, with the event among the components. */
function jsonSchema({ name, contract }: DeclaredStream, kind: BodyKind): Draft4 {
  const event = eventTypeName(name);
  if (kind === 'json') return contract === undefined ? {} : schemaRef(event);
  // A reference takes the event's place, so that the schema around it stays short.
  const placed = contract && { $ref: '#/definitions/event' };
  return modern(bodySchema(kind, placed) ?? { type: 'array' }, new Map([['event', event]]));
}

function responses(route: EventRoute, stage: StageAccess): Record<string, unknown> {
  const errors = [...authorizerRefusals(route.stream, stage), ...errorRows(route)];
  const statuses = [...new Set(errors.map(({ status }) => status))].sort((a, b) => a - b);
  const described = (status: number) =>
    errors
      .filter((row) => row.status === status)
      .map(({ code, when }) => `\`${code}\`: ${when}`)
      .join('; ');
  return Object.fromEntries([
    ...success(route),
    ...statuses.map((status) => [
      status,
      {
        ...answer(status, described(status)),
        ...(route.kind !== 'pixel' && json(schemaRef('Error'))),
      },
    ]),
  ]);
}

function success({ kind, stream, action }: EventRoute): [number, object][] {
  const output = json(schemaRef(`${action}Output`));
  if (kind === 'pixel') {
    return stream.pixel === 'empty'
      ? [[204, answer(204, 'Stored')]]
      : [[200, { ...answer(200, 'Stored'), content: { 'image/svg+xml': {} } }]];
  }
  const empty: [number, object][] = [[204, answer(204, 'Stored')]];
  const stored: [number, object][] = [[200, { ...answer(200, 'Stored'), ...output }]];
  const all = stream.answer === 'empty' ? empty : stored;
  if (kind === 'single') return all;
  const partial = answer(207, 'Some records were refused: those whose result has an ErrorCode');
  return [...all, [207, { ...partial, ...output }]];
}

const json = (schema: object) => ({ content: { 'application/json': { schema } } });

function answer(status: number, description: string) {
  const names = [
    DEPLOYMENT_HEADER,
    'x-amzn-RequestId',
    ...(RETRY_AFTER_STATUSES.includes(status) ? ['Retry-After'] : []),
    ...(status === 207 ? ['FailedRecords'] : []),
  ];
  const headers = names.map((name) => [name, { $ref: `#/components/headers/${name}` }] as const);
  return { description, headers: Object.fromEntries(headers) };
}

interface ErrorRow {
  readonly status: number;
  readonly code: string;
  readonly when: string;
}

/** Refusals as templates have them: status, code and message. */
const REFUSAL = /'(\d{3})\|(\w+)\|([^'|]*)/g;

/** The errors of the Kinesis action, and what the endpoint's own templates refuse. */
function errorRows(route: EventRoute): ErrorRow[] {
  const kinesis = endpoints
    .filter(({ id }) => id === route.action)
    .flatMap(errorsOf)
    .filter(({ isAuthorizers }) => !isAuthorizers);
  const own = route.bodies.flatMap((kind) =>
    Array.from(requestTemplate(route.stream, kind).matchAll(REFUSAL), ([, status, code, when]) => ({
      status: Number(status),
      code: code ?? '',
      when: when ?? '',
    })),
  );
  const different = new Map(own.map((row) => [`${row.status} ${row.code}`, row]));
  return [
    ...different.values(),
    ...kinesis.map((row) =>
      row.code === 'UNSUPPORTED_MEDIA_TYPE'
        ? { ...row, when: "none of this stream's senders sends this content type" }
        : row,
    ),
  ];
}
