import { type Resources, ref, resource } from '../cloudformation';
import { DRAFT_4 } from '../endpoints/shared/body-schema';
import { StackError } from '../errors';
import type { EventRoute } from '../events/routes';
import { type BodyKind, bodyOf } from '../events/senders';
import { restApiId } from '../existing-api';
import { logicalIds } from '../logical-ids';
import { cloudEvent } from './cloud-event';
import { type Draft4, withoutNotes } from './parts';

/** The records of one PutRecords request, at most. */
export const MAX_BATCH = 500;

/** All models of an API together, in bytes: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MAX_MODELS = 400 * 1024;

/** The model of one kind of body, from the schema of one event if there is one. */
const MODELS: Partial<Record<BodyKind, (event: Draft4 | undefined) => Draft4 | undefined>> = {
  json: (event) => event,
  // Without a contract the template looks at the list, and has more to say of what is wrong with it.
  'json-array': (event) => event && batchOf(event),
  cloudevents: (event) => cloudEvent(event),
  'cloudevents-batch': (event) => batchOf(cloudEvent(event)),
};

const batchOf = (items: Draft4): Draft4 => ({
  type: 'array',
  minItems: 1,
  maxItems: MAX_BATCH,
  items,
});

/**
 * The schema that API Gateway checks a kind of body against.
 * @param schema of one event; undefined for a stream without a contract
 * @returns undefined where there is nothing to check
 */
export function bodySchema(kind: BodyKind, schema: object | undefined): Draft4 | undefined {
  // References lead to the root's definitions, also from within another schema.
  const { definitions, ...event } = withoutNotes((schema ?? {}) as Draft4);
  const body = MODELS[kind]?.(schema === undefined ? undefined : event);
  return body && { ...body, ...(definitions !== undefined && { definitions }) };
}

/** The name of the model of a kind of body of a route; streams without a contract share theirs. */
function modelName({ path, stream }: EventRoute, kind: BodyKind): string {
  const isShared = stream.contract === undefined;
  return logicalIds.eventModel(isShared ? bodyOf(kind).path : path, kind.startsWith('cloudevents'));
}

/** The models of event endpoints. Without one a content type would not be checked at all. */
export function eventModels(routes: readonly EventRoute[]): Resources {
  const models = routes.flatMap((route) =>
    route.bodies.flatMap((kind) => {
      const schema = bodySchema(kind, route.stream.contract?.schema);
      if (schema === undefined) return [];
      const name = modelName(route, kind);
      const model = resource('AWS::ApiGateway::Model', {
        RestApiId: restApiId,
        Name: name,
        ContentType: bodyOf(kind).contentTypes[0] ?? '',
        Schema: { $schema: DRAFT_4, ...schema },
      });
      return [[name, model] as const];
    }),
  );
  return Object.fromEntries(models);
}

/** A method's models, for each content type of its bodies. */
export function requestModels(route: EventRoute) {
  return Object.fromEntries(
    route.bodies.flatMap((kind) =>
      bodySchema(kind, route.stream.contract?.schema) === undefined
        ? []
        : bodyOf(kind).contentTypes.map((type) => [type, ref(modelName(route, kind))] as const),
    ),
  );
}

/**
 * @param resources of the whole stack
 * @throws StackError for more models than an API takes
 */
export function checkModelSizes(resources: Resources): void {
  const sizes = Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::ApiGateway::Model')
    .map(([name, { Properties }]) => {
      const { Schema } = Properties as { Schema: unknown };
      return { name, bytes: Buffer.byteLength(JSON.stringify(Schema)) };
    })
    .sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MAX_MODELS) return;
  const largest = sizes.slice(0, 3).map(({ name, bytes }) => `${name} ${kib(bytes)}`);
  throw new StackError(
    `The schemas of this API come to ${kib(total)}, and API Gateway takes ${kib(MAX_MODELS)} (the largest: ${largest.join(', ')}). Make them smaller, or declare some of the streams in another stack: docs/scaling.md.`,
  );
}

const kib = (bytes: number) => `${Math.ceil(bytes / 1024)} KiB`;
