import { doorOf } from '../authorization/doors';
import { either, getAtt, type Resources, ref, resource, sub, type Value } from '../cloudformation';
import { requestModels } from '../contracts/models';
import { DEPLOYMENT_HEADER } from '../deployment-header';
import { restApiId } from '../existing-api';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from '../streams/declared';
import { eventAnswers } from './answers';
import { corsOf } from './cors';
import type { EventRoute } from './routes';
import { type BodyKind, bodyOf } from './senders';
import { requestTemplate } from './templates';

/** The methods of the event endpoints. */
export const eventMethods = (routes: readonly EventRoute[]): Resources =>
  Object.fromEntries(
    routes.map((route) => [
      logicalIds.eventMethod(route.path),
      resource('AWS::ApiGateway::Method', {
        RestApiId: restApiId,
        ResourceId: ref(logicalIds.resource(route.path)),
        HttpMethod: route.method,
        ...doorOf(route.stream),
        RequestValidatorId: ref(logicalIds.requestValidator),
        RequestModels: requestModels(route),
        Integration: integration(route),
        MethodResponses: eventAnswers(route).map(({ status, headers }) => ({
          StatusCode: status,
          ResponseParameters: {
            [`method.response.header.${DEPLOYMENT_HEADER}`]: false,
            ...corsOf(route.stream).declared,
            ...renamed(headers, () => false),
          },
        })),
      }),
    ]),
  );

function integration(route: EventRoute) {
  const cors = corsOf(route.stream);
  return {
    Type: 'AWS' as const,
    IntegrationHttpMethod: 'POST',
    Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/${route.action}`),
    Credentials: getAtt(logicalIds.eventsRole, 'Arn'),
    RequestParameters: {
      'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
    },
    RequestTemplates: Object.fromEntries(
      route.bodies.flatMap((kind) => {
        const template = templateOf(route.stream, kind);
        return bodyOf(kind).contentTypes.map((type) => [type, template]);
      }),
    ),
    PassthroughBehavior: 'NEVER' as const,
    IntegrationResponses: eventAnswers(route).map(({ status, pattern, template, headers }) => ({
      StatusCode: status,
      ...(pattern && { SelectionPattern: pattern }),
      ResponseParameters: {
        [`method.response.header.${DEPLOYMENT_HEADER}`]: 'context.deploymentId',
        ...cors.headers,
        ...renamed(headers, (value) => value),
      },
      ResponseTemplates: cors.templates(template),
    })),
  };
}

/** A stream that leaves its door to the stage learns of senders only where that has an authorizer. */
function templateOf(stream: DeclaredStream, kind: BodyKind): Value<string> {
  const template = (isNamed?: boolean) => requestTemplate(stream, kind, isNamed);
  return stream.authorization === 'stage'
    ? either('WritesByAuthorizer', template(true), template(false))
    : template();
}

/** Response headers as parameters of a method's responses. */
const renamed = <From, To>(headers: Readonly<Record<string, From>>, to: (value: From) => To) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, to(value)]),
  );
