import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { inOrder } from 'dev-kit/testing/in-order';
import type { Options, Serverless } from '../../../hooks/framework';
import KeysPlugin from '../../../hooks/keys';
import { keys } from '../../../hooks/keys/keys';
import { logicalIds } from '../../../resources/logical-ids';
import type { Producers } from '../../../resources/producers/declaration';
import { type DeclaredProducer, declaredProducers } from '../../../resources/producers/declared';
import { deployInProcess, ENDPOINT, type InProcessStage } from '../../support/in-process-stage';

const test = inOrder();

const PRODUCERS: Producers = {
  acme: { keys: ['2026-06', '2026-12'], rate: 5, burst: 10, quotaPerDay: 1_000 },
  zoo: {},
};

let stage: InProcessStage;
let gateway: APIGatewayClient;
let physicalIds: Readonly<Record<string, string>>;

beforeAll(async () => {
  // On loopback no command leaves room for others.
  process.env.AWS_ENDPOINT_URL = ENDPOINT;
  stage = await deployInProcess(
    { authorization: 'API_KEY', manageStreams: 'false' },
    undefined,
    {},
    undefined,
    {},
    PRODUCERS,
  );
  gateway = new APIGatewayClient(stage.sdk());
  physicalIds = (await stage.target()).stack?.physicalIds ?? {};
});
afterAll(() => {
  gateway.destroy();
  delete process.env.AWS_ENDPOINT_URL;
});

const declared = declaredProducers(PRODUCERS, { stage: 'dev', streams: [] });

interface Given {
  readonly on?: InProcessStage;
  readonly sdk?: object;
  readonly stackName?: string;
  readonly producers?: readonly DeclaredProducer[];
}

/** Runs the command. @returns standard output, and what is told beside it */
async function run(options: Options = {}, given: Given = {}) {
  const { on = stage, stackName = 'kinesis-rest-proxy-dev', producers = declared } = given;
  const serverless = {
    service: { service: 'kinesis-rest-proxy', custom: { kinesisRestProxy: { producers } } },
    getProvider: () => ({
      getStage: () => 'dev',
      getRegion: () => 'us-east-1',
      naming: { getStackName: () => stackName },
      getAwsSdkV3Config: async () => given.sdk ?? on.sdk(),
    }),
  } as unknown as Serverless;
  const told: string[] = [];
  const say = (text: string) => told.push(text);
  const log = { notice: say, warning: say, info: say, success: say };
  let output = '';
  await keys(serverless, options, { log }, (text) => {
    output += text;
  });
  return { output, told: told.join('\n') };
}

const idOf = (producer: string, key: string) =>
  physicalIds[logicalIds.producerKey(producer, key)] ?? '';

async function secretOf(apiKey: string): Promise<string> {
  const { value = '' } = await gateway.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
  return value;
}

const cells = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe('the list', () => {
  test('has each key with its limits, the stage’s own first, and no value', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { output, told } = await run();
    const own = physicalIds[logicalIds.apiKey] ?? '';

    expect(cells(output)).toEqual([
      ['PRODUCER', 'KEY', 'ID', 'STATE', 'MADE ON', 'RATE', 'BURST', 'QUOTA'],
      ['stage', '-', own, 'on', today, '-', '-', '1,000,000/day'],
      ['acme', '2026-06', idOf('acme', '2026-06'), 'on', today, '5', '10', '1,000/day'],
      ['acme', '2026-12', idOf('acme', '2026-12'), 'on', today, '5', '10', '1,000/day'],
      ['zoo', '1', idOf('zoo', '1'), 'on', today, '-', '-', '-'],
    ]);
    for (const id of [own, idOf('acme', '2026-06'), idOf('zoo', '1')]) {
      expect(output + told).not.toContain(await secretOf(id));
    }
  });

  test('is of one producer when told so', async () => {
    const { output } = await run({ producer: 'zoo' });
    expect(cells(output).map(([producer]) => producer)).toEqual(['PRODUCER', 'zoo']);
  });

  test('says what quotas leave of today', async () => {
    const { invokeUrl } = await stage.target();
    const headers = { 'x-api-key': await secretOf(idOf('acme', '2026-06')) };
    await stage.transport(new Request(`${invokeUrl}/streams`, { headers }));
    const { output } = await run({ producer: 'acme', usage: true });

    expect(cells(output).map((row) => row.slice(-2))).toEqual([
      ['USED TODAY', 'LEFT'],
      ['1', '999'],
      ['0', '1,000'],
    ]);
  });

  test('is JSON for programs', async () => {
    const { output, told } = await run({ producer: 'acme', json: true, usage: true });
    const { keys: listed, ...place } = JSON.parse(output);
    const { restApiId } = await stage.target();

    expect(told).toBe('');
    expect(place).toEqual({
      service: 'kinesis-rest-proxy',
      stage: 'dev',
      restApiId,
      restApiStage: 'dev',
    });
    expect(listed[1]).toEqual({
      producer: 'acme',
      key: '2026-12',
      id: idOf('acme', '2026-12'),
      state: 'on',
      isOfStack: true,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      rate: 5,
      burst: 10,
      quota: { limit: 1_000, period: 'DAY' },
      usage: { used: 0, left: 1_000 },
    });
    expect(output).not.toContain(await secretOf(idOf('acme', '2026-12')));
  });
});

describe('a value', () => {
  test.each([
    ['acme/2026-06', () => idOf('acme', '2026-06')],
    ['zoo/1', () => idOf('zoo', '1')],
    ['zoo', () => idOf('zoo', '1')],
    ['stage', () => physicalIds[logicalIds.apiKey] ?? ''],
  ])('of %s is all of standard output, and told beside it to be a secret', async (label, id) => {
    const value = await secretOf(id());
    const { output, told } = await run({ value: label });

    expect(output).toBe(`${value}\n`);
    expect(told).toContain('secret');
    expect(told).not.toContain(value);
  });

  test.each<[Options, string]>([
    [{ value: 'acme' }, 'acme has several keys: name one of acme/2026-06, acme/2026-12.'],
    [{ value: 'acme/2026-7' }, "Stage dev has no key 'acme/2026-7'. Did you mean 'acme/2026-06'?"],
    [{ value: 'acme/x' }, "no key 'acme/x'. "],
    [{ value: 'acm/1' }, "Stage dev has no producer 'acm'. Did you mean 'acme'?"],
    [{ value: '' }, "Stage dev has no producer ''. It has: stage, acme, zoo."],
    [{ producer: 'zoe' }, "Stage dev has no producer 'zoe'. Did you mean 'zoo'?"],
    [{ value: 'zoo', json: true }, '--value prints one value and nothing else: leave out --json.'],
    [{ value: 'zoo', producer: 'zoo' }, 'leave out --producer.'],
  ])('%j is refused', async (options, message) => {
    await expect(run(options)).rejects.toThrow(message);
  });

  test('of a producer that is declared and not deployed says how it gets there', async () => {
    const producers = [...declared, { name: 'new', keys: ['1'], endpoints: {} }];
    await expect(run({ value: 'new/1' }, { producers })).rejects.toThrow(
      'serverless.ts declares it: npx serverless deploy --stage dev makes it',
    );
  });
});

test('a stage that is not deployed is told', async () => {
  await expect(run({}, { stackName: 'none' })).rejects.toThrow(
    'The stack none does not exist. Deploy it first: npx serverless deploy --stage dev',
  );
});

test('a stage that asks for no keys has none', async () => {
  const open = await deployInProcess(
    { authorization: 'NONE' },
    undefined,
    {},
    undefined,
    {},
    PRODUCERS,
  );
  const { output, told } = await run({}, { on: open });

  expect(output).toBe('');
  expect(told).toContain(
    "Stage dev has no API keys: nothing there asks for one (authorization: 'API_KEY').",
  );
  expect(JSON.parse((await run({ json: true }, { on: open })).output).keys).toEqual([]);
});

test('missing rights are named', async () => {
  const statement = (Action: string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const reader = await stage.userWith(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement(['cloudformation:*', 's3:*'], '*')],
    }),
  );
  const as = { sdk: stage.sdk(reader) };

  await expect(run({}, as)).rejects.toThrow(
    'This needs apigateway:GET on /usageplans, /usageplans/*/keys, /apikeys/*.',
  );
  await expect(run({ usage: true }, as)).rejects.toThrow('/apikeys/*, /usageplans/*/usage.');
  await expect(run({ value: 'zoo' }, as)).rejects.toThrow('apigateway:GET on /apikeys/*.');
});

describe('by hand', () => {
  const states = async () =>
    Object.fromEntries(
      cells((await run()).output).map(([producer, key, , state]) => [`${producer}/${key}`, state]),
    );

  test('keys that others put in are named, and a plan of others is', async () => {
    const { id: keyId } = await gateway.send(
      new CreateApiKeyCommand({ name: 'mine\u001b[31m', enabled: true }),
    );
    const usagePlanId = physicalIds[logicalIds.producerPlan('acme')];
    await gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    const { restApiId } = await stage.target();
    const apiStages = [{ apiId: restApiId, stage: 'dev' }];
    const other = await gateway.send(new CreateUsagePlanCommand({ name: 'other', apiStages }));
    const { id: theirs } = await gateway.send(
      new CreateApiKeyCommand({ name: 'theirs', enabled: true }),
    );
    await gateway.send(
      new CreateUsagePlanKeyCommand({ usagePlanId: other.id, keyId: theirs, keyType: 'API_KEY' }),
    );

    expect(await states()).toMatchObject({
      'acme/mine␛[31m': 'on, not of this stack',
      '-/theirs': 'on, not of this stack',
    });
  });

  test('keys that others switched off, took out or deleted are seen', async () => {
    const usagePlanId = physicalIds[logicalIds.producerPlan('acme')];
    const [off, out] = [idOf('acme', '2026-06'), idOf('acme', '2026-12')];
    const patchOperations = [{ op: 'replace' as const, path: '/enabled', value: 'false' }];
    await gateway.send(new UpdateApiKeyCommand({ apiKey: off, patchOperations }));
    await gateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: out }));
    await gateway.send(new DeleteApiKeyCommand({ apiKey: idOf('zoo', '1') }));

    expect(await states()).toMatchObject({
      'acme/2026-06': 'off',
      'acme/2026-12': 'not in its plan',
      'zoo/1': 'gone',
    });
    await expect(run({ value: 'zoo/1' })).rejects.toThrow(
      `The key zoo/1 (${idOf('zoo', '1')}) was deleted by hand. Give it another name`,
    );
  });
});

test('the command is declared with its options', () => {
  const plugin = new KeysPlugin({} as Serverless, {}, {} as never);
  expect(Object.keys(plugin.commands.keys?.options ?? {})).toEqual([
    'producer',
    'value',
    'usage',
    'json',
  ]);
  expect(plugin.hooks).toHaveProperty(['keys:run']);
});
