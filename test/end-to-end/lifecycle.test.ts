import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { endpoints } from '../../resources/endpoints';
import { bareEnvironment, startEmbeddedAws, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

// The life of one stage, told in order: each test goes on where the one before it ended.

const test = inOrder();

const service = serviceCopy();
let aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
let environment: NodeJS.ProcessEnv;
let invokeUrl: string;

const run = (...args: string[]) => warmServerless(service.folder, args, environment);
const sdk = () => ({
  endpoint: aws.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

beforeAll(async () => {
  aws = await startEmbeddedAws();
  environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) };
});

afterAll(async () => {
  await aws.stop();
  service.remove();
});

function expectEveryCheckPassed(output: string): void {
  for (const { method, path: route } of endpoints) {
    expect(output).toMatch(new RegExp(`✔ ${method} ${route.replace(/[{}]/g, '\\$&')}  \\d+ ms`));
  }
  expect(output).not.toContain('✖');
}

async function streams(): Promise<string[]> {
  const kinesis = new KinesisClient(sdk());
  const { StreamNames = [] } = await kinesis.send(new ListStreamsCommand({}));
  kinesis.destroy();
  return StreamNames;
}

async function deploymentIds(): Promise<(string | undefined)[]> {
  const client = new CloudFormationClient(sdk());
  const { StackEvents = [] } = await client.send(
    new DescribeStackEventsCommand({ StackName: 'kinesis-rest-proxy-local' }),
  );
  const made = StackEvents.filter(
    (event) =>
      event.ResourceType === 'AWS::ApiGateway::Deployment' &&
      event.ResourceStatus === 'CREATE_COMPLETE',
  );
  return made.map(({ PhysicalResourceId }) => PhysicalResourceId);
}

test('deploy: the stack is made, every endpoint verified, and no stream is left', async () => {
  const { code, output } = await run('deploy', '--stage', 'local');

  expect(output).toContain('Service deployed');
  expectEveryCheckPassed(output);
  expect(code).toBe(0);
  expect(await streams()).toEqual([]);
});

test('info: the outputs are there, and the URL answers', async () => {
  const { code, output } = await run('info', '--stage', 'local', '--verbose');

  expect(code).toBe(0);
  invokeUrl = /InvokeUrl: (\S+)/.exec(output)?.[1] ?? '';
  expect(invokeUrl).toMatch(new RegExp(`^${aws.endpoint}/_aws/execute-api/[a-z0-9]{10}/local$`));
  expect(output).toMatch(/RestApiId: [a-z0-9]{10}\n/);
  expect(output).toMatch(/RoleArn: arn:aws:iam::000000000000:role\/\S+/);
  expect((await fetch(`${invokeUrl}/streams`)).status).toBe(200);
});

test('deploy again: nothing changed, nothing new is deployed, and it is verified all the same', async () => {
  const before = await deploymentIds();

  const { code, output } = await run('deploy', '--stage', 'local');

  expectEveryCheckPassed(output);
  expect(code).toBe(0);
  expect(await deploymentIds()).toEqual(before);
});

test('a changed template goes live, at the same URL, with --skip-verify unverified', async () => {
  const file = path.join(service.folder, 'templates', 'Empty.response.vtl');
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, '{"changed": true}\n');

  // Verification would find it: the answer is to be {}.
  const { code, output } = await run('deploy', '--stage', 'local', '--skip-verify');

  expect(code).toBe(0);
  expect(output).not.toContain('Verifying');
  const answer = await fetch(`${invokeUrl}/streams/changed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"ShardCount": 1}',
  });
  expect(await answer.json()).toEqual({ changed: true });
  await fetch(`${invokeUrl}/streams/changed`, { method: 'DELETE' });
  writeFileSync(file, original);
});

test('a template that API Gateway refuses rolls back, says why, and leaves the stage serving', async () => {
  const file = path.join(service.folder, 'resources', 'methods.ts');
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, original.replace(':kinesis:action/', ':kinesis:nonsense/'));

  const { code, output } = await run('deploy', '--stage', 'local');

  expect(code).not.toBe(0);
  expect(output).toMatch(/UPDATE_FAILED: \w+Method \(AWS::ApiGateway::Method\)\n.*\S/);
  expect((await fetch(`${invokeUrl}/streams`)).status).toBe(200);
  writeFileSync(file, original);
});

test('a template that renders no JSON is deployed, and verification stops the pipeline', async () => {
  const file = path.join(service.folder, 'templates', 'PutRecord.request.vtl');
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, original.replace('"PartitionKey":', '"PartitionKey"'));

  const { code, output } = await run('deploy', '--stage', 'local');

  expect(code).not.toBe(0);
  expect(output).toContain('✖ PUT /streams/{stream-name}/record (PutRecord)');
  expect(output).toContain('Verification failed: PUT /streams/{stream-name}/record');
  expect(output).toContain('blocked: PUT /streams/{stream-name}/record failed');
  expect(output).not.toContain('    at ');
  expect(await streams()).not.toContainEqual(expect.stringMatching(/^verify-/));
  writeFileSync(file, original);
});

test('a stage of chosen streams verifies with a stream of that kind', async () => {
  const { code, output } = await run('deploy', '--stage', 'local', '--param', 'streams=orders-*');

  expectEveryCheckPassed(output);
  expect(code).toBe(0);
  const denied = await fetch(`${invokeUrl}/streams/customers`, { method: 'POST' });
  expect(denied.status).toBe(403);
  expect(await denied.json()).toEqual({
    code: 'AccessDeniedException',
    message: expect.stringMatching(
      /^User: arn:aws:sts::000000000000:assumed-role\/.* is not authorized to perform: kinesis:CreateStream on resource: arn:aws:kinesis:us-east-1:000000000000:stream\/customers/,
    ),
    requestId: expect.any(String),
  });
});

test('deploy list and rollback know the deployments', async () => {
  const { code, output } = await run('deploy', 'list', '--stage', 'local');
  expect(code).toBe(0);
  const timestamps = [...output.matchAll(/Timestamp: (\d+)/g)].map(([, timestamp]) => timestamp);
  expect(timestamps.length).toBeGreaterThan(1);

  const back = await run('rollback', '--stage', 'local', '--timestamp', String(timestamps[0]));
  expect(back.output).not.toContain('Error:');
  expect(back.code).toBe(0);
});

test('remove: nothing of the stack is left', async () => {
  const { code } = await run('remove', '--stage', 'local');

  expect(code).toBe(0);
  const apiGateway = new APIGatewayClient(sdk());
  expect((await apiGateway.send(new GetRestApisCommand({}))).items ?? []).toEqual([]);
  apiGateway.destroy();
  const cloudFormation = new CloudFormationClient(sdk());
  const { StackSummaries = [] } = await cloudFormation.send(
    new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] }),
  );
  cloudFormation.destroy();
  expect(StackSummaries).toEqual([]);
  expect(await streams()).toEqual([]);
  expect((await fetch(`${invokeUrl}/streams`)).status).toBe(403);
});

test('verify, info and remove of a stage that is not deployed say so in one line', async () => {
  const verified = await run('verify', '--stage', 'local');
  expect(verified.code).not.toBe(0);
  expect(verified.output).toContain(
    'The stack kinesis-rest-proxy-local does not exist. Deploy it first: npx serverless deploy --stage local',
  );
  for (const command of ['info', 'remove']) {
    const { code, output } = await run(command, '--stage', 'local');
    expect(code).not.toBe(0);
    expect(output).toContain('does not exist');
    expect(output).not.toContain('    at ');
  }
});
