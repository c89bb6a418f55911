import { doorOf } from './authorization/doors';
import { either, NO_VALUE, type Resource, type Resources, ref, resource } from './cloudformation';
import { headersOfPreflight, preflightMethod } from './cors';
import { restApiId } from './existing-api';
import { kafkaRoute } from './kafka-route';
import { logicalIds } from './logical-ids';
import { parentOf } from './rest-api';

// A Kafka REST proxy next to the Kinesis routes, if the stage names one. Requests that match no
// route are passed to it unchanged, and so are its answers. The Kinesis routes take precedence.

/** Replaces the caller's secrets: mappings can overwrite headers but not drop them. */
export const WITHHELD = "'withheld'";

type Integration = NonNullable<Resource<'AWS::ApiGateway::Method'>['Properties']['Integration']>;

/** The lesson's integration, except that the caller's credentials are withheld. */
const integration: Integration = {
  Type: 'HTTP_PROXY',
  IntegrationHttpMethod: 'ANY',
  Uri: '${param:kafkaRestUrl}/{proxy}',
  PassthroughBehavior: 'WHEN_NO_MATCH',
  RequestParameters: {
    'integration.request.path.proxy': 'method.request.path.proxy',
    'integration.request.header.x-api-key': either('TakesKeys', WITHHELD, NO_VALUE),
    // API Gateway drops the signature but forwards the session token.
    'integration.request.header.X-Amz-Security-Token': either(
      'TakesSignatures',
      WITHHELD,
      NO_VALUE,
    ),
  },
};

/** The methods of Kafka's REST API, versions 2 and 3. */
const METHODS = "'GET,POST,PUT,PATCH,DELETE,HEAD'";

/** The methods, after which the deployment must be created. */
export const kafkaMethods: Resources = {
  [logicalIds.kafkaMethod]: resource(
    'AWS::ApiGateway::Method',
    {
      RestApiId: restApiId,
      ResourceId: ref(logicalIds.resource(kafkaRoute.path)),
      HttpMethod: kafkaRoute.method,
      OperationName: kafkaRoute.name,
      ...doorOf('write'),
      RequestParameters: { 'method.request.path.proxy': true },
      Integration: integration,
    },
    { Condition: 'HasKafka' },
  ),
  // Needed although ANY includes OPTIONS, because browsers do not sign preflights. The Kafka REST
  // proxy itself decides which pages may read its answers (access.control.allow.origin).
  [logicalIds.preflight(kafkaRoute.path)]: preflightMethod(
    kafkaRoute.path,
    headersOfPreflight(['Accept'], METHODS),
    'KafkaAllowsOrigins',
  ),
};

export const kafka: Resources = {
  [logicalIds.resource(kafkaRoute.path)]: resource(
    'AWS::ApiGateway::Resource',
    {
      RestApiId: restApiId,
      ParentId: parentOf(kafkaRoute.path),
      PathPart: '{proxy+}',
    },
    { Condition: 'HasKafka' },
  ),
  ...kafkaMethods,
};
