import type { ResourceHandler, ResourceState } from '../core/resource-handler';

/**
 * AWS::CloudFormation::WaitConditionHandle: a URL for signals, mostly used as a placeholder in
 * templates that must contain a resource. No wait condition handles the signals here, so that the URL
 * is not signed. Its host and path are recorded (LocalStack's test_waitconditionhandle, 17-05-2023).
 */
export const waitConditionHandle: ResourceHandler = {
  type: 'AWS::CloudFormation::WaitConditionHandle',
  create({ caller, stackId, logicalId }) {
    const { region } = caller;
    const target = `${stackId.replaceAll(':', '%3A')}/${logicalId}`;
    return stateOf(
      `https://cloudformation-waitcondition-${region}.s3.${region}.amazonaws.com/${target}`,
    );
  },
  update: (_context, physicalId) => stateOf(physicalId),
  delete() {},
};

function stateOf(url: string): ResourceState {
  return { physicalId: url, attributes: { Id: url } };
}
