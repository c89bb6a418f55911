import { generatedName } from '../../core/generated-name';
import { derivedId } from '../../core/ids';
import type { ResourceHandler } from '../../core/resource-handler';
import {
  changeUsagePlan,
  createUsagePlan,
  deleteUsagePlan,
  readUsagePlanSettings,
  usagePlanOf,
} from '../entities/usage-plans';
import { PART_ID_LENGTH } from '../ids';
import { Members } from '../members';
import { type HandlerDependencies, ignoreMissing, readStackTags, regionOf } from './handler-tools';

const TYPE = 'AWS::ApiGateway::UsagePlan';
const PROPERTIES = [
  'usagePlanName',
  'description',
  'apiStages',
  'throttle',
  'quota',
  'tags',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplan.html */
export function usagePlanHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const region = regionOf(deps, context);
      const { id } = createUsagePlan(region, {
        name: input.text('usagePlanName') ?? generatedName(context, 255),
        settings: readUsagePlanSettings(region, input),
        tags: readStackTags(input, context),
        id: derivedId(context.seed, PART_ID_LENGTH),
      });
      return { physicalId: id, attributes: { Id: id } };
    },
    update(context, physicalId, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const region = regionOf(deps, context);
      const plan = usagePlanOf(region, physicalId);
      changeUsagePlan(region, plan, {
        ...readUsagePlanSettings(region, input),
        name: input.text('usagePlanName') ?? plan.name,
        tags: readStackTags(input, context),
      });
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete(context, physicalId) {
      ignoreMissing(() => {
        const region = regionOf(deps, context);
        // CloudFormation first removes the stages, as the API requires.
        usagePlanOf(region, physicalId).apiStages = [];
        deleteUsagePlan(region, physicalId);
      });
    },
  };
}
