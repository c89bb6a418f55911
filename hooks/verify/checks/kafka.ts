import { DEPLOYMENT_HEADER } from '../../../resources/deployment-header';
import { type EndpointId, endpointOf } from '../../../resources/endpoints';
import { kafkaRoute } from '../../../resources/kafka-route';
import { entranceAt, entranceOfStage, isOpenEntrance, refusals } from '../../stage/entrances';
import { corsOrigins, kafkaRestUrl, sharesApi, type Target } from '../../stage/target';
import type { ApiRequest, Exchange } from '../api-client';
import { type Ask, askPath, ask as askRoute, expectEqual, expectStatus, jsonObject } from '../ask';
import { askBackend } from '../backend';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { ofStage } from './define';

// These checks create no topics or records: they request topics that do not exist, and post
// requests that every Kafka REST proxy rejects. They expect what the protocol guarantees, not one
// proxy's behaviour. If the proxy can be reached directly, its answers through the gateway must be
// the same.

const METADATA_TYPE = 'application/vnd.kafka.v2+json';
const JSON_TYPE = 'application/vnd.kafka.json.v2+json';

const ROUTE = `${kafkaRoute.method} ${kafkaRoute.path}`;

const entranceOfKafka = (target: Target) => entranceAt(target, 'GET', '/topics');

const withoutKafka = (target: Target) =>
  kafkaRestUrl(target) === undefined ? 'no Kafka REST proxy' : undefined;

/** The Kafka REST proxy behind the API. Its answers must come through as it gives them. */
export const kafkaChecks = {
  KafkaRestClosed: ofStage({
    title: `${ROUTE}: rejects a request without a signature, key or token`,
    skipReason: (target) =>
      withoutKafka(target) ?? (isOpenEntrance(entranceOfKafka(target)) ? 'open stage' : undefined),
    async run(context) {
      const statuses = refusals(entranceOfKafka(context.target));
      await askPath(context, statuses, { method: 'GET', path: '/topics', anonymous: true });
      return {};
    },
  }),

  KafkaRest: ofStage({
    title: `${ROUTE}: the Kafka REST proxy answers`,
    provides: ['kafka'],
    skipReason: withoutKafka,
    async run(context) {
      const topics = await askKafka(context, { method: 'GET', path: '/topics' });
      expectStatus(topics, 200);
      if (!isListOfTopics(topics.body)) {
        throw new CheckFailure('the answer is not a list of topics', topics);
      }
      const path = `/topics/${context.stream}`;
      for (const unknown of [path, `${path}/partitions/0`]) {
        const answer = await askKafka(context, { method: 'GET', path: unknown });
        expectStatus(answer, 404);
        expectEqual(answer, 'error_code', typeof jsonObject(answer).error_code, 'number');
      }
      return { kafka: true };
    },
  }),

  KafkaRestProduce: ofStage({
    title: `${ROUTE}: methods, content types and Accept reach the Kafka REST proxy`,
    requires: ['kafka'],
    skipReason: withoutKafka,
    async run(context) {
      const path = `/topics/${context.stream}`;
      const json = { method: 'POST', path, body: '{}', contentType: JSON_TYPE };
      const others = {
        'content type': { ...json, contentType: 'text/plain' },
        Accept: { ...json, headers: { accept: 'application/xml' } },
      };
      const refused = await askRefusedByKafka(context, json);
      if (await answersDirectly(context)) {
        await expectSame(context, json, refused);
        for (const other of [...Object.values(others), { method: 'GET', path }]) {
          await expectSame(context, other, await askRefusedByKafka(context, other));
        }
        return {};
      }
      for (const [name, other] of Object.entries(others)) {
        const answer = await askRefusedByKafka(context, other);
        if (answer.status !== refused.status) continue;
        throw new CheckFailure(`a different ${name} changes nothing: it does not arrive`, answer);
      }
      return {};
    },
  }),

  KafkaRestPreflight: ofStage({
    title: `OPTIONS ${kafkaRoute.path}: answers CORS preflights`,
    skipReason: (target) =>
      withoutKafka(target) ?? (corsOrigins(target).length === 0 ? 'no CORS origins' : undefined),
    async run(context) {
      const [allowed = ''] = corsOrigins(context.target);
      const answer = await context.api.send({
        method: 'OPTIONS',
        path: '/topics',
        headers: {
          origin: allowed === '*' ? 'https://verify.example' : allowed,
          'access-control-request-method': 'POST',
        },
        anonymous: true,
      });
      expectStatus(answer, 204);
      const name = 'access-control-allow-origin';
      expectEqual(answer, `header ${name}`, answer.headers[name], allowed);
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

/**
 * Asks for a route that the stage leaves out: the gateway refuses it, unless a Kafka REST proxy
 * gets what no route takes, and has nothing there either.
 */
export async function askLeftOut(
  context: CheckContext,
  id: EndpointId,
  { body }: Pick<Ask, 'body'> = {},
): Promise<void> {
  if (sharesApi(context.target)) return expectNoRoute(context, id, body);
  if (kafkaRestUrl(context.target) === undefined) {
    const anonymous = isBarred(context);
    await askRoute(context, id, 403, { anonymous, ...(body !== undefined && { body }) });
    return;
  }
  const { method, path } = endpointOf(id);
  const answer = await context.api.send({
    method,
    path: path.replace('{stream-name}', context.stream),
    passesThrough: true,
    ...(body !== undefined && { body }),
  });
  expectStatus(answer, [404, 405]);
}

/** No entrance is before a route that is not there: nobody needs a token to be told so. */
const isBarred = ({ access, target }: CheckContext) =>
  access.barredAt(entranceOfStage(target, 'write')) !== undefined;

/** An owner's route may answer in place of a missing one; only the endpoint itself must not. */
async function expectNoRoute(context: CheckContext, id: EndpointId, body: unknown): Promise<void> {
  const { method, path } = endpointOf(id);
  const answer = await context.api.send({
    method,
    path: path.replace('{stream-name}', context.stream),
    passesThrough: true,
    anonymous: isBarred(context),
    ...(body !== undefined && { body }),
  });
  if (answer.headers[DEPLOYMENT_HEADER.toLowerCase()] === undefined) return;
  throw new CheckFailure('the stage leaves this route out, but it answers', answer);
}

async function askKafka(context: CheckContext, request: ApiRequest): Promise<Exchange> {
  const answer = await context.api.send({ ...accepting(request), passesThrough: true });
  expectBackend(answer, context.target);
  return answer;
}

/** A request without Accept might get one on its way. */
const accepting = (request: ApiRequest): ApiRequest => ({
  ...request,
  headers: { accept: METADATA_TYPE, ...request.headers },
});

/** Which of a client's mistakes is found first is the proxy's own affair. */
async function askRefusedByKafka(context: CheckContext, request: ApiRequest): Promise<Exchange> {
  const answer = await askKafka(context, request);
  if (answer.status >= 400 && answer.status < 500) return answer;
  throw new CheckFailure(`expected a client error, got ${answer.status}`, answer);
}

/** True if the proxy itself can be reached from here too. */
async function answersDirectly(context: CheckContext): Promise<boolean> {
  const answer = await askBackend(context, { method: 'GET', path: '/topics' });
  return answer?.status === 200 && isListOfTopics(answer.body);
}

/** @throws CheckFailure where the gateway's answer is not what the proxy says itself */
async function expectSame(
  context: CheckContext,
  request: ApiRequest,
  answer: Exchange,
): Promise<void> {
  const own = await askBackend(context, accepting(request));
  // A transient fault there proves nothing about the API.
  if (own === undefined || own.status === 429 || own.status >= 500) return;
  const actual = inShort(answer.status, answer.headers['content-type'], answer.body);
  const expected = inShort(own.status, own.contentType, own.body);
  if (actual === expected) return;
  throw new CheckFailure(
    `the Kafka REST proxy itself answers ${expected}, but through the API it is ${actual}`,
    answer,
  );
}

/** Status, type and Kafka's own code; messages may name what is different each time. */
function inShort(status: number, contentType: string | undefined, body: string): string {
  const { error_code: code } = (parsed(body) ?? {}) as { error_code?: unknown };
  const type = contentType?.replace(/;.*/, '').trim() || 'no type';
  return `${status} (${[type, ...(code === undefined ? [] : [`error_code ${code}`])].join(', ')})`;
}

/** The gateway's own errors bear the deployment's id, what Kafka answers does not. */
function expectBackend(answer: Exchange, target: Target): void {
  if (answer.headers[DEPLOYMENT_HEADER.toLowerCase()] === undefined) return;
  const { code, message } = jsonObject(answer);
  throw new CheckFailure(
    `API Gateway gets no answer from the Kafka REST proxy at ${kafkaRestUrl(target)} (${code}: ${message}). It must be running and reachable from API Gateway: for AWS, on the public internet, with a certificate of a known authority`,
    answer,
  );
}

function isListOfTopics(body: string): boolean {
  const names = parsed(body);
  return Array.isArray(names) && names.every((name) => typeof name === 'string');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
