import { either, getAtt, type Resources, ref, resource, sub } from '../cloudformation';
import { corsHeaders, corsHeadersDeclared, responseTemplates } from '../cors';
import { DEPLOYMENT_HEADER } from '../deployment-header';
import { restApiId } from '../existing-api';
import { logicalIds } from '../logical-ids';
import type { EventRoute } from './routes';
import { BODIES } from './senders';
import { requestTemplate } from './templates';

const STATUSES = [
  { status: '200', pattern: '2\\d{2}', template: undefined },
  { status: '400', pattern: '4\\d{2}', template: 'Error.response' },
  { status: '502', pattern: undefined, template: 'Error.response' },
] as const;

/** The methods of the event endpoints. */
export const eventMethods = (routes: readonly EventRoute[]): Resources =>
  Object.fromEntries(
    routes.map((route) => [
      logicalIds.eventMethod(route.path),
      resource('AWS::ApiGateway::Method', {
        RestApiId: restApiId,
        ResourceId: ref(logicalIds.resource(route.path)),
        HttpMethod: route.method,
        AuthorizationType: either('RequiresSignature', 'AWS_IAM', 'NONE'),
        ApiKeyRequired: either('RequiresKey', true, false),
        RequestValidatorId: ref(logicalIds.requestValidator),
        Integration: {
          Type: 'AWS',
          IntegrationHttpMethod: 'POST',
          Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/PutRecord`),
          Credentials: getAtt(logicalIds.eventsRole, 'Arn'),
          RequestParameters: {
            'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
          },
          RequestTemplates: Object.fromEntries(
            route.bodies.flatMap((kind) =>
              BODIES[kind].contentTypes.map((type) => [type, requestTemplate(route.stream, kind)]),
            ),
          ),
          PassthroughBehavior: 'NEVER',
          IntegrationResponses: STATUSES.map(({ status, pattern, template }) => ({
            StatusCode: status,
            ...(pattern && { SelectionPattern: pattern }),
            ResponseParameters: {
              [`method.response.header.${DEPLOYMENT_HEADER}`]: 'context.deploymentId',
              ...corsHeaders,
            },
            ResponseTemplates: responseTemplates(template),
          })),
        },
        MethodResponses: STATUSES.map(({ status }) => ({
          StatusCode: status,
          ResponseParameters: {
            [`method.response.header.${DEPLOYMENT_HEADER}`]: false,
            ...corsHeadersDeclared,
          },
        })),
      }),
    ]),
  );
