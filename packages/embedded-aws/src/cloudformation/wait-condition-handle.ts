import type { ResourceHandler, ResourceState } from '../core/resource-handler';

/**
 * AWS::CloudFormation::WaitConditionHandle: a URL for signals, mostly used as a placeholder in
 * templates that must contain a resource. No wait condition handles the signals here.
 */
export const waitConditionHandle: ResourceHandler = {
  type: 'AWS::CloudFormation::WaitConditionHandle',
  create({ caller, stackId, logicalId }) {
    const target = `${encodeURIComponent(stackId)}/${logicalId}`;
    return stateOf(
      `https://cloudformation-waitcondition-${caller.region}.s3.amazonaws.com/${target}`,
    );
  },
  update: (_context, physicalId) => stateOf(physicalId),
  delete() {},
};

function stateOf(url: string): ResourceState {
  return { physicalId: url, attributes: { Id: url } };
}
