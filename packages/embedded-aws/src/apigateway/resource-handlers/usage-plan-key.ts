import type { ResourceHandler } from '../../core/resource-handler';
import { addUsagePlanKey, removeUsagePlanKey, usagePlanOf } from '../entities/usage-plans';
import { unsupported } from '../errors';
import { Members } from '../members';
import {
  type HandlerDependencies,
  ignoreMissing,
  regionOf,
  requireProperty,
  resourceNotFound,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::UsagePlanKey';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplankey.html */
export function usagePlanKeyHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, ['keyId', 'keyType', 'usagePlanId']);
      const keyType = requireProperty(input.text('keyType'), 'KeyType');
      if (keyType !== 'API_KEY') throw unsupported(`the key type '${keyType}'`);
      const keyId = requireProperty(input.text('keyId'), 'KeyId');
      const planId = requireProperty(input.text('usagePlanId'), 'UsagePlanId');
      addUsagePlanKey(regionOf(deps, context), planId, keyId);
      const id = `${keyId}:${planId}`;
      return { physicalId: id, attributes: { Id: id } };
    },
    /** Every property requires replacement, so nothing is updated in place. */
    update(context, physicalId) {
      const [keyId = '', planId = ''] = physicalId.split(':');
      if (!usagePlanOf(regionOf(deps, context), planId).keyIds.has(keyId)) {
        throw resourceNotFound(TYPE, physicalId);
      }
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete(context, physicalId) {
      const [keyId = '', planId = ''] = physicalId.split(':');
      ignoreMissing(() => removeUsagePlanKey(regionOf(deps, context), planId, keyId));
    },
  };
}
