import { derivedId } from '../../core/ids';
import type { ResourceHandler } from '../../core/resource-handler';
import {
  createRequestValidator,
  deleteRequestValidator,
  requestValidatorOf,
} from '../entities/request-validators';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import { type HandlerDependencies, ignoreMissing, restApiOf } from './handler-tools';

const TYPE = 'AWS::ApiGateway::RequestValidator';
const PROPERTIES = [
  'restApiId',
  'name',
  'validateRequestBody',
  'validateRequestParameters',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html */
export function requestValidatorHandler(deps: HandlerDependencies): ResourceHandler {
  const stateOf = (id: string) => ({ physicalId: id, attributes: { RequestValidatorId: id } });
  return {
    type: TYPE,
    create(context, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const id = derivedId(context.seed, PART_ID_LENGTH);
      return stateOf(createRequestValidator(restApiOf(deps, context, properties), input, id).id);
    },
    update(context, physicalId, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const api = restApiOf(deps, context, properties);
      requestValidatorOf(api, physicalId);
      return stateOf(createRequestValidator(api, input, physicalId).id);
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() => deleteRequestValidator(restApiOf(deps, context, properties), physicalId));
    },
  };
}
