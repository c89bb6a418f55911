import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { stageName } from './api-template';
import {
  apiIdOf,
  callOf,
  callRow,
  compareCalls,
  createStack,
  type Found,
  ratio,
  type Site,
  timed,
  timeRow,
} from './kit';

const KEYS = 500;
const STACK = 'keys';

/** The cost of API keys of a usage plan: of another one, and of a call with the last of them. */
export async function byKeys(site: Site): Promise<Found> {
  const { pace, apiGateway } = site;
  const count = pace.quick ? 20 : KEYS;
  await createStack(site, STACK, { methods: 1, apiKeyRequired: true });
  const apiId = await apiIdOf(site, STACK);
  const { id: usagePlanId } = await apiGateway.send(
    new CreateUsagePlanCommand({
      name: STACK,
      apiStages: [{ apiId, stage: stageName(1) }],
    }),
  );
  const makeMs: number[] = [];
  const keyValue = (key: number) => `bench-key-${String(key).padStart(20, '0')}`;
  const makeKey = async (key: number) => {
    const { id: keyId } = await apiGateway.send(
      new CreateApiKeyCommand({ name: `key-${key}`, value: keyValue(key), enabled: true }),
    );
    await apiGateway.send(
      new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }),
    );
  };
  const call = (key: number) => callOf(site, STACK, 1, { headers: { 'x-api-key': keyValue(key) } });
  await makeKey(1);
  const alone = await call(1);
  const before = await compareCalls(site, alone, alone);
  for (let key = 2; key <= count; key += 1) {
    if (key % 50 === 0) pace.progress(`${key} API keys`);
    makeMs.push(await timed(() => makeKey(key)));
  }
  const after = await compareCalls(site, alone, await call(count));
  const called = { few: before.few, many: after.many };
  return {
    table: {
      header: ['', '1 API key of a usage plan', `${count}`, 'grew to'],
      rows: [
        timeRow('another key', makeMs.slice(0, 20), makeMs.slice(-20)),
        callRow('call with the last one', called),
      ],
    },
    figures: { 'growth.keys.call': ratio(called) },
  };
}
