import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  ImportRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { kinesisProxyTutorial, SOLUTIONS_CONSTRUCT } from 'embedded-aws/fixtures';
import { createStack } from '../support/create-stack';
import { openWorkbench, type Workbench } from './support/workbench';

// `serverless verify --url --routes`: the real CLI on APIs that this service did not make.

const ROUTES = path.join(__dirname, '..', '..', 'examples', 'doors');

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench();
});
afterAll(() => workbench.close());

const urlOf = (api: string | undefined, stage: string) =>
  `${workbench.endpoint}/_aws/execute-api/${api}/${stage}`;

const doorAt = (url: string, routes: string) => [
  ...['verify', '--stage', 'dev', '--url', url],
  ...['--routes', path.join(ROUTES, routes)],
];

async function streams(): Promise<readonly string[]> {
  const client = new KinesisClient(workbench.sdk);
  const { StreamNames = [] } = await client.send(new ListStreamsCommand({}));
  client.destroy();
  return StreamNames;
}

test('a signed API of one stream: what is wrong is told with its request, and the stream stays', async () => {
  const { ApiId, StreamName = '' } = await createStack(
    workbench.sdk,
    'construct',
    SOLUTIONS_CONSTRUCT,
  );
  const report = path.join(workbench.folder, 'door.json');

  const { code, output } = await workbench.run(
    ...doorAt(urlOf(ApiId, 'prod'), 'solutions-construct.json'),
    ...['--stream', StreamName, '--report', report],
  );

  expect(code).toBe(1);
  expect(output).toContain('Verifying aws-apigateway-kinesisstreams');
  expect(output).toContain('✔ POST /record: rejects a request without a signature or key');
  expect(output).toContain('✖ POST /records: stores a partition key with quotes');
  expect(output).toContain('the answer is 200, but Kinesis refused the request');
  expect(output).toContain(`--data-raw '{"data":"Hello, Kinesis!","partitionKey":"key \\"1\\""}'`);
  expect(output).toContain('(not described: ListStreams)');
  expect(output).toContain('The API stays as it is');
  const { verdict, checks } = JSON.parse(readFileSync(report, 'utf8'));
  expect(verdict).toBe('failed');
  expect(checks).toContainEqual(
    expect.objectContaining({ name: 'PutRecordKeyBreakout', status: 'failed' }),
  );
  expect(await streams()).toEqual([StreamName]);
});

test('an open API, by who has no AWS credentials: all goes through the door', async () => {
  const url = urlOf(await importTutorial(), 'test');
  const before = await streams();

  const { code, output } = await workbench.runWith(
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    ...doorAt(url, 'aws-tutorial.json'),
    ...['--only', 'PutRecordUnicode,PutRecordsObject,GetRecords,OpenToAll,DeleteStream'],
  );

  expect(output).toContain('✔ PUT /streams/{stream-name}/record: stores text beyond ASCII');
  expect(output).toContain('the stream holds "{user={name=Maya');
  expect(output).toContain('left open: anybody can delete streams');
  expect(output).toContain('✔ GET /streams/{stream-name}/records');
  expect(output).toContain('✔ The stream goes');
  expect(code).toBe(1);
  expect(await streams()).toEqual(before);
});

async function importTutorial(): Promise<string | undefined> {
  const iam = new IAMClient(workbench.sdk);
  const apiGateway = new APIGatewayClient(workbench.sdk);
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'tutorial',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    }),
  );
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'tutorial', PolicyArn }));
  const body = Buffer.from(JSON.stringify(kinesisProxyTutorial('3.0', Role?.Arn)));
  const { id } = await apiGateway.send(new ImportRestApiCommand({ body }));
  await apiGateway.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'test' }));
  iam.destroy();
  apiGateway.destroy();
  return id;
}

test.each([
  [['--url', 'https://a.example'], '--url needs --routes FILE beside it'],
  [['--routes', 'a.yml'], '--routes needs --url URL beside it'],
  [
    ['--url', 'https://a.example', '--routes', path.join(ROUTES, 'service-proxy.json')],
    'Pass --stream with its name to allow that',
  ],
])('%j is refused in one line', async (options, says) => {
  const { code, output } = await workbench.run('verify', '--stage', 'dev', ...options);

  expect(code).toBe(2);
  expect(output).toContain(says);
  expect(output).not.toMatch(/^ +at /m);
});
