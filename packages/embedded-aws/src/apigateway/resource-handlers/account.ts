import type { ResourceHandler } from '../../core/resource-handler';
import { checkLogRole } from '../entities/log-role';
import { Members } from '../members';
import { type HandlerDependencies, regionOf } from './handler-tools';

const TYPE = 'AWS::ApiGateway::Account';

/**
 * The single account of a region: nothing is created, only its role is set. Like on AWS, deletion
 * keeps the role, because other stacks may rely on it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html
 */
export function accountHandler(deps: HandlerDependencies): ResourceHandler {
  const apply: ResourceHandler['create'] = (context, properties) => {
    const input = Members.ofProperties(properties);
    input.allowOnly(TYPE, ['cloudWatchRoleArn']);
    const { account, scope } = regionOf(deps, context);
    const roleArn = input.text('cloudWatchRoleArn');
    account.cloudwatchRoleArn = checkLogRole(roleArn, scope, deps.assumeRole);
    const physicalId = `${context.stackName}-${context.logicalId}`;
    return { physicalId, attributes: { Id: physicalId } };
  };
  return {
    type: TYPE,
    create: apply,
    update: (context, physicalId, properties) => ({ ...apply(context, properties), physicalId }),
    delete: () => {},
  };
}
