import { inOrder } from 'dev-kit/testing/in-order';
import { limitedKinesis } from '../../faults/limited-kinesis';
import { deployEvents, type EventStage } from '../../support/event-stage';
import { streams } from './streams';
import { type EventApi, eventContract } from './suite';

// The promises of event endpoints (cases.ts), on an embedded AWS in this process, whose Kinesis keeps to
// its limits. Against a stage: ../events.contract.ts.

const test = inOrder();

let stage: EventStage;
let api: EventApi;

beforeAll(async () => {
  stage = await deployEvents(streams, { authorization: 'NONE' }, limitedKinesis());
  const { invokeUrl } = await stage.stage.target();
  api = { invokeUrl, sign: async (request) => request, fetch: stage.stage.transport };
});

eventContract(() => api, test);

test('what is refused is stored nowhere', async () => {
  expect(await stage.stored('contract-required')).toEqual([]);
  expect(await stage.stored('contract-signed')).toEqual([]);
  expect((await stage.stored('contract-pages')).map(({ data }) => data.toString())).toEqual([
    'seen',
    '{"page":"home"}',
  ]);
});
