import { derivedId } from '../../core/ids';
import type { ResourceHandler } from '../../core/resource-handler';
import { checkSchema, createModel, deleteModel, modelNamed } from '../entities/models';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import { type HandlerDependencies, ignoreMissing, restApiOf } from './handler-tools';

const TYPE = 'AWS::ApiGateway::Model';
const PROPERTIES = ['restApiId', 'name', 'contentType', 'description', 'schema'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-model.html */
export function modelHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      Members.ofProperties(properties).allowOnly(TYPE, PROPERTIES);
      const id = derivedId(context.seed, PART_ID_LENGTH);
      // CloudFormation generates the name of an unnamed model; the id is unique and alphanumeric.
      const input = Members.ofProperties({
        Name: `model${id}`,
        ContentType: 'application/json',
        Schema: {},
        ...properties,
      });
      return { physicalId: createModel(restApiOf(deps, context, properties), input, { id }).name };
    },
    update(context, physicalId, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const api = restApiOf(deps, context, properties);
      const model = modelNamed(api, physicalId);
      model.description = input.text('description') || undefined;
      model.schema = checkSchema(api, physicalId, input.document('schema') ?? '{}');
      return { physicalId };
    },
    delete(context, physicalId, properties) {
      ignoreMissing(() => deleteModel(restApiOf(deps, context, properties), physicalId));
    },
  };
}
