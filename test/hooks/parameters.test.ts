import type { Serverless, Utils } from '../../hooks/framework';
import ParametersPlugin from '../../hooks/parameters';
import { defaults } from '../../resources/parameters';
import { type Row, stages } from '../../resources/parameters/stages';
import type { Streams } from '../../resources/streams/declaration';
import { type DeclaredStream, declaredStreams } from '../../resources/streams/declared';

interface Given {
  readonly param?: string[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly params?: unknown;
  readonly functions?: object;
  /** Of serverless.ts. */
  readonly declared?: { readonly streams: readonly DeclaredStream[]; readonly stage: string };
}

async function initialized(
  stage: string,
  authorization: string,
  { param = [], values = {}, params = stages(), functions = {}, declared }: Given = {},
) {
  const warning = jest.fn();
  const serverless = {
    service: {
      service: 'kinesis-rest-proxy',
      custom: {
        kinesisRestProxy: {
          parameters: { ...defaults, invokeUrl: 'https://x', authorization, ...values },
          ...declared,
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

/** As the framework has filled in the variables for stage `dev`. */
const declaredOn = (stage: string, streams: Streams) => ({
  stage,
  streams: JSON.parse(
    JSON.stringify(declaredStreams(streams, { stage, folder: '.' }))
      .replaceAll('${self:service}', 'kinesis-rest-proxy')
      .replaceAll('${self:provider.stage}', 'dev')
      .replaceAll('${param:team}', 'a team'),
  ) as DeclaredStream[],
});

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';

test.each<[string, Streams, string]>([
  [
    'a name that is too long for Kinesis',
    { orders: { streamName: 'x'.repeat(60) + '${self:service}'.repeat(4) } },
    "would be 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…', 132 characters of which AWS takes 128",
  ],
  [
    'a name of other characters',
    { orders: { streamName: '${param:team}-orders' } },
    "the name of 'orders' in Kinesis would be 'a team-orders'. It takes letters",
  ],
  [
    'a name as given and by default',
    { orders: {}, clicks: { streamName: 'kinesis-rest-proxy-dev-orders' } },
    "'orders' and 'clicks' are the same stream in Kinesis, 'kinesis-rest-proxy-dev-orders'.",
  ],
  [
    'a name that a sweep would delete',
    { orders: { streamName: 'verify-kinesis-rest-proxy-dev-orders' } },
    'names begin with verify-kinesis-rest-proxy-dev-.',
  ],
  [
    'a key of another region',
    { orders: { kmsKeyArn: KEY } },
    'streams.ts: orders.kmsKeyArn is of region eu-west-1, and the stage is deployed to us-east-1.',
  ],
])('%s is refused', async (_what, streams, message) => {
  const refused = initialized('dev', 'AWS_IAM', { declared: declaredOn('dev', streams) });
  await expect(refused).rejects.toThrow(message);
});

test('streams that were declared for another stage are refused', async () => {
  const streams: Streams = { orders: {} };
  await expect(
    initialized('dev', 'AWS_IAM', { declared: declaredOn('local', streams) }),
  ).rejects.toThrow('The streams are declared for stage local, and the command is for dev:');
  await initialized('dev', 'AWS_IAM', { declared: declaredOn('dev', streams) });
  await initialized('dev', 'AWS_IAM', { declared: declaredOn('local', {}) });
});
