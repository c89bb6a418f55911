import type { Properties, ResourceContext, ResourceHandler } from '../../core/resource-handler';
import { buildIntegrationResponse } from '../entities/integration-responses';
import type { IntegrationSupport } from '../entities/integration-target';
import { buildIntegration } from '../entities/integrations';
import {
  buildMethod,
  buildMethodResponse,
  deleteMethod,
  methodOf,
  putMethod,
} from '../entities/methods';
import { resourceOf } from '../entities/resources';
import { Members } from '../members';
import type { Method, Resource, RestApi } from '../model';
import {
  type HandlerDependencies,
  ignoreMissing,
  requireProperty,
  restApiOf,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::Method';

const PROPERTIES = [
  'restApiId',
  'resourceId',
  'httpMethod',
  'authorizationType',
  'authorizationScopes',
  'authorizerId',
  'apiKeyRequired',
  'operationName',
  'requestValidatorId',
  'requestParameters',
  'requestModels',
  'methodResponses',
  'integration',
] as const;

const INTEGRATION_PROPERTIES = [
  'type',
  'integrationHttpMethod',
  'uri',
  'credentials',
  'connectionType',
  'connectionId',
  'requestParameters',
  'requestTemplates',
  'passthroughBehavior',
  'contentHandling',
  'timeoutInMillis',
  'cacheNamespace',
  'cacheKeyParameters',
  'integrationResponses',
  'responseTransferMode',
] as const;

/**
 * A method with its integration and all responses. It is built completely before it is stored, so
 * that an error leaves the API unchanged.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html
 */
export function methodHandler(deps: HandlerDependencies): ResourceHandler {
  const build = (
    { caller }: ResourceContext,
    api: RestApi,
    resource: Resource,
    properties: Properties,
  ) => {
    const support = { services: deps.services, scope: caller };
    return buildFromTemplate(api, resource, Members.ofProperties(properties), support);
  };
  return {
    type: TYPE,
    create(context, properties) {
      const api = restApiOf(deps, context, properties);
      const resource = resourceIn(api, properties);
      const method = build(context, api, resource, properties);
      putMethod(resource, method);
      return { physicalId: [api.id, resource.id, method.httpMethod].join('|') };
    },
    update(context, physicalId, properties) {
      const api = restApiOf(deps, context, properties);
      const resource = resourceIn(api, properties);
      const method = build(context, api, resource, properties);
      methodOf(resource, method.httpMethod);
      resource.methods.set(method.httpMethod, method);
      return { physicalId };
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() => {
        const resource = resourceIn(restApiOf(deps, context, properties), properties);
        deleteMethod(resource, physicalId.split('|').at(-1) ?? '');
      });
    },
  };
}

function resourceIn(api: RestApi, properties: Properties): Resource {
  const id = Members.ofProperties(properties).text('resourceId');
  return resourceOf(api, requireProperty(id, 'ResourceId'));
}

function buildFromTemplate(
  api: RestApi,
  resource: Resource,
  input: Members,
  support: IntegrationSupport,
): Method {
  input.allowOnly(TYPE, PROPERTIES);
  const httpMethod = requireProperty(input.text('httpMethod'), 'HttpMethod');
  const method = buildMethod(api, httpMethod, input);
  for (const response of input.groups('methodResponses') ?? []) {
    const statusCode = requireProperty(response.text('statusCode'), 'StatusCode');
    method.methodResponses.set(statusCode, buildMethodResponse(api, statusCode, response));
  }
  const integration = input.group('integration');
  if (integration === undefined) return method;
  integration.allowOnly(`${TYPE}.Integration`, INTEGRATION_PROPERTIES);
  const owner = { method, resourceId: resource.id };
  method.integration = buildIntegration(owner, integration, support);
  for (const response of integration.groups('integrationResponses') ?? []) {
    const statusCode = requireProperty(response.text('statusCode'), 'StatusCode');
    method.integration.integrationResponses.set(
      statusCode,
      buildIntegrationResponse(method, statusCode, response),
    );
  }
  return method;
}
