import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  APIGatewayClient,
  GetRestApisCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { inOrder } from 'dev-kit/testing/in-order';
import { type Running, watch } from 'dev-kit/testing/processes';
import { until } from 'dev-kit/testing/until';
import { type LocalAws, startLocalAws } from 'embedded-aws';
import { requireLoggingRole } from '../../hooks/stage/logging-role';
import type { Config } from '../support/deploy-stack';
import { assume, makeRights } from '../support/rights';
import { FAULT_NAMES, type FaultyProxy, startFaultyProxy } from './support/faulty-proxy';
import { bareEnvironment, nodeArguments } from './support/processes';

// `npm run prove` from beginning to end, through a bad network, cut off by a kill in the middle.
// CI walks two parameters and asks some probes; PROVE_FULL=1 does all that it does on AWS, and then
// only the services' own APIs are hard to reach: the whole contract suite sends a request but once.

const test = inOrder();

const ROOT = path.join(__dirname, '..', '..');
const ID = 'e2e';
const NEVER = Number.POSITIVE_INFINITY;
jest.setTimeout(process.env.PROVE_FULL ? 1_200_000 : 300_000);
const SECRET = 'the-secret-of-the-owner';
const folder = mkdtempSync(path.join(tmpdir(), 'prove-test-'));
const evidence = path.join(folder, 'evidence');
const SHORT = [
  '--parameters=throttleRate,tracing',
  '--contract=ListShards',
  '--only=contract,parameters,shadow,rollback,probes',
  '--probes=content-type,params-order,accept,wrong-secret,models,stack-outputs,kinesis-describe',
];

let aws: LocalAws;
let proxy: FaultyProxy;
let deployer: Awaited<ReturnType<typeof assume>>;
const started: Running[] = [];
let owner: {
  endpoint: string;
  region: string;
  credentials: Record<'accessKeyId' | 'secretAccessKey', string>;
};

beforeAll(async () => {
  aws = await startLocalAws({
    port: 0,
    strict: true,
    secretAccessKey: SECRET,
    kinesis: { createMs: 20, deleteMs: 20 },
  });
  proxy = await startFaultyProxy(aws.url, {
    control: 23,
    api: process.env.PROVE_FULL ? NEVER : 61,
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: SECRET };
  owner = { endpoint: aws.url, region: 'us-east-1', credentials };
  await requireLoggingRole({ config: owner, isLocal: true, warn: console.warn });
  deployer = await deployerOf(owner);
});

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null) killGroup(child);
  await proxy.stop();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Credentials of the role of examples/rights/deployer.yml, with the policy that docs/proving.md adds
 * for the probes, and no other right.
 */
async function deployerOf(config: typeof owner) {
  const { RoleArn = '' } = await makeRights(config as Config, 'deployer', {
    Stage: `prove-${ID}`,
    HasApiKey: 'true',
    BucketPrefix: 'kinesis-rest-proxy-prove',
    TrustedPrincipalArns: 'arn:aws:iam::000000000000:root',
  });
  const page = readFileSync(path.join(ROOT, 'docs', 'proving.md'), 'utf8');
  const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const iam = new IAMClient(config);
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: RoleArn.split('/').pop(),
      PolicyName: 'probes',
      PolicyDocument: policy.replaceAll('123456789012', '000000000000'),
    }),
  );
  iam.destroy();
  return assume(config as Config, RoleArn);
}

/** Starts the command in a process group of its own, which a kill ends as a whole. */
function startProof(...options: readonly string[]): Running {
  const where = ['--from-environment', '--region=us-east-1', `--endpoint=${proxy.endpoint}`];
  const kept = [`--id=${ID}`, `--folder=${folder}`, `--evidence=${evidence}`];
  const child = spawn(
    process.execPath,
    [...nodeArguments(ROOT, 'prove'), ...where, ...kept, ...options],
    {
      cwd: ROOT,
      detached: true,
      env: {
        ...bareEnvironment(),
        AWS_ACCESS_KEY_ID: deployer.accessKeyId,
        AWS_SECRET_ACCESS_KEY: deployer.secretAccessKey,
        AWS_SESSION_TOKEN: deployer.sessionToken,
        SLS_AWS_MONITORING_FREQUENCY: '50',
      },
    },
  );
  const running = watch(child);
  started.push(running);
  return running;
}

function killGroup({ pid }: Running['child']): void {
  try {
    process.kill(-Number(pid), 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** All that is in the account, but for the role of its access logs and the deployer's rights. */
async function everything(): Promise<Record<string, unknown[]>> {
  const apiGateway = new APIGatewayClient(owner);
  const { items: apis = [] } = await apiGateway.send(new GetRestApisCommand({}));
  const { items: plans = [] } = await apiGateway.send(new GetUsagePlansCommand({}));
  const { StackSummaries: stacks = [] } = await new CloudFormationClient(owner).send(
    new ListStacksCommand({}),
  );
  const { logGroups = [] } = await new CloudWatchLogsClient(owner).send(
    new DescribeLogGroupsCommand({}),
  );
  const { Roles = [] } = await new IAMClient(owner).send(new ListRolesCommand({}));
  const { StreamNames = [] } = await new KinesisClient(owner).send(new ListStreamsCommand({}));
  const s3 = new S3Client({ ...owner, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return {
    apis,
    plans,
    stacks: stacks.filter(
      ({ StackName, StackStatus }) =>
        StackStatus !== 'DELETE_COMPLETE' && StackName !== 'rights-deployer',
    ),
    logGroups,
    roles: Roles.filter(({ RoleName = '' }) => !/^(api-gateway-logs$|rights-)/.test(RoleName)),
    streams: StreamNames,
    buckets: Buckets,
  };
}

/** The steps that failed or did not end, with all that was printed in them. */
const notWell = (output: string): string[] =>
  output
    .split(/^(?=… )/m)
    .slice(1)
    .filter((step) => !/^[✔?] /m.test(step) || /✖|differs/.test(step));

test('a proof that is killed goes on, finds all well, and leaves nothing', async () => {
  const options = ['--yes', ...(process.env.PROVE_FULL ? [] : SHORT)];
  const first = startProof(...options);
  await until(() => first.output().includes('… Sets') || first.child.exitCode !== null);
  expect(notWell(first.output())).toEqual([expect.stringMatching(/^… Sets throttleRate/)]);
  // In the middle of a deployment.
  const before = proxy.requests();
  await until(() => proxy.requests() > before + 15);
  killGroup(first.child);
  await once(first.child, 'close');

  const second = startProof(...options);
  const code = await second.code;

  const output = second.output();
  expect(notWell(output)).toEqual([]);
  expect(output).toMatch(/^Account 000000000000, region us-east-1/);
  expect(output).toContain('✔ Deploys the stage, which verifies it (before)');
  expect(output).toContain('✔ Deploys a broken template under traffic');
  expect(output).toContain('✔ Looks for what is left');
  expect(code).toBe(0);
  if (process.env.PROVE_FULL) console.log(output);
  expect(await everything()).toEqual({
    apis: [],
    plans: [],
    stacks: [],
    logGroups: [],
    roles: [],
    streams: [],
    buckets: [],
  });
  // The network was as bad as it was meant to be.
  expect([...proxy.happened.keys()].sort()).toEqual([...FAULT_NAMES].sort());
});

test('its evidence has requests and answers, and not the account', () => {
  const files = readdirSync(evidence, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.\w+$/.test(file),
  );
  const texts = files.map((file) => readFileSync(path.join(evidence, file), 'utf8'));

  expect(files).toEqual(
    expect.arrayContaining(['shadow.json', 'nothing-left.json', 'probes/content-type.json']),
  );
  for (const text of texts) {
    expect(text).not.toMatch(/(?<!shardId-|\d)000000000000(?!\d)/);
    expect(text).not.toContain(aws.url);
    expect(text).not.toContain(ROOT);
  }
});
