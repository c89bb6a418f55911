import { UpdateIntegrationCommand } from '@aws-sdk/client-api-gateway';
import { kafkaRoute } from '../../../resources/kafka-route';
import { logicalIds } from '../../../resources/logical-ids';
import { KAFKA_REST_URL, KARAPACE_URL } from '../backends';
import { physicalId, replace } from '../by-hand';
import { type Damage, type MethodProperties, properties, without } from '../damage';
import type { Fault } from '../fault';

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

/** Confluent's proxy, and Karapace, which speaks the same API and answers otherwise. */
const MAKES = {
  kafka: ['', KAFKA_REST_URL],
  karapace: [' (Karapace)', KARAPACE_URL],
} as const;

type Make = keyof typeof MAKES;

/** Faults of a stage that sends what no route takes to a sound Kafka REST proxy of some make. */
const faultsOf = (make: Make): Fault[] => {
  const [suffix, url] = MAKES[make];
  const fault = (
    given: Omit<Fault, 'class' | 'blames'> & Partial<Pick<Fault, 'blames'>>,
  ): Fault => ({
    class: 'kafka',
    blames: { says: ROUTE },
    ...given,
    id: `${make}-${given.id}`,
    broken: given.broken + suffix,
    parameters: { kafkaRestUrl: url, ...given.parameters },
  });
  return rowsOf(fault, url);
};

const DOWN = 'https://kafka-rest-down.example:8082';

const rowsOf = (
  fault: (given: Omit<Fault, 'class' | 'blames'> & Partial<Pick<Fault, 'blames'>>) => Fault,
  url: string,
): Fault[] => [
  fault({
    id: 'down',
    broken: 'The Kafka REST proxy is down, or out of reach',
    blames: { says: `no answer from the Kafka REST proxy at ${DOWN}` },
    caughtBy: ['KafkaRest'],
    parameters: { kafkaRestUrl: DOWN },
  }),
  fault({
    id: 'uri-elsewhere',
    broken: 'The URI names another host',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.Uri = `${DOWN}/{proxy}`;
    }),
  }),
  fault({
    id: 'uri-without-path',
    broken: 'The URI is the topics, whatever the path',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.Uri = `${url}/topics`;
      delete Integration.RequestParameters['integration.request.path.proxy'];
    }),
  }),
  fault({
    id: 'path-unmapped',
    broken: 'The path is not mapped to the URI',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      delete Integration.RequestParameters['integration.request.path.proxy'];
    }),
  }),
  fault({
    id: 'type-http',
    broken: 'The integration is HTTP and no proxy',
    caughtBy: ['KafkaRest'],
    template: method(({ Integration }) => {
      Integration.Type = 'HTTP';
    }),
  }),
  fault({
    id: 'one-segment',
    broken: 'The path takes one segment, {proxy}',
    caughtBy: ['KafkaRest'],
    template(template) {
      properties(template, logicalIds.resource(kafkaRoute.path)).PathPart = '{proxy}';
    },
  }),
  fault({
    id: 'get-only',
    broken: 'The method is GET and not ANY',
    caughtBy: ['KafkaRestProduce'],
    template: method((declared) => {
      declared.HttpMethod = 'GET';
    }),
  }),
  fault({
    id: 'always-get',
    broken: 'The Kafka REST proxy is called with GET, whatever the method',
    caughtBy: ['KafkaRestProduce'],
    template: method(({ Integration }) => {
      Integration.IntegrationHttpMethod = 'GET';
    }),
  }),
  fault({
    id: 'accept-lost',
    broken: 'Accept is replaced on the way',
    caughtBy: ['KafkaRestProduce'],
    template: method(({ Integration }) => {
      Integration.RequestParameters['integration.request.header.Accept'] = "'application/json'";
    }),
  }),
  fault({
    id: 'open',
    broken: 'The route asks for no signature where the stage does',
    caughtBy: ['KafkaRestClosed'],
    parameters: { authorization: 'AWS_IAM' },
    template: method((declared) => {
      declared.AuthorizationType = 'NONE';
    }),
  }),
  fault({
    id: 'without-key',
    broken: 'The route asks for no key where the stage does',
    caughtBy: ['KafkaRestClosed'],
    parameters: { authorization: 'API_KEY' },
    template: method((declared) => {
      declared.ApiKeyRequired = false;
    }),
  }),
  fault({
    id: 'preflight-missing',
    broken: 'There is no OPTIONS method, so that Kafka is asked',
    blames: { says: `OPTIONS ${kafkaRoute.path}` },
    caughtBy: ['KafkaRestPreflight'],
    parameters: { corsOrigins: 'https://app.example.com' },
    template: without(PREFLIGHT),
  }),
  fault({
    id: 'missing',
    broken: 'The stack has no such route, although the stage names a Kafka REST proxy',
    caughtBy: ['KafkaRest'],
    template: without(logicalIds.kafkaMethod),
  }),
  fault({
    id: 'key-handed-on',
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
    id: 'uri-by-hand',
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

/** Faults of requests to the Kafka REST proxy, which do not arrive unchanged. */
export const kafkaFaults: readonly Fault[] = (Object.keys(MAKES) as Make[]).flatMap(faultsOf);
