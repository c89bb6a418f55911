import type { ResourceContext } from '../../../src/core/resource-handler';
import type { Waiting } from '../../../src/kinesis/resource-handlers/wait';
import { testCaller } from '../../support/aws-request';
import type { TestKinesis } from '../support';

export const context: ResourceContext = {
  caller: testCaller,
  stackName: 'shop',
  stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1',
  logicalId: 'Orders',
  seed: 'shop/Orders/1',
};

/** Waiting that advances the test's clock instead of real time. */
export const waitingOn = (kinesis: TestKinesis): Waiting => ({
  intervalMs: 100,
  attempts: 50,
  sleep: async (milliseconds) => kinesis.advance(milliseconds),
});
