import { derivedId } from '../../core/ids';
import type { ResourceHandler } from '../../core/resource-handler';
import { createResource, deleteResource } from '../entities/resources';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import {
  type HandlerDependencies,
  ignoreMissing,
  requireProperty,
  resourceNotFound,
  restApiOf,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::Resource';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-resource.html */
export function resourceHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, ['restApiId', 'parentId', 'pathPart']);
      const resource = createResource(restApiOf(deps, context, properties), {
        parentId: requireProperty(input.text('parentId'), 'ParentId'),
        pathPart: requireProperty(input.text('pathPart'), 'PathPart'),
        id: derivedId(context.seed, PART_ID_LENGTH),
      });
      return { physicalId: resource.id, attributes: { ResourceId: resource.id } };
    },
    /** Every property requires replacement, so nothing is updated in place. */
    update(context, physicalId, properties) {
      if (!restApiOf(deps, context, properties).resources.has(physicalId)) {
        throw resourceNotFound(TYPE, physicalId);
      }
      return { physicalId, attributes: { ResourceId: physicalId } };
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() => deleteResource(restApiOf(deps, context, properties), physicalId));
    },
  };
}
