import { type EventApi, eventContract } from './events/suite';
import { stageApi } from './stage';

// The promises of event endpoints, tested against a stage that declares the streams of events/streams.ts:
//
//   CONTRACT_EVENTS=true CONTRACT_INVOKE_URL=https://… npm run test:contract
//
// Without CONTRACT_EVENTS nothing is asked, for other stages have no such endpoints. The records that
// it writes stay in those streams. On a laptop the case of 207 needs a Kinesis that enforces throughput.

let api: EventApi;

beforeAll(async () => {
  api = { ...(await stageApi(process.env)), fetch: (request) => fetch(request) };
});

if (process.env.CONTRACT_EVENTS === 'true') {
  eventContract(() => api);
} else {
  test('the stage is named', () => expect(api.invokeUrl).toMatch(/^https?:/));
}
