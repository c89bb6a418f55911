import { UpdateIntegrationCommand } from '@aws-sdk/client-api-gateway';
import { kafkaRoute } from '../../../resources/kafka';
import { logicalIds } from '../../../resources/logical-ids';
import { physicalId, replace } from '../by-hand';
import { type Damage, type MethodProperties, properties, without } from '../damage';
import type { Fault } from '../fault';
import { KAFKA_REST_URL, type Parameters } from '../stage';

const ROUTE = `${kafkaRoute.method} ${kafkaRoute.path}`;
const PREFLIGHT = logicalIds.preflight(kafkaRoute.path);

type KafkaMethod = Omit<MethodProperties, 'Integration'> & {
  Integration: { Type: string; Uri: string; IntegrationHttpMethod: string } & Pick<
    MethodProperties['Integration'],
    'RequestParameters'
  >;
};

const method =
  (change: (method: KafkaMethod) => void): Damage =>
  (template) =>
    change(properties<KafkaMethod>(template, logicalIds.kafkaMethod));

/** A stage that sends what no route takes to a sound Kafka REST proxy. */
function fault(given: Omit<Fault, 'class' | 'blames'> & Partial<Pick<Fault, 'blames'>>): Fault {
  const parameters: Parameters = { kafkaRestUrl: KAFKA_REST_URL, ...given.parameters };
  return { class: 'kafka', blames: { says: ROUTE }, ...given, parameters };
}

const DOWN = 'https://kafka-rest-down.example:8082';

/** What goes to the Kafka REST proxy, and does not arrive as it was sent. */
export const kafkaFaults: readonly Fault[] = [
  fault({
    id: 'kafka-down',
    broken: 'The Kafka REST proxy is down, or out of reach',
    blames: { says: `no answer of the Kafka REST proxy at ${DOWN}` },
    caughtBy: ['KafkaRest'],
    parameters: { kafkaRestUrl: DOWN },
  }),
  fault({
    id: 'kafka-uri-elsewhere',
    broken: 'The URI names another host',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.Uri = `${DOWN}/{proxy}`;
    }),
  }),
  fault({
    id: 'kafka-uri-without-path',
    broken: 'The URI is the topics, whatever the path',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.Uri = `${KAFKA_REST_URL}/topics`;
      delete Integration.RequestParameters['integration.request.path.proxy'];
    }),
  }),
  fault({
    id: 'kafka-path-unmapped',
    broken: 'The path is not mapped to the URI',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      delete Integration.RequestParameters['integration.request.path.proxy'];
    }),
  }),
  fault({
    id: 'kafka-type-http',
    broken: 'The integration is HTTP and no proxy',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.Type = 'HTTP';
    }),
  }),
  fault({
    id: 'kafka-one-segment',
    broken: 'The path takes one segment, {proxy}',
    caughtBy: ['KafkaRest'],
    template(template) {
      properties(template, logicalIds.resource(kafkaRoute.path)).PathPart = '{proxy}';
    },
  }),
  fault({
    id: 'kafka-get-only',
    broken: 'The method is GET and not ANY',
    caughtBy: ['KafkaRestProduce'],
    template: method((declared) => {
      declared.HttpMethod = 'GET';
    }),
  }),
  fault({
    id: 'kafka-always-get',
    broken: 'The Kafka REST proxy is called with GET, whatever the method',
    caughtBy: ['KafkaRestProduce'],
    template: method(({ Integration }) => {
      Integration.IntegrationHttpMethod = 'GET';
    }),
  }),
  fault({
    id: 'kafka-accept-lost',
    broken: 'Accept is replaced on the way',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.RequestParameters['integration.request.header.Accept'] = "'application/json'";
    }),
  }),
  fault({
    id: 'kafka-open',
    broken: 'The route asks for no signature where the stage does',
    caughtBy: ['KafkaRestClosed'],
    parameters: { authorization: 'AWS_IAM' },
    template: method((declared) => {
      declared.AuthorizationType = 'NONE';
    }),
  }),
  fault({
    id: 'kafka-without-key',
    broken: 'The route asks for no key where the stage does',
    caughtBy: ['KafkaRestClosed'],
    parameters: { authorization: 'API_KEY' },
    template: method((declared) => {
      declared.ApiKeyRequired = false;
    }),
  }),
  fault({
    id: 'kafka-preflight-missing',
    broken: 'There is no OPTIONS method, so that Kafka is asked',
    blames: { says: `OPTIONS ${kafkaRoute.path}` },
    caughtBy: ['KafkaRestPreflight'],
    parameters: { corsOrigins: 'https://app.example.com' },
    template: without(PREFLIGHT),
  }),
  fault({
    id: 'kafka-missing',
    broken: 'The stack has no such route, although the stage names a Kafka REST proxy',
    caughtBy: ['KafkaRest'],
    template: without(logicalIds.kafkaMethod),
  }),
  fault({
    id: 'kafka-key-handed-on',
    broken: 'The API key goes on to the Kafka REST proxy',
    blames: { says: logicalIds.kafkaMethod },
    caughtBy: ['Repository'],
    parameters: { authorization: 'API_KEY' },
    comparesCheckout: true,
    template: method(({ Integration }) => {
      delete Integration.RequestParameters['integration.request.header.x-api-key'];
    }),
  }),
  fault({
    id: 'kafka-uri-by-hand',
    broken: 'Somebody changed the URI with the console, not deployed',
    caughtBy: ['Drift', 'Served'],
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateIntegrationCommand({
          restApiId: stage.target.restApiId,
          resourceId: physicalId(stage, logicalIds.resource(kafkaRoute.path)),
          httpMethod: kafkaRoute.method,
          patchOperations: replace('/uri', `${DOWN}/{proxy}`),
        }),
      );
    },
  }),
];
