import type { TestInvokeMethodCommandInput } from '@aws-sdk/client-api-gateway';
import { sentChecks } from '../../../../hooks/verify/checks/sent';
import { failedOf } from '../../../../hooks/verify/verify';
import { inRequest } from '../../../faults/damage';
import { deployStage, type Stage } from '../../../faults/stage';
import { verifyStage } from '../../../faults/verify-fault';

/** Lets each test of a method be one of JSON, whatever its header names, as in AWS's documentation. */
function testAsJson({ apiGateway }: Stage): void {
  apiGateway.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as Partial<TestInvokeMethodCommandInput>;
      const headers = { ...input.headers, 'content-type': 'application/json' };
      return next(input.httpMethod ? { ...args, input: { ...args.input, headers } } : args);
    },
    { step: 'initialize', name: 'testAsJson' },
  );
}

const failed = async (stage: Stage) =>
  failedOf(await verifyStage(stage, { checks: sentChecks })).map(({ name }) => name);

test('a stage is not blamed where tests of its methods are all of JSON', async () => {
  const stage = await deployStage({});
  testAsJson(stage);

  expect(await failed(stage)).toEqual([]);
});

test('a template of JSON that loses a member is found there all the same', async () => {
  const stage = await deployStage({
    template: inRequest('PutRecord', '"SequenceNumberForOrdering"', '"Sequence"'),
  });
  testAsJson(stage);

  expect(await failed(stage)).toEqual(['PutRecordSent']);
});
