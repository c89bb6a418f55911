import { doorOf, type StageDoor, stageDoorOf } from './authorization/doors';
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
 * Maps Kinesis's status, which API Gateway matches against the patterns, to the API's. Without the
 * first row's pattern, failed writes would be answered with 200. The last row has no pattern and
 * catches everything else, so that it is an error too.
 */
const STATUSES = [
  { status: '200', pattern: '2\\d{2}', template: undefined },
  // Kinesis answers 400 to nearly every error; the template sets a more precise status.
  { status: '400', pattern: '4\\d{2}', template: 'Error.response' },
  { status: '502', pattern: undefined, template: 'Error.response' },
] as const;

/** One method per endpoint, which calls its Kinesis action directly. */
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
        ...doorOf(stageDoorOf(endpoint)),
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

/** Puts who was let in into the access log, where an authorizer says it. */
function whoIsNamed(door: StageDoor, template: string) {
  return either(
    door === 'read' ? 'ReadsByAuthorizer' : 'WritesByAuthorizer',
    `${templateFile('Principal.request')}${template}`,
    template,
  );
}

function requestModels({ id, requests }: Endpoint<EndpointId>) {
  const types = CONTENT_TYPES.filter((type) => requests[type]?.body !== undefined);
  if (types.length === 0) return {};
  return {
    RequestModels: Object.fromEntries(types.map((type) => [type, ref(logicalIds.model(id, type))])),
  };
}

function integration({ method, action, requests, answer }: Endpoint): Integration {
  return {
    Type: 'AWS',
    // Kinesis accepts only POST, whatever the endpoint's own method is.
    IntegrationHttpMethod: 'POST',
    Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/${action}`),
    Credentials: getAtt(logicalIds.role, 'Arn'),
    RequestParameters: {
      'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
    },
    RequestTemplates: Object.fromEntries(
      Object.entries(requests).map(([type, { template }]) => [
        type,
        whoIsNamed(stageDoorOf({ method }), templateFile(template)),
      ]),
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
