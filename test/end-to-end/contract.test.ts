/** @jest-environment dev-kit/jest/isolated.cjs */
import type { Fault } from 'embedded-aws/kinesis';
import type { Answer } from '../contract/case';
import { contract } from '../contract/suite';
import { STREAMS } from '../contract/world';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// All that the API promises, route by route (test/contract/cases), on the embedded AWS. It runs in
// this process, so that its Kinesis can be made to fail and its clock to run.

/** Beyond the 29 seconds that API Gateway waits. */
const TOO_LONG_MS = 30_000;

let stage: DeployedStage;
let invokeUrl: string;
/** Why the gateway answered 500: told to whoever runs the embedded AWS, never to the client. */
let reasons: jest.SpyInstance;

beforeAll(async () => {
  reasons = jest.spyOn(console, 'error').mockImplementation(() => {});
  stage = await deployedStage();
  invokeUrl = await stage.deploy(`streams=${STREAMS}`);
});

contract({
  pauseMs: 5,
  suffer,
  api: () => ({ invokeUrl, sign: async (request) => request }),
});
// After the contract's own streams are gone.
afterAll(async () => {
  await stage.stop();
  const told: string[] = reasons.mock.calls.flat();
  reasons.mockRestore();
  expect(told.filter((reason) => !reason.includes('larger than allowed maximum'))).toEqual([]);
});

async function suffer(fault: Fault, request: () => Promise<Answer>): Promise<Answer> {
  stage.fail(() => fault);
  try {
    return fault.delayMs === undefined ? await request() : await withoutWaiting(request);
  } finally {
    stage.fail(undefined);
  }
}

/** Turns the clock on as soon as the gateway and Kinesis wait for each other. */
async function withoutWaiting(request: () => Promise<Answer>): Promise<Answer> {
  jest.useFakeTimers({
    doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'],
  });
  try {
    const answer = request();
    while (jest.getTimerCount() < 2) await new Promise(setImmediate);
    jest.advanceTimersByTime(TOO_LONG_MS);
    return await answer;
  } finally {
    jest.useRealTimers();
  }
}
