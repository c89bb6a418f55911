import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { prefixOf } from '../../hooks/stage/throw-away-name';
import { openWorkbench, type Workbench } from './support/workbench';

// The narrowest stage there is: production, one stream by its name, encrypted with a key of its own,
// that the API neither creates nor deletes. It is verified as well as the widest.

const test = inOrder();

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';
const orders = { StreamName: 'orders' };

let workbench: Workbench;
let kinesis: KinesisClient;
let url: string;

beforeAll(async () => {
  workbench = await openWorkbench();
  kinesis = new KinesisClient(workbench.sdk);
  url = `${workbench.endpoint}/_aws/execute-api/\${RestApi}/prod`;
  await kinesis.send(new CreateStreamCommand({ ...orders, ShardCount: 1 }));
  await active();
  const encryption = { ...orders, EncryptionType: 'KMS', KeyId: KEY } as const;
  await kinesis.send(new StartStreamEncryptionCommand(encryption));
  await active();
  const Data = Buffer.from('precious');
  await kinesis.send(new PutRecordCommand({ ...orders, PartitionKey: 'k', Data }));
});
afterAll(async () => {
  kinesis.destroy();
  await workbench.close();
});

async function active(): Promise<void> {
  for (;;) {
    const summary = await kinesis.send(new DescribeStreamSummaryCommand(orders));
    if (summary.StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return;
    await sleep(20);
  }
}

const streams = async () => (await kinesis.send(new ListStreamsCommand({}))).StreamNames;

/** The records in the stage's own stream. */
async function held(): Promise<string[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      ...orders,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
}

/** Limits of endpoints have tests of their own; a verification that keeps to them takes a minute. */
const COMMON = ['streams=orders', 'accessLogs=false', 'endpointThrottles=false'];

const narrow = (more: readonly string[] = [`kmsKeyArns=${KEY}`]) =>
  [...COMMON, `invokeUrl=${url}`, ...more].flatMap((each) => ['--param', each]);

/** The reasons not to run a check on such a stage: what it is about is not there. */
const REASONS = [
  // Of checks that show tokens and keys: this stage asks for signatures.
  'another authorization',
  'no CORS origins',
  'no Kafka REST proxy',
  // The check OwnStream reads the one stream instead.
  "no name is free in 'orders'",
  'no second key',
  'streams not managed',
];

test('a plain deployment of it passes every check that there is for it, and leaves nothing', async () => {
  const report = path.join(workbench.folder, 'verify.json');

  const { code, output } = await workbench.run(
    ...['deploy', '--stage', 'prod', '--report', report],
    ...narrow(),
  );

  expect(output).not.toContain('✖');
  expect(code).toBe(0);
  const { counts, throwAwayStream, checks: results } = JSON.parse(readFileSync(report, 'utf8'));
  expect(counts).toMatchObject({ failed: 0, blocked: 0, unasked: 0, notRun: 0 });
  expect(throwAwayStream.teardown).toBe('complete');
  const reasons = results.map(({ because }: { because?: string }) => because);
  expect([...new Set(reasons)].filter(Boolean).sort()).toEqual(REASONS);
  const passed = results
    .filter(({ status }: { status: string }) => status === 'passed')
    .map(({ name }: { name: string }) => name);
  expect(passed).toEqual(
    expect.arrayContaining(['OtherStreams', 'OwnStream', 'PutRecord', 'GetRecords', 'Encrypted']),
  );
  expect(await streams()).toEqual(['orders']);
  expect(await held()).toEqual(['precious']);
});

test('a deployment that does not name the key of its stream fails its verification', async () => {
  const { code, output } = await workbench.run('deploy', '--stage', 'prod', ...narrow([]));

  expect(code).toBe(1);
  expect(output).toContain(
    `the stream orders is encrypted with the key ${KEY}, which neither the parameter kmsKeyArns nor a declared stream has`,
  );
  expect(await streams()).toEqual(['orders']);
});

test('callers who do not sign are not let delete streams unless the stage says so', async () => {
  const open = ['--param', 'authorization=API_KEY', '--param', 'manageStreams=true'];
  const { code, output } = await workbench.run('deploy', '--stage', 'qa', ...narrow(), ...open);

  expect(code).toBe(1);
  expect(output).toContain(
    "Anyone with the API key could create streams on stage qa, and delete them with all their records: authorization is API_KEY and manageStreams is true. Set manageStreams to 'false', or to 'anyone'",
  );
  await expect(workbench.outputs('qa')).rejects.toThrow('does not exist');
});

test('removing it leaves the stream and its record', async () => {
  await workbench.succeed('remove', '--stage', 'prod', ...narrow());

  expect(await streams()).toEqual(['orders']);
  expect(await held()).toEqual(['precious']);
});

test('a service and a stage with long names have a role for the streams as they are called', async () => {
  const owner = { service: `kinesis-${'x'.repeat(55)}`, stage: 'y'.repeat(60) };
  const config = path.join(workbench.folder, 'serverless.ts');
  const text = readFileSync(config, 'utf8');
  writeFileSync(config, text.replace(/(service: )'[^']+'/, `$1'${owner.service}'`));

  await workbench.succeed('package', '--stage', owner.stage);

  const file = '.serverless/cloudformation-template-update-stack.json';
  const template = readFileSync(path.join(workbench.folder, file), 'utf8');
  writeFileSync(config, text);
  expect(template).toContain(`:stream/${prefixOf(owner)}*`);
  expect(template).not.toContain(`:stream/verify-${owner.service}-${owner.stage}`);
});
