import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { settled } from '../../../scripts/prove/stack-state';
import { ofThisFile } from '../../support/of-this-file';

// A stack whose creation lost its answer must not keep the next deployment from running.

const mock = ofThisFile(mockClient(CloudFormationClient));

function stackThatIs(status: string) {
  mock.reset();
  let isDeleted = false;
  mock.on(DescribeStacksCommand).callsFake(() => ({
    Stacks: [{ StackName: 's', StackStatus: isDeleted ? 'DELETE_COMPLETE' : status }],
  }));
  mock.on(DeleteStackCommand).callsFake(() => {
    isDeleted = true;
    return {};
  });
  return { client: new CloudFormationClient({ region: 'us-east-1' }), isDeleted: () => isDeleted };
}

test.each([
  ['REVIEW_IN_PROGRESS', true],
  ['UPDATE_COMPLETE', false],
  ['ROLLBACK_COMPLETE', false],
])('a stack that is %s is deleted before the next deployment: %s', async (status, expected) => {
  const { client, isDeleted } = stackThatIs(status);

  await settled(client, 's', 1);

  expect(isDeleted()).toBe(expected);
});
