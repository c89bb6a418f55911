import {
  APIGatewayClient,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { inOrder } from 'dev-kit/testing/in-order';
import { logicalIds } from '../../../resources/logical-ids';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';

// The life of two producers, told in order: the stack is deployed, and clients call with their keys.

const test = inOrder();

const acme = { rate: 1_000, burst: 1_000, quotaPerDay: 5 };
const zoo = {
  rate: 1_000,
  burst: 1_000,
  endpoints: { orders: { rate: 1, burst: 2 } },
};

let stage: InProcessStage;
let url: string;
let gateway: APIGatewayClient;

beforeAll(async () => {
  stage = await deployInProcess(
    { authorization: 'API_KEY', manageStreams: 'false' },
    undefined,
    {},
    undefined,
    { orders: {}, clicks: { senders: ['json', 'ndjson'] } },
    { acme: { ...acme, keys: ['1'] }, zoo },
  );
  url = (await stage.target()).invokeUrl;
  gateway = new APIGatewayClient(stage.sdk());
});
afterAll(() => gateway.destroy());

async function keyOf(producer: string, key: string): Promise<{ id: string; value: string }> {
  const { stack } = await stage.target();
  const id = stack?.physicalIds[logicalIds.producerKey(producer, key)] ?? '';
  const command = new GetApiKeyCommand({ apiKey: id, includeValue: true });
  return { id, value: (await gateway.send(command)).value ?? '' };
}

const send = async (value: string, path = '/events/clicks') => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': value },
  };
  return (await stage.transport(new Request(`${url}${path}`, { ...init, body: '{}' }))).status;
};

let first: { id: string; value: string };
let second: { id: string; value: string };

test('each producer comes in by its own key, and nobody without one', async () => {
  first = await keyOf('acme', '1');
  const { value } = await keyOf('zoo', '1');

  expect(first.value).toMatch(/^[A-Za-z0-9]{20,128}$/);
  expect(value).not.toBe(first.value);
  expect([await send(first.value), await send(value), await send('no-key-of-this-stage')]).toEqual([
    200, 200, 403,
  ]);
});

test('while a key is rotated both are good, and the old one keeps its id and value', async () => {
  await stage.withProducers({ acme: { ...acme, keys: ['1', '2'] }, zoo });
  second = await keyOf('acme', '2');

  expect(await keyOf('acme', '1')).toEqual(first);
  expect(second.value).not.toBe(first.value);
  expect([await send(first.value), await send(second.value)]).toEqual([200, 200]);
});

test('the old key is refused when it has left the list, and the new one stays', async () => {
  await stage.withProducers({ acme: { ...acme, keys: ['2'] }, zoo });

  expect([await send(first.value), await send(second.value)]).toEqual([403, 200]);
  expect(await keyOf('acme', '2')).toEqual(second);
  await expect(gateway.send(new GetApiKeyCommand({ apiKey: first.id }))).rejects.toThrow(
    'Invalid API Key identifier specified',
  );
});

test('a quota that is used up stops its producer and no other', async () => {
  const { value } = await keyOf('zoo', '1');
  const statuses: number[] = [];
  // Two of the five were sent before, and the first key's count for itself.
  for (let count = 0; count < 4; count += 1) statuses.push(await send(second.value));

  expect(statuses).toEqual([200, 200, 200, 429]);
  expect(await send(value)).toBe(200);
});

test('a limit on a stream stops its producer there, and nowhere else', async () => {
  const { value } = await keyOf('zoo', '1');
  const statuses = await Promise.all(
    Array.from({ length: 6 }, () => send(value, '/events/orders')),
  );

  expect(statuses.filter((status) => status === 200).length).toBeLessThan(6);
  expect(statuses).toContain(200);
  expect(statuses).toContain(429);
  expect(await send(value)).toBe(200);
});

test('a producer that is taken away is refused, and its plan is gone', async () => {
  await stage.withProducers({ zoo });
  const { stack } = await stage.target();

  expect(await send(second.value)).toBe(403);
  expect(Object.keys(stack?.physicalIds ?? {}).filter((id) => id.includes('acme'))).toEqual([]);
});

test('an update that fails leaves every key as it was', async () => {
  const { id, value } = await keyOf('zoo', '1');
  const refused = { ...zoo, quotaPerDay: 5, keys: ['1', '2'] };
  const update = stage.withProducers({ zoo: refused }, ({ Resources }) => {
    const place = Resources[logicalIds.producerAccess('zoo', '2')];
    Object.assign(place?.Properties ?? {}, { KeyId: 'none' });
  });

  await expect(update).rejects.toThrow('UPDATE_ROLLBACK_COMPLETE');
  expect(await keyOf('zoo', '1')).toEqual({ id, value });
  expect(await send(value)).toBe(200);
});

test('a stack that is removed leaves no key and no plan', async () => {
  const client = new CloudFormationClient(stage.sdk());
  const StackName = 'kinesis-rest-proxy-dev';
  await client.send(new DeleteStackCommand({ StackName }));
  const patience = { client, maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 };
  await waitUntilStackDeleteComplete(patience, { StackName });
  client.destroy();

  expect((await gateway.send(new GetApiKeysCommand({}))).items ?? []).toEqual([]);
  expect((await gateway.send(new GetUsagePlansCommand({}))).items ?? []).toEqual([]);
});
