import { createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import ExistingApiPlugin from '../../../hooks/existing-api';
import type { Serverless, Utils } from '../../../hooks/framework';
import RolloutPlugin from '../../../hooks/rollout';
import { forgetStack, foundStack, foundStageIfAny } from '../../../hooks/stage/deployed-stage';
import StreamsPlugin from '../../../hooks/streams';
import { defaults } from '../../../resources/parameters';
import { compiledStack } from '../../support/compiled-stack';
import { deployStack } from '../../support/deploy-stack';

const STACK = 'kinesis-rest-proxy-dev';
const PARAMETERS = {
  accessLogs: 'false',
  invokeUrl: 'http://127.0.0.1:4566/_aws/execute-api/${RestApi}/dev',
};

/** A command about stage `dev`, in an account in this process. */
function command() {
  const aws = createAws();
  /** Queries of CloudFormation's, by action. */
  const asked: string[] = [];
  const config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: answeredBy((request) => {
      const [, action] = /\bAction=(\w+)/.exec(String(request.body)) ?? [];
      if (action) asked.push(action);
      return aws.handle(request);
    }),
  } as unknown as Parameters<typeof deployStack>[0];
  const serverless = {
    service: {
      service: 'kinesis-rest-proxy',
      custom: { kinesisRestProxy: { parameters: { ...defaults, ...PARAMETERS } } },
      provider: { compiledCloudFormationTemplate: compiledStack(PARAMETERS, 'dev') },
    },
    processedInput: { commands: ['deploy'] },
    classes: { Error },
    getProvider: () => ({
      getStage: () => 'dev',
      getRegion: () => 'us-east-1',
      naming: { getStackName: () => STACK },
      getAwsSdkV3Config: async () => config,
    }),
  } as unknown as Serverless;
  return {
    serverless,
    /** @param logGroup the logical id of one that the stack has besides */
    deploy(logGroup: string) {
      const template = compiledStack(PARAMETERS, 'dev');
      const more = { [logGroup]: { Type: 'AWS::Logs::LogGroup' } };
      return deployStack(config, STACK, {
        ...template,
        Resources: { ...template.Resources, ...more },
      });
    },
    timesRead: () => asked.filter((action) => action === 'GetTemplate').length,
  };
}

test('all that look at the stack before it is changed share one reading of it', async () => {
  const { serverless, deploy, timesRead } = command();
  await deploy('First');

  const [stack, again] = await Promise.all([foundStack(serverless), foundStack(serverless)]);
  const target = await foundStageIfAny(serverless);

  expect(stack?.physicalIds).toHaveProperty('First');
  expect(again).toBe(stack);
  expect(target).toMatchObject({ stage: 'dev', restApiId: stack?.outputs.RestApiId });
  expect(timesRead()).toBe(1);
});

test('once forgotten, it is read anew', async () => {
  const { serverless, deploy, timesRead } = command();
  await deploy('First');
  await foundStack(serverless);
  await deploy('Second');

  forgetStack(serverless);

  expect((await foundStack(serverless))?.physicalIds).toHaveProperty('Second');
  expect(timesRead()).toBe(2);
});

test('a stack that is not there yet is found once it is', async () => {
  const { serverless, deploy } = command();
  expect(await foundStack(serverless)).toBeUndefined();
  expect(await foundStageIfAny(serverless)).toBeUndefined();
  await deploy('First');

  forgetStack(serverless);

  expect((await foundStageIfAny(serverless))?.stage).toBe('dev');
});

test('a deploy reads it once before the first update, however many plugins look, and the next anew', async () => {
  const { serverless, deploy, timesRead } = command();
  const utils = { log: { notice: jest.fn(), warning: jest.fn() } } as unknown as Utils;
  const options = { 'skip-verify': true };
  const plugins = [ExistingApiPlugin, StreamsPlugin, RolloutPlugin].map(
    (Plugin) => new Plugin(serverless, options, utils),
  );
  const happens = async (event: string) => {
    for (const { hooks } of plugins) await hooks[event]?.();
  };
  await deploy('First');

  for (const reads of [1, 2]) {
    await happens('before:deploy:deploy');
    await happens('before:aws:deploy:deploy:createStack');
    expect(timesRead()).toBe(reads);
  }
});
