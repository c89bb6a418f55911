import { DEPLOYMENT_HEADER } from '../../../resources/deployment-header';
import { kafkaRoute } from '../../../resources/kafka';
import { type Action, routeOf } from '../../../resources/routes';
import type { ApiRequest, Exchange } from '../api-client';
import { type Ask, askPath, ask as askRoute, expectEqual, expectStatus, jsonObject } from '../ask';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { corsOrigins, isOpen, kafkaRestUrl, sharesApi, type Target } from '../target';
import { ofStage } from './define';

// Nothing here makes a topic or a record: topics are asked for that are not there, and what is posted
// are requests that no Kafka REST proxy takes.

const METADATA_TYPE = 'application/vnd.kafka.v2+json';
const JSON_TYPE = 'application/vnd.kafka.json.v2+json';
const TOPIC_NOT_FOUND = 40401;

const ROUTE = `${kafkaRoute.method} ${kafkaRoute.path}`;

const withoutKafka = (target: Target) =>
  kafkaRestUrl(target) === undefined ? 'the stage has no Kafka REST proxy' : undefined;

/** The Kafka REST proxy behind the API. Its answers must come through as it gives them. */
export const kafkaChecks = {
  KafkaRestClosed: ofStage({
    title: `${ROUTE}: refuses a request without signature or key`,
    leftOut: (target) => withoutKafka(target) ?? (isOpen(target) ? 'the stage is open' : undefined),
    async run(context) {
      await askPath(context, 403, { method: 'GET', path: '/topics', anonymous: true });
      return {};
    },
  }),

  KafkaRest: ofStage({
    title: `${ROUTE}: the Kafka REST proxy answers`,
    provides: ['kafka'],
    leftOut: withoutKafka,
    async run(context) {
      const topics = await askKafka(context, 200, { method: 'GET', path: '/topics' });
      const names = parsed(topics);
      if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
        throw new CheckFailure('the answer is no list of topics, as GET /topics has one', topics);
      }
      const path = `/topics/${context.stream}`;
      for (const unknown of [path, `${path}/partitions/0`]) {
        const answer = await askKafka(context, 404, { method: 'GET', path: unknown });
        expectEqual(answer, 'error_code', jsonObject(answer).error_code, TOPIC_NOT_FOUND);
      }
      return { kafka: true };
    },
  }),

  KafkaRestProduce: ofStage({
    title: `${ROUTE}: methods and content types reach the Kafka REST proxy`,
    requires: ['kafka'],
    leftOut: withoutKafka,
    async run(context) {
      const request = { method: 'POST', path: `/topics/${context.stream}` };
      const form = { body: 'a=b', contentType: 'application/x-www-form-urlencoded' };
      await askKafka(context, 415, { ...request, ...form });
      // Whether the topic or the missing records are looked at first is the proxy's own affair.
      await askKafka(context, [404, 422], { ...request, body: {}, contentType: JSON_TYPE });
      return {};
    },
  }),

  KafkaRestPreflight: ofStage({
    title: `OPTIONS ${kafkaRoute.path}: says what pages may do`,
    leftOut: (target) =>
      withoutKafka(target) ??
      (corsOrigins(target).length === 0 ? 'the stage allows no origins' : undefined),
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
 * Asks for a route that the stage leaves out: the gateway refuses it, unless a Kafka REST proxy gets
 * what no route takes, and has nothing there either.
 */
export async function askLeftOut(
  context: CheckContext,
  action: Action,
  { body }: Pick<Ask, 'body'> = {},
): Promise<void> {
  if (sharesApi(context.target)) return expectNoRoute(context, action, body);
  if (kafkaRestUrl(context.target) === undefined) {
    await askRoute(context, action, 403, body === undefined ? {} : { body });
    return;
  }
  const { method, path } = routeOf(action);
  const answer = await context.api.send({
    method,
    path: path.replace('{stream-name}', context.stream),
    passesThrough: true,
    ...(body !== undefined && { body }),
  });
  expectStatus(answer, [404, 405]);
}

/** Who answers in the place of a route that is left out is the API owner's affair: only not the route. */
async function expectNoRoute(context: CheckContext, action: Action, body: unknown): Promise<void> {
  const { method, path } = routeOf(action);
  const answer = await context.api.send({
    method,
    path: path.replace('{stream-name}', context.stream),
    passesThrough: true,
    ...(body !== undefined && { body }),
  });
  if (answer.headers[DEPLOYMENT_HEADER.toLowerCase()] === undefined) return;
  throw new CheckFailure('the stage leaves this route out, and it answers', answer);
}

async function askKafka(
  context: CheckContext,
  status: number | readonly number[],
  request: ApiRequest,
): Promise<Exchange> {
  const answer = await context.api.send({
    ...request,
    headers: { accept: METADATA_TYPE },
    passesThrough: true,
  });
  expectBackend(answer, context.target);
  expectStatus(answer, status);
  const type = answer.headers['content-type'];
  expectEqual(answer, 'the content type', type?.replace(/;.*/, '').trim(), METADATA_TYPE);
  return answer;
}

/** The gateway's own errors bear the deployment's id, what Kafka answers does not. */
function expectBackend(answer: Exchange, target: Target): void {
  if (answer.headers[DEPLOYMENT_HEADER.toLowerCase()] === undefined) return;
  const { code, message } = jsonObject(answer);
  throw new CheckFailure(
    `API Gateway has no answer of the Kafka REST proxy at ${kafkaRestUrl(target)} (${code}: ${message}). It must run, and be reachable from where API Gateway is: for AWS, on the public internet and with a certificate of a known authority`,
    answer,
  );
}

function parsed({ body }: Exchange): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
