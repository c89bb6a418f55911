import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { restore } from '../../../hooks/rollout/restore';
import type { ChangedStack } from '../../../hooks/stage/change-set';
import { compiledStack } from '../../support/compiled-stack';
import { deployStack } from '../../support/deploy-stack';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';

const STACK = 'kinesis-rest-proxy-dev';
const Bucket = 'restored';

let stage: InProcessStage;
let cloudFormation: CloudFormationClient;
let s3: S3Client;
let restored: ChangedStack;
beforeEach(async () => {
  stage = await deployInProcess();
  const config = stage.sdk();
  cloudFormation = new CloudFormationClient(config);
  s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  restored = {
    config,
    stackName: STACK,
    region: 'us-east-1',
    bucket: async () => Bucket,
    key: 'restored.json',
    isTemporary: true,
    pollS: 0.01,
  };
});
afterEach(() => {
  cloudFormation.destroy();
  s3.destroy();
});

const template = async () => {
  const { TemplateBody = '' } = await cloudFormation.send(
    new GetTemplateCommand({ StackName: STACK }),
  );
  return JSON.parse(TemplateBody);
};

test('the stack gets back the template that it had, and nothing is left in the bucket', async () => {
  const before = await template();
  await deployStack(
    stage.sdk(),
    STACK,
    structuredClone(compiledStack({ accessLogs: 'false', streams: 'orders' })),
  );
  expect(await template()).not.toEqual(before);

  await restore(restored, before);

  expect(await template()).toEqual(before);
  const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(objects).toEqual([]);
});

test('a stack that has it already is left alone', async () => {
  const before = await template();
  await restore(restored, before);
  expect(await template()).toEqual(before);
});

test('it is carried out once where the answer to each request is lost at first', async () => {
  const before = await template();
  const changed = structuredClone(compiledStack({ accessLogs: 'false', streams: 'orders' }));
  await deployStack(stage.sdk(), STACK, changed);
  const inner = new CloudFormationClient(restored.config).config.requestHandler;
  const lost = new Set<string>();
  const requestHandler: typeof inner = {
    ...inner,
    async handle(request, options) {
      const answer = await inner.handle(request, options);
      const [, action = ''] = /Action=(\w+)/.exec(String(request.body)) ?? [];
      if (lost.has(action)) return answer;
      lost.add(action);
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    },
  };

  await restore(
    { ...restored, config: { ...restored.config, requestHandler, maxAttempts: 3 } },
    before,
  );

  expect(await template()).toEqual(before);
  expect(lost).toContain('CreateChangeSet');
  expect(lost).toContain('ExecuteChangeSet');
});

test('a template that CloudFormation refuses is an error that says why', async () => {
  const before = await template();
  const Broken = { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Nothing' } } };
  const broken = { ...before, Resources: { ...before.Resources, Broken } };
  await expect(restore(restored, broken)).rejects.toThrow(/Nothing/);
});

test('a stack that had no resources is deleted', async () => {
  await restore(restored, { Resources: {} });
  await expect(template()).rejects.toThrow('does not exist');
});
