import type { ResourceHandler } from '../core/resource-handler';

/**
 * AWS::CloudFormation::WaitConditionHandle: a URL for signals, mostly used as a placeholder in
 * templates that must contain a resource. No wait condition handles the signals here.
 */
export const waitConditionHandle: ResourceHandler = {
  type: 'AWS::CloudFormation::WaitConditionHandle',
  create({ caller, stackId, logicalId }) {
    const target = `${encodeURIComponent(stackId)}/${logicalId}`;
    return {
      physicalId: `https://cloudformation-waitcondition-${caller.region}.s3.amazonaws.com/${target}`,
    };
  },
  update: (_context, physicalId) => ({ physicalId }),
  delete() {},
};
