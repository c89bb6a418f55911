import {
  either,
  getAtt,
  type Resource,
  type Resources,
  ref,
  resource,
  sub,
} from './cloudformation';
import { corsHeaders, corsHeadersDeclared, responseTemplates } from './cors';
import { DEPLOYMENT_HEADER } from './deployment-header';
import { type Endpoint, type EndpointId, endpoints } from './endpoints';
import { CONTENT_TYPES } from './endpoints/shared/content-types';
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';
import { templateFile } from './template-files';

type Integration = NonNullable<Resource<'AWS::ApiGateway::Method'>['Properties']['Integration']>;

/**
 * Which answer of Kinesis becomes which status. API Gateway matches the pattern against Kinesis's
 * status; without the first row's pattern it would answer 200 to everything, failed writes included.
 * The last row has no pattern: it catches all other answers, so that they are errors too.
 */
const STATUSES = [
  { status: '200', pattern: '2\\d{2}', template: undefined },
  // Kinesis answers nearly every error with 400; the template finds the status that says what it was.
  { status: '400', pattern: '4\\d{2}', template: 'Error.response' },
  { status: '502', pattern: undefined, template: 'Error.response' },
] as const;

/** One method for each endpoint, calling its Kinesis action directly. */
export const methods: Resources = Object.fromEntries(
  endpoints.map((endpoint) => [
    logicalIds.method(endpoint.id),
    resource(
      'AWS::ApiGateway::Method',
      {
        RestApiId: restApiId,
        ResourceId: ref(logicalIds.resource(endpoint.path)),
        HttpMethod: endpoint.method,
        OperationName: endpoint.id,
        AuthorizationType: either('RequiresSignature', 'AWS_IAM', 'NONE'),
        ApiKeyRequired: either('RequiresKey', true, false),
        RequestParameters: requestParameters(endpoint),
        RequestValidatorId: ref(logicalIds.requestValidator),
        ...requestModels(endpoint),
        Integration: integration(endpoint),
        MethodResponses: STATUSES.map(({ status }) => ({
          StatusCode: status,
          ResponseParameters: {
            [`method.response.header.${DEPLOYMENT_HEADER}`]: false,
            ...corsHeadersDeclared,
          },
        })),
      },
      endpoint.managesStreams && { Condition: 'ManagesStreams' },
    ),
  ]),
);

function requestParameters({ path, query = {}, headers = {} }: Endpoint): Record<string, boolean> {
  const names = [...path.matchAll(/\{([^}+]+)\}/g)].map((match) => match[1]);
  return Object.fromEntries([
    ...names.map((name) => [`method.request.path.${name}`, true]),
    ...Object.entries(query).map(([name, { required }]) => [
      `method.request.querystring.${name}`,
      required === true,
    ]),
    ...Object.entries(headers).map(([name, { required }]) => [
      `method.request.header.${name}`,
      required === true,
    ]),
  ]);
}

function requestModels({ id, requests }: Endpoint<EndpointId>) {
  const types = CONTENT_TYPES.filter((type) => requests[type]?.body !== undefined);
  if (types.length === 0) return {};
  return {
    RequestModels: Object.fromEntries(types.map((type) => [type, ref(logicalIds.model(id, type))])),
  };
}

function integration({ action, requests, answer }: Endpoint): Integration {
  return {
    Type: 'AWS',
    // Kinesis's actions are all POST, whatever the method's own verb is.
    IntegrationHttpMethod: 'POST',
    Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/${action}`),
    Credentials: getAtt(logicalIds.role, 'Arn'),
    RequestParameters: {
      'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
    },
    RequestTemplates: Object.fromEntries(
      Object.entries(requests).map(([type, { template }]) => [type, templateFile(template)]),
    ),
    PassthroughBehavior: 'NEVER',
    IntegrationResponses: STATUSES.map(({ status, pattern, template }) => ({
      StatusCode: status,
      ...(pattern && { SelectionPattern: pattern }),
      ResponseParameters: {
        [`method.response.header.${DEPLOYMENT_HEADER}`]: 'context.deploymentId',
        ...corsHeaders,
      },
      ResponseTemplates: responseTemplates(template ?? answer.template),
    })),
  };
}
