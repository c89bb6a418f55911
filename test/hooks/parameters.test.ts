import type { Serverless, Utils } from '../../hooks/framework';
import ParametersPlugin from '../../hooks/parameters';
import { defaults } from '../../resources/parameters';
import { type Row, stages } from '../../resources/parameters/stages';

interface Given {
  readonly param?: string[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly params?: unknown;
  readonly functions?: object;
}

async function initialized(
  stage: string,
  authorization: string,
  { param = [], values = {}, params = stages(), functions = {} }: Given = {},
) {
  const warning = jest.fn();
  const serverless = {
    service: {
      service: 'kinesis-rest-proxy',
      custom: {
        kinesisRestProxy: {
          parameters: { ...defaults, invokeUrl: 'https://x', authorization, ...values },
        },
      },
      functions,
    },
    configurationInput: { params },
    classes: { Error },
    getProvider: () => ({ getStage: () => stage, getRegion: () => 'us-east-1' }),
  } as unknown as Serverless;
  const utils = { log: { warning } } as unknown as Utils;
  await new ParametersPlugin(serverless, { param }, utils).hooks.initialize?.();
  return warning;
}

test('a stage that is open to the world is deployed with a warning', async () => {
  const warning = await initialized('prod', 'NONE', { values: { manageStreams: 'false' } });
  expect(warning).toHaveBeenCalledWith(
    expect.stringMatching(/^Stage prod is open to the world: authorization is NONE\./),
  );
});

test.each([
  ['local', 'NONE'],
  ['prod', 'AWS_IAM'],
  ['prod', 'API_KEY'],
])('stage %s with %s needs none', async (stage, authorization) => {
  const values = { manageStreams: stage === 'prod' ? 'false' : 'true' };
  expect(await initialized(stage, authorization, { values })).not.toHaveBeenCalled();
});

test.each(['API_KEY', 'NONE'])('%s is refused where callers could delete streams', async (open) => {
  await expect(initialized('dev', open)).rejects.toThrow(
    "Set manageStreams to 'false', or to 'anyone'",
  );
  const values = { manageStreams: 'anyone' };
  await expect(initialized('dev', open, { values })).resolves.toBeDefined();
});

test('a Kafka REST proxy that records travel to in the clear is named', async () => {
  const warning = await initialized('prod', 'AWS_IAM', {
    values: { kafkaRestUrl: 'http://kafka.example' },
  });
  expect(warning).toHaveBeenCalledWith(
    expect.stringMatching(/^Stage prod sends records .*in the clear/),
  );
});

test.each([
  ['streams', "Parameter 'streams' is ''."],
  ['nothing=1', "Unknown parameter 'nothing'."],
])('--param %s is refused', async (param, message) => {
  await expect(initialized('dev', 'AWS_IAM', { param: [param] })).rejects.toThrow(message);
});

const CANARY = { canary: 'rate(5 minutes)' };
const own = (rows: Readonly<Record<string, Row>>) => ({ ...stages(), ...rows });

test.each<[string, Given, string]>([
  ['dev', { params: { prod: { streams: 'x' } } }, "params.default has lost its 'streams'"],
  ['dev', { params: own({ prod: { streams: 'x' } }) }, "params.prod has lost its 'manageStreams'"],
  ['dev', { params: { ...stages(), qa: { stream: 'x' } } }, "Did you mean 'streams'?"],
  ['PROD', {}, 'Did you mean --stage prod?'],
  ['dev', { values: { throttleRate: 0 } }, "Parameter 'throttleRate' is '0'."],
  ['dev', { values: { streams: '' } }, "Parameter 'streams' is ''."],
  ['x'.repeat(39), { values: CANARY, functions: { canary: {} } }, 'of which AWS takes 64'],
  ['dev', { values: CANARY }, 'serverless.ts found none'],
  ['dev', { functions: { canary: {} } }, 'serverless.ts found one'],
  [
    'dev',
    { functions: { canary: { handler: 'own.run' } } },
    "The function 'canary' of your service",
  ],
])('stage %s with %j is refused', async (stage, given, message) => {
  await expect(initialized(stage, 'AWS_IAM', given)).rejects.toThrow(message);
});
