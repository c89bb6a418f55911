import { derivedId } from '../../core/ids';
import type { ResourceHandler } from '../../core/resource-handler';
import {
  deleteGatewayResponse,
  putGatewayResponse,
  readResponseType,
} from '../entities/gateway-responses';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import {
  type HandlerDependencies,
  ignoreMissing,
  requireProperty,
  restApiOf,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::GatewayResponse';
const PROPERTIES = [
  'restApiId',
  'responseType',
  'statusCode',
  'responseParameters',
  'responseTemplates',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html */
export function gatewayResponseHandler(deps: HandlerDependencies): ResourceHandler {
  const put = (context: Parameters<ResourceHandler['create']>[0], input: Members) => {
    input.allowOnly(TYPE, PROPERTIES);
    const type = readResponseType(requireProperty(input.text('responseType'), 'ResponseType'));
    const apiId = requireProperty(input.text('restApiId'), 'RestApiId');
    putGatewayResponse(restApiOf(deps, context, { RestApiId: apiId }), type, input);
  };
  return {
    type: TYPE,
    create(context, properties) {
      put(context, Members.ofProperties(properties));
      const id = derivedId(context.seed, PART_ID_LENGTH);
      return { physicalId: id, attributes: { Id: id } };
    },
    update(context, physicalId, properties) {
      put(context, Members.ofProperties(properties));
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete(context, _physicalId, properties) {
      ignoreMissing(() =>
        deleteGatewayResponse(
          restApiOf(deps, context, properties),
          readResponseType(String(properties.ResponseType)),
        ),
      );
    },
  };
}
