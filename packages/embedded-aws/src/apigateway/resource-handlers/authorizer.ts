import { derivedId } from '../../core/ids';
import type { Properties, ResourceContext, ResourceHandler } from '../../core/resource-handler';
import { authorizerOf, deleteAuthorizer, putAuthorizer } from '../entities/authorizers';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import { type HandlerDependencies, ignoreMissing, restApiOf } from './handler-tools';

const TYPE = 'AWS::ApiGateway::Authorizer';
const PROPERTIES = [
  'restApiId',
  'name',
  'type',
  'authType',
  'authorizerUri',
  'authorizerCredentials',
  'authorizerResultTtlInSeconds',
  'identitySource',
  'identityValidationExpression',
  'providerARNs',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html */
export function authorizerHandler(deps: HandlerDependencies): ResourceHandler {
  const put = (context: ResourceContext, properties: Properties, id: string) => {
    const input = Members.ofProperties(properties);
    input.allowOnly(TYPE, PROPERTIES);
    const api = restApiOf(deps, context, properties);
    putAuthorizer({ api, region: context.caller.region }, input, id);
    return { physicalId: id, attributes: { AuthorizerId: id } };
  };
  return {
    type: TYPE,
    create: (context, properties) =>
      put(context, properties, derivedId(context.seed, PART_ID_LENGTH)),
    update(context, physicalId, properties) {
      authorizerOf(restApiOf(deps, context, properties), physicalId);
      return put(context, properties, physicalId);
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() => deleteAuthorizer(restApiOf(deps, context, properties), physicalId));
    },
  };
}
