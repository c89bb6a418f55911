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
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';
import { CONTENT_TYPES } from './models';
import { type Action, type Route, routes } from './routes';
import { templateFile } from './template-files';

type Integration = NonNullable<Resource<'AWS::ApiGateway::Method'>['Properties']['Integration']>;
type Row = Route & { readonly action: Action };

const rows: readonly Row[] = routes;

/**
 * Which answer of Kinesis becomes which status. API Gateway matches the pattern against Kinesis's
 * status; without the first row's pattern it would take 200 for everything, failed writes included.
 * The last row has no pattern, so what nobody foresaw is an error too.
 */
const STATUSES = [
  { status: '200', pattern: '2\\d{2}', template: undefined },
  // Kinesis answers nearly every error with 400; the template finds the status that says what it was.
  { status: '400', pattern: '4\\d{2}', template: 'Error.response' },
  { status: '502', pattern: undefined, template: 'Error.response' },
] as const;

/** One method a route, each calling its Kinesis action directly. */
export const methods: Resources = Object.fromEntries(
  rows.map((route) => [
    logicalIds.method(route.action),
    resource(
      'AWS::ApiGateway::Method',
      {
        RestApiId: restApiId,
        ResourceId: ref(logicalIds.resource(route.path)),
        HttpMethod: route.method,
        OperationName: route.action,
        AuthorizationType: either('RequiresSignature', 'AWS_IAM', 'NONE'),
        ApiKeyRequired: either('RequiresKey', true, false),
        RequestParameters: requestParameters(route),
        RequestValidatorId: ref(logicalIds.requestValidator),
        ...(route.model && { RequestModels: requestModels(route.model) }),
        Integration: integration(route),
        MethodResponses: STATUSES.map(({ status }) => ({
          StatusCode: status,
          ResponseParameters: {
            [`method.response.header.${DEPLOYMENT_HEADER}`]: false,
            ...corsHeadersDeclared,
          },
        })),
      },
      route.managesStreams && { Condition: 'ManagesStreams' },
    ),
  ]),
);

function requestParameters({ path, query = {}, headers = [] }: Row): Record<string, boolean> {
  const names = [...path.matchAll(/\{([^}+]+)\}/g)].map((match) => match[1]);
  return Object.fromEntries([
    ...names.map((name) => [`method.request.path.${name}`, true]),
    ...Object.entries(query).map(([name, required]) => [
      `method.request.querystring.${name}`,
      required,
    ]),
    ...headers.map((name) => [`method.request.header.${name}`, false]),
  ]);
}

function requestModels(model: NonNullable<Row['model']>) {
  return Object.fromEntries(
    CONTENT_TYPES.map((contentType) => [contentType, ref(logicalIds.model(model, contentType))]),
  );
}

function integration({ action, model, responseTemplate }: Row): Integration {
  return {
    Type: 'AWS',
    // Kinesis's actions are all POST, whatever the method's own verb is.
    IntegrationHttpMethod: 'POST',
    Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/${action}`),
    Credentials: getAtt(logicalIds.role, 'Arn'),
    RequestParameters: {
      'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
    },
    RequestTemplates: {
      'application/json': templateFile(`${action}.request`),
      // Without a body there is nothing that could be Kinesis's own JSON.
      'application/x-amz-json-1.1': templateFile(model ? `${action}.kinesis` : `${action}.request`),
    },
    PassthroughBehavior: 'NEVER',
    IntegrationResponses: STATUSES.map(({ status, pattern, template }) => ({
      StatusCode: status,
      ...(pattern && { SelectionPattern: pattern }),
      ResponseParameters: {
        [`method.response.header.${DEPLOYMENT_HEADER}`]: 'context.deploymentId',
        ...corsHeaders,
      },
      ResponseTemplates: responseTemplates(template ?? responseTemplate),
    })),
  };
}
