import {
  APIGatewayClient,
  CreateApiKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import type { Target } from '../../../hooks/stage/target';
import { throwAwayName } from '../../../hooks/stage/throw-away-name';
import { findLeftKeys, makeThrowAwayKey } from '../../../hooks/verify/throw-away-key';
import { deployInProcess } from '../../support/in-process-stage';

const HOUR_MS = 3_600_000;

let client: APIGatewayClient;
let target: Target;
beforeAll(async () => {
  const stage = await deployInProcess({ authorization: 'API_KEY' });
  client = new APIGatewayClient(stage.sdk());
  target = await stage.target();
});
afterAll(() => client.destroy());

const counts = async () => [
  (await client.send(new GetApiKeysCommand({}))).items?.length,
  (await client.send(new GetUsagePlansCommand({}))).items?.length,
];

test('what a run that was killed has left is found by its age, and deleted with its plan', async () => {
  const before = await counts();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 2 * HOUR_MS);
  const left = await makeThrowAwayKey(client, target);
  clock.mockRestore();
  await makeThrowAwayKey(client, target);

  const old = await findLeftKeys(client, target, HOUR_MS);
  expect(old.map(({ name }) => name)).toEqual([left.name, left.name]);
  for (const key of old) await key.delete();

  expect(await findLeftKeys(client, target, HOUR_MS)).toEqual([]);
  for (const key of await findLeftKeys(client, target, 0)) await key.delete();
  expect(await counts()).toEqual(before);
});

test('what is gone meanwhile is no failure', async () => {
  const { remove } = await makeThrowAwayKey(client, target);
  const [key, plan] = await findLeftKeys(client, target, 0);

  await remove();

  await key?.delete();
  await plan?.delete();
});

test('a key without a tag is told by its name, which proves whose it is', async () => {
  const before = await counts();
  const name = throwAwayName(target);
  const end = name.endsWith('0') ? '1' : '0';
  await client.send(new CreateApiKeyCommand({ name }));
  const { id } = await client.send(new CreateApiKeyCommand({ name: name.slice(0, -1) + end }));

  const [own, ...others] = await findLeftKeys(client, target, 0);
  expect([own?.name, others]).toEqual([name, []]);
  await own?.delete();
  await client.send(new DeleteApiKeyCommand({ apiKey: id }));
  expect(await counts()).toEqual(before);
});

test('keys of others are left alone, whatever they are called', async () => {
  const other = { ...target, service: 'another' };
  const { name, remove } = await makeThrowAwayKey(client, other);
  await client.send(new CreateApiKeyCommand({ name: 'verify-kinesis-rest-proxy-dev-mine' }));
  const tags = { 'verification-of': 'another/dev' };
  await client.send(new CreateApiKeyCommand({ name: `${name}`.replace('another', 'other'), tags }));

  expect(await findLeftKeys(client, target, 0)).toEqual([]);
  await remove();
  await expect(remove()).rejects.toThrow();
});
