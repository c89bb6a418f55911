import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { inOrder } from 'dev-kit/testing/in-order';
import { npm, packed, packWorkspace } from 'dev-kit/testing/pack';
import {
  bareEnvironment,
  type Finished,
  freePort,
  type Running,
  watch,
} from 'dev-kit/testing/processes';
import { checks } from '../../hooks/verify/checks';
import { warmServerless } from './support/processes';

// The packages as others install them, in a folder without this repository: a service with its own
// function, stream and REST API adds the API. The tests build on each other.

const test = inOrder();

const ROOT = path.join(__dirname, '..', '..');
const FIXTURE = path.join(__dirname, 'fixtures', 'shop');
/** The repository's files that the package is made of. */
const PACKED = [
  ...[
    'package.json',
    'index.ts',
    'serverless.cjs',
    'serverless.ts',
    'streams.ts',
    '.swcrc',
    'tsconfig.json',
  ],
  ...['tsconfig.pack.json', 'resources', 'templates', 'hooks', 'docs', 'scripts'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE'],
];
const StackName = 'shop-local';
const { dependencies, name, version } = JSON.parse(
  readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
);

let folder: string;
let port: number;
let local: Running;
let sdk: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};
let url: string;

/** Packs the repository, as `npm run pack` does. */
const packRoot = (destination: string): Promise<void> =>
  packed(
    {
      name,
      sources: PACKED,
      async pack(copy, folder) {
        const args = ['--require', './hooks/typescript.cjs', 'scripts/pack.ts'];
        await promisify(execFile)(process.execPath, args, { cwd: copy });
        await npm(copy, 'pack', './dist', '--pack-destination', folder);
      },
    },
    destination,
  );

const installed = (...names: readonly string[]) => path.join(folder, 'node_modules', ...names);

const environment = () => ({ ...bareEnvironment(), LOCAL_AWS_PORT: String(port) });

function start(...args: readonly string[]): Running {
  const cli = installed('serverless', 'bin', 'serverless.js');
  // `invoke` would read its event from an open stdin.
  return watch(
    spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** @throws with what was printed when the command fails */
const outputOf = ({ code, output }: Finished): string => {
  if (code !== 0) throw new Error(`The command failed:\n${output}`);
  return output;
};

/** Runs the installed CLI. @throws with what was printed when the command fails */
async function installedCli(...args: readonly string[]): Promise<string> {
  const running = start(...args);
  return outputOf({ code: await running.code, output: running.output() });
}

const run = (...args: readonly string[]): Promise<Finished> =>
  warmServerless(folder, args, environment());

/** Runs a command of the installed package. @throws with what was printed when the command fails */
const succeed = async (...args: readonly string[]): Promise<string> => outputOf(await run(...args));

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'shop-'));
  await Promise.all([packRoot(folder), packWorkspace('embedded-aws', folder)]);
  cpSync(FIXTURE, folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"name":"shop","private":true}');
  const { version: embedded } = JSON.parse(
    readFileSync(path.join(ROOT, 'packages', 'embedded-aws', 'package.json'), 'utf8'),
  );
  const files = [`./${name}-${version}.tgz`, `./embedded-aws-${embedded}.tgz`];
  const framework = `serverless@${dependencies.serverless}`;
  const quick = ['--prefer-offline', '--no-audit', '--no-fund'];
  await npm(folder, 'install', ...quick, '--save-dev', framework, ...files);
  port = await freePort();
  sdk = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  local = start('local');
  await local.printed('Ctrl-C stops it.');
  url = /The API is ready at (\S+)/.exec(local.output())?.[1] ?? '';
});
afterAll(async () => {
  local?.child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('its serverless.ts compiles under strict TypeScript, without the types of Node', async () => {
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = watch(spawn(process.execPath, [tsc, '-p', folder], { cwd: folder }));

  expect([await compiled.code, compiled.output()]).toEqual([0, '']);
});

test('serverless local serves all of the service, and finds the API sound', async () => {
  expect(local.output()).toContain(`✔ ${checks.Drift.title}`);
  expect(local.output()).toContain(`✔ ${checks.Served.title}`);
  expect(local.output()).not.toContain('✖');

  const put = await fetch(`${url}/streams/orders-local/record`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ PartitionKey: 'maya', Data: 'three apples' }),
  });
  expect(put.status).toBe(200);
  expect(await installedCli('records', '--stream', 'orders-local')).toContain('three apples');
  expect(await installedCli('invoke', '--function', 'hello', '--param', 'greeting=hi')).toContain(
    '"body": "hello"',
  );
});

test('a stream that it declares takes events as its schema says', async () => {
  const send = (body: string) =>
    fetch(`${url}/events/views`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const [good, bad] = [await send('{"page": "/1.10"}'), await send('{"pages": 1}')];

  expect([good.status, bad.status]).toEqual([200, 400]);
  expect(await succeed('records', '--stream', 'views')).toContain('{\\"page\\": \\"/1.10\\"}');
});

/** The physical ids of the service's own resources, and how long its log is kept. */
async function ownResources(): Promise<unknown> {
  const client = new CloudFormationClient(sdk);
  const logs = new CloudWatchLogsClient(sdk);
  const ids: Record<string, string> = {};
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const {
      LogicalResourceId: id = '',
      PhysicalResourceId = '',
    } of page.StackResourceSummaries ?? []) {
      if (/^(Shop|Orders|Hello)/.test(id) && !id.includes('Version')) ids[id] = PhysicalResourceId;
    }
  }
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/shop-local-hello' }),
  );
  client.destroy();
  logs.destroy();
  return { ids, retention: logGroups.map(({ retentionInDays }) => retentionInDays) };
}

test("what is taken away is the API's alone, and the canary looks at nothing else", async () => {
  const before = await ownResources();
  const canary = ['--param', 'canary=rate(5 minutes)'];

  const given = await succeed('deploy', '--skip-verify', '--param', 'corsOrigins=*', ...canary);
  const invoked = await installedCli('invoke', '--function', 'canary', ...canary);
  const taken = await succeed('deploy');
  const after = await ownResources();
  const verified = await succeed('verify');

  expect(before).toMatchObject({
    ids: { ShopApi: expect.any(String), ShopStage: 'shop', Orders: 'orders-local' },
    retention: [3],
  });
  expect(given).toContain('canary: shop-local-canary');
  expect(JSON.parse(invoked)).toMatchObject({ failed: 0, unasked: 0 });
  expect(taken).toContain('The stack is updated twice');
  expect(after).toEqual(before);
  expect(verified).not.toContain('✖');
});

test('a resource of its own under a logical id of the API is refused by name', async () => {
  const file = path.join(folder, 'serverless.ts');
  const text = readFileSync(file, 'utf8');
  const mine = "{ ...api.resources.Resources, RestApi: { Type: 'AWS::SNS::Topic' } }";
  writeFileSync(
    file,
    text.replace(
      'resources: api.resources,',
      `resources: { ...api.resources, Resources: ${mine} },`,
    ),
  );
  const spread = await run('package');
  writeFileSync(file, text.replace('Orders: {', 'RestApi: {'));
  const given = await run('package');
  writeFileSync(file, text);

  expect([spread.code, given.code]).toEqual([1, 1]);
  expect(spread.output).toContain("The resource 'RestApi' of your service has a name that the API");
  expect(given.output).toContain(
    "your resource 'RestApi' (Resources) has a name that the API needs",
  );
});

/** Descriptions of the account's resources. */
async function inAccount(): Promise<string[]> {
  const clients = {
    stacks: new CloudFormationClient(sdk),
    streams: new KinesisClient(sdk),
    functions: new LambdaClient(sdk),
    apis: new APIGatewayClient(sdk),
    logs: new CloudWatchLogsClient(sdk),
    buckets: new S3Client({ ...sdk, forcePathStyle: true }),
  };
  const { Stacks = [] } = await clients.stacks.send(new DescribeStacksCommand({}));
  const { StreamNames = [] } = await clients.streams.send(new ListStreamsCommand({}));
  const { Functions = [] } = await clients.functions.send(new ListFunctionsCommand({}));
  const { items = [] } = await clients.apis.send(new GetRestApisCommand({}));
  const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({}));
  const { Buckets = [] } = await clients.buckets.send(new ListBucketsCommand({}));
  for (const client of Object.values(clients)) client.destroy();
  return [
    ...Stacks.map(({ StackName: stack }) => `stack ${stack}`),
    ...StreamNames.map((stream) => `stream ${stream}`),
    ...Functions.map(({ FunctionName: fn }) => `function ${fn}`),
    ...items.map((api) => `API ${api.name}`),
    ...logGroups.map(({ logGroupName: group }) => `log group ${group}`),
    ...Buckets.map(({ Name: bucket }) => `bucket ${bucket}`),
  ];
}

test('remove takes all of it away, and the command ends when it is interrupted', async () => {
  const before = await inAccount();
  await installedCli('remove');
  const after = await inAccount();
  local.child.kill('SIGINT');

  expect(before).toEqual(
    expect.arrayContaining([
      ...['stack shop-local', 'stream orders-local', 'function shop-local-hello'],
      ...['API shop', 'API shop-local', 'log group /aws/lambda/shop-local-hello'],
    ]),
  );
  expect(after).toEqual([]);
  expect(await local.code).toBe(0);
});
