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

/** Two usage plans: a slow moment, and code that is not yet compiled, must hit both alike. */
const STACKS = { few: 'few-keys', many: 'many-keys' } as const;

/** The cost of API keys of a usage plan: of another one, and of a call with the last of them. */
export async function byKeys(site: Site): Promise<Found> {
  const { pace } = site;
  const count = pace.quick ? 20 : KEYS;
  const few = await planOf(site, STACKS.few);
  const many = await planOf(site, STACKS.many);
  await few.makeKey(1);
  const makeMs: number[] = [];
  for (let key = 1; key <= count; key += 1) {
    if (key % 50 === 0) pace.progress(`${key} API keys`);
    makeMs.push(await timed(() => many.makeKey(key)));
  }
  const called = await compareCalls(site, await few.call(1), await many.call(count));
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

/** A stack whose API wants keys, and the usage plan of its stage. */
async function planOf(site: Site, stack: string) {
  const { apiGateway } = site;
  await createStack(site, stack, { methods: 1, apiKeyRequired: true });
  const apiId = await apiIdOf(site, stack);
  const { id: usagePlanId } = await apiGateway.send(
    new CreateUsagePlanCommand({ name: stack, apiStages: [{ apiId, stage: stageName(1) }] }),
  );
  const keyValue = (key: number) => `${stack}-${String(key).padStart(20, '0')}`;
  return {
    async makeKey(key: number): Promise<void> {
      const { id: keyId } = await apiGateway.send(
        new CreateApiKeyCommand({ name: `${stack}-${key}`, value: keyValue(key), enabled: true }),
      );
      await apiGateway.send(
        new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }),
      );
    },
    call: (key: number) => callOf(site, stack, 1, { headers: { 'x-api-key': keyValue(key) } }),
  };
}
