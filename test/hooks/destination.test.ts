import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import DestinationPlugin from '../../hooks/destination';
import type { Options, Serverless } from '../../hooks/framework';
import { defaults } from '../../resources/parameters';
import { ofThisFile } from '../support/of-this-file';

const sts = ofThisFile(mockClient(STSClient));
beforeEach(() => {
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({
    Account: '222222222222',
    Arn: 'arn:aws:iam::222222222222:user/me',
  });
});

interface Given {
  readonly command?: string;
  readonly stage?: string;
  readonly region?: string;
  readonly values?: object;
  readonly options?: Options;
}

async function initialized(given: Given): Promise<void> {
  const { command = 'deploy', stage = 'prod', region = 'us-east-1', values = {} } = given;
  const serverless = {
    service: { custom: { kinesisRestProxy: { parameters: { ...defaults, ...values } } } },
    classes: { Error },
    processedInput: { commands: command.split(' ') },
    getProvider: () => ({
      getStage: () => stage,
      getRegion: () => region,
      getAwsSdkV3Config: async () => ({ region }),
    }),
  } as unknown as Serverless;
  await new DestinationPlugin(serverless, given.options ?? {}).hooks.initialize?.();
}

const HERE = { accountId: '222222222222', region: 'us-east-1' };
const OTHER_ACCOUNT = { values: { accountId: '111111111111' } };
const OTHER_REGION = { values: { region: 'eu-west-1' } };

test.each(['deploy', 'remove', 'verify', 'sweep', 'records', 'viewer', 'info', 'deploy function'])(
  '%s is refused in another account or region, and both are named',
  async (command) => {
    await expect(initialized({ command, ...OTHER_ACCOUNT })).rejects.toThrow(
      'Stage prod belongs to account 111111111111, and these credentials are of 222222222222 (arn:aws:iam::222222222222:user/me): name the right profile with --aws-profile',
    );
    await expect(initialized({ command, ...OTHER_REGION })).rejects.toThrow(
      'Stage prod belongs to region eu-west-1, and this command goes to us-east-1: add --region eu-west-1',
    );
  },
);

test('the right account and region pass', async () => {
  await expect(initialized({ values: HERE })).resolves.toBeUndefined();
});

test('another region is refused without a request', async () => {
  await expect(
    initialized({ values: { ...OTHER_ACCOUNT.values, region: 'eu-west-1' } }),
  ).rejects.toThrow('region eu-west-1');
  expect(sts.calls()).toEqual([]);
});

test.each<[string, Given]>([
  ['nothing is declared', {}],
  ['the stage is local', { stage: 'local' }],
  ['print calls no AWS', { command: 'print' }],
  ['package calls no AWS', { command: 'package' }],
  ['verify --list calls no AWS', { command: 'verify', options: { list: true } }],
])('%s: nothing is asked', async (_case, given) => {
  const values =
    given.stage || given.command ? { ...OTHER_ACCOUNT.values, region: 'eu-west-1' } : {};

  await initialized({ ...given, values });

  expect(sts.calls()).toEqual([]);
});
