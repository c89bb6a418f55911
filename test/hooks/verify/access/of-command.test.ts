import { createIssuer } from 'dev-kit/testing/issuer';
import type { Options, Serverless } from '../../../../hooks/framework';
import { requireTokens, tokensOf } from '../../../../hooks/verify/access/of-command';
import { BY_FUNCTION, BY_USER_POOL } from '../../../support/token-stages';

beforeEach(() => {
  // The exit code is for a process that ends.
  jest.spyOn(process, 'once').mockImplementation(() => process);
});
afterEach(() => jest.restoreAllMocks());

const deployOf = (parameters: object, stage = 'dev', streams: readonly object[] = []): Serverless =>
  ({
    service: { service: 's', custom: { kinesisRestProxy: { parameters, streams } } },
    processedInput: { commands: ['deploy'] },
    getProvider: () => ({ getStage: () => stage }),
  }) as unknown as Serverless;

async function begun(
  serverless: Serverless,
  options: Options = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  tokensOf(serverless, options, environment);
  return requireTokens(serverless, options).catch((error: { code: string }) => error.code);
}

test('a stage that asks for no token needs none to be deployed', async () => {
  expect(await begun(deployOf({ authorization: 'AWS_IAM' }))).toBeUndefined();
});

test('one that does is not deployed without, unless that is known or it is on a laptop', async () => {
  const stage = { ...BY_FUNCTION, readAuthorization: 'NONE' };
  expect(await begun(deployOf(stage))).toBe('TOKEN_MISSING');
  expect(await begun(deployOf(stage), { 'without-token': true })).toBeUndefined();
  expect(await begun(deployOf(stage, 'local'))).toBeUndefined();
  expect(await begun(deployOf(stage), {}, { API_TOKEN: 'a-word' })).toBeUndefined();
});

test('nor if only one stream asks for one', async () => {
  const streams = [{ name: 'orders', authorization: 'LAMBDA' }];
  const serverless = () => deployOf({ authorization: 'AWS_IAM' }, 'dev', streams);
  expect(await begun(serverless())).toBe('TOKEN_MISSING');
  expect(await begun(serverless(), {}, { API_TOKEN_EVENTS_ORDERS: 'a-word' })).toBeUndefined();
});

test('a token that cannot be good is refused before anything is deployed', async () => {
  const { expiredToken } = await createIssuer();
  const environment = { API_TOKEN: await expiredToken() };
  expect(await begun(deployOf(BY_USER_POOL), {}, environment)).toBe('TOKEN_UNFIT');
});

test('the message says what can be done', async () => {
  const serverless = deployOf(BY_FUNCTION);
  tokensOf(serverless, {}, {});
  await expect(requireTokens(serverless, {})).rejects.toThrow(
    'There is no token for the write entrance (LAMBDA): set API_TOKEN, or pass --token-command. With --without-token, deploy verifies what needs none; with --skip-verify, nothing.',
  );
});

test('a command that cannot be run is refused at once', () => {
  const options = { 'token-command': 'get | cut' };
  expect(() => tokensOf(deployOf(BY_FUNCTION), options, {})).toThrow('without a shell');
});
