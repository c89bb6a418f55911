import { either, NO_VALUE, type Resource, type Resources, ref, resource } from './cloudformation';
import { headersOfPreflight, preflightMethod } from './cors';
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';
import { parentOf } from './rest-api';

// The Kafka REST proxy beside the Kinesis routes, where the stage names one: what no route takes goes
// there as it came, and its answers come back as they are. The routes keep their paths and methods.

/** The one route that calls no action of Kinesis; its name is the verifier's check, too. */
export const kafkaRoute = { name: 'KafkaRest', method: 'ANY', path: '/{proxy+}' } as const;

/** What stands in the place of the caller's secrets: mappings can replace headers, not drop them. */
const WITHHELD = "'withheld'";

type Integration = NonNullable<Resource<'AWS::ApiGateway::Method'>['Properties']['Integration']>;

/** The lesson's integration, and what lets callers in must not go on to another service. */
const integration: Integration = {
  Type: 'HTTP_PROXY',
  IntegrationHttpMethod: 'ANY',
  Uri: '${param:kafkaRestUrl}/{proxy}',
  PassthroughBehavior: 'WHEN_NO_MATCH',
  RequestParameters: {
    'integration.request.path.proxy': 'method.request.path.proxy',
    'integration.request.header.x-api-key': either('RequiresKey', WITHHELD, NO_VALUE),
    // API Gateway keeps the signature to itself, and hands on what is signed with.
    'integration.request.header.X-Amz-Security-Token': either(
      'RequiresSignature',
      WITHHELD,
      NO_VALUE,
    ),
  },
};

/** All that Kafka REST proxies of versions 2 and 3 know. */
const METHODS = "'GET,POST,PUT,PATCH,DELETE,HEAD'";

/** The methods, which the deployment has to come after. */
export const kafkaMethods: Resources = {
  [logicalIds.kafkaMethod]: resource(
    'AWS::ApiGateway::Method',
    {
      RestApiId: restApiId,
      ResourceId: ref(logicalIds.resource(kafkaRoute.path)),
      HttpMethod: kafkaRoute.method,
      OperationName: kafkaRoute.name,
      AuthorizationType: either('RequiresSignature', 'AWS_IAM', 'NONE'),
      ApiKeyRequired: either('RequiresKey', true, false),
      RequestParameters: { 'method.request.path.proxy': true },
      Integration: integration,
    },
    { Condition: 'HasKafka' },
  ),
  // The gateway's own, although ANY takes OPTIONS as well: browsers sign no preflight. That pages may
  // read Kafka's answers is for the Kafka REST proxy to say (access.control.allow.origin).
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
