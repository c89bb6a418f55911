import { generatedName } from '../../core/generated-name';
import { derivedId } from '../../core/ids';
import type { ResourceHandler } from '../../core/resource-handler';
import {
  apiKeyOf,
  checkDescription,
  createApiKey,
  deleteApiKey,
  readStageKeys,
} from '../entities/api-keys';
import { API_ID_LENGTH } from '../ids';
import { Members } from '../members';
import {
  epochSeconds,
  type HandlerDependencies,
  ignoreMissing,
  readTags,
  regionOf,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::ApiKey';
const PROPERTIES = [
  'name',
  'value',
  'customerId',
  'description',
  'enabled',
  'generateDistinctId',
  'stageKeys',
  'tags',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-apikey.html */
export function apiKeyHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      Members.ofProperties(properties).allowOnly(TYPE, PROPERTIES);
      const input = Members.ofProperties({ Name: generatedName(context, 255), ...properties });
      const { id } = createApiKey(regionOf(deps, context), {
        input,
        tags: readTags(input),
        now: epochSeconds(deps),
        id: derivedId(context.seed, API_ID_LENGTH),
        value: derivedId(`${context.seed}/value`, 40),
      });
      return { physicalId: id, attributes: { APIKeyId: id } };
    },
    update(context, physicalId, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const region = regionOf(deps, context);
      Object.assign(apiKeyOf(region, physicalId), {
        customerId: input.text('customerId'),
        description: checkDescription(input.text('description')),
        enabled: input.flag('enabled') ?? false,
        stageKeys: readStageKeys(region, input),
        tags: readTags(input),
        lastUpdatedDate: epochSeconds(deps),
      });
      return { physicalId, attributes: { APIKeyId: physicalId } };
    },
    delete(context, physicalId) {
      ignoreMissing(() => deleteApiKey(regionOf(deps, context), physicalId));
    },
  };
}
