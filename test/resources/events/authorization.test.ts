import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { deployEvents, type EventStage } from '../../support/event-stage';

// Nothing is open because something else is, on a stage that requires signatures.

let events: EventStage;
let key: string;

beforeAll(async () => {
  events = await deployEvents(
    {
      closed: {},
      open: { authorization: 'NONE' },
      keyed: { authorization: 'API_KEY', senders: ['json', 'pixel'] },
    },
    {},
  );
  const { stage } = events;
  const { apiKeyId } = await stage.target();
  const client = new APIGatewayClient(stage.sdk());
  const { value } = await client.send(
    new GetApiKeyCommand({ apiKey: apiKeyId, includeValue: true }),
  );
  key = value ?? '';
  client.destroy();
});

const statusOf = async (path: string, headers: Record<string, string> = {}) => {
  const sent = { 'content-type': 'application/json', ...headers };
  const init = path.endsWith('pixel') ? { headers } : { method: 'POST', body: '{}', headers: sent };
  return (await events.send(path, init)).status;
};

test('a stream is as closed as the stage unless it says otherwise', async () => {
  expect(await statusOf('closed')).toBe(403);
  expect(await statusOf('closed', { 'x-api-key': key })).toBe(403);
  expect(await statusOf('open')).toBe(200);
  expect(await statusOf('open/batch')).toBe(400);
});

test('a stream that requires a key has one, though its stage requires none', async () => {
  for (const path of ['keyed', 'keyed/pixel']) {
    expect(await statusOf(path)).toBe(403);
    expect(await statusOf(path, { 'x-api-key': `${key}x` })).toBe(403);
    expect(await statusOf(path, { 'x-api-key': key })).toBe(200);
  }
});

test("neither opens the other endpoints, nor those of the stage's", async () => {
  const { invokeUrl } = await events.stage.target();
  const request = new Request(`${invokeUrl}/streams`, { headers: { 'x-api-key': key } });
  expect((await events.stage.transport(request)).status).toBe(403);
});
