import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { runCanary } from '../../../hooks/canary/run';
import { environmentOf, targetOf } from '../../../hooks/canary/target';
import type { CompiledTemplate } from '../../../hooks/framework';
import { AWS_PACE } from '../../../hooks/verify/pace';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';
import { BY_USER_POOL } from '../../support/token-stages';

// The canary as Lambda runs it: with the permissions of the role that the stack makes for it.

const SERVICE = 'kinesis-rest-proxy';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';
/** Nothing takes as long here as on AWS to be encrypted, or to be read again. */
const PACE = { ...AWS_PACE, encryptionMs: 0, readMs: 0 };
const RUNS = { canary: 'rate(5 minutes)' };

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

/** The policy of the canary's role, as CloudFormation made it. */
async function rolePolicy(stage: InProcessStage): Promise<Policy> {
  const iam = new IAMClient(stage.sdk());
  const { stack } = await stage.target();
  const RoleName = stack?.physicalIds.CanaryRole;
  const { PolicyDocument = '' } = await iam.send(
    new GetRolePolicyCommand({ RoleName, PolicyName: 'canary' }),
  );
  return JSON.parse(decodeURIComponent(PolicyDocument));
}

/** Runs it as an identity with a policy. */
async function runWith(
  stage: InProcessStage,
  policy: Policy,
  transport: typeof fetch = stage.transport,
) {
  const config = stage.sdk(await stage.userWith(JSON.stringify(policy)));
  const environment = environmentOf(await stage.target());
  const clients = {
    kinesis: new KinesisClient(config),
    apiGateway: new APIGatewayClient(config),
    iam: new IAMClient(config),
    cloudFormation: new CloudFormationClient(config),
  };
  const printed: string[] = [];
  const ended = await runCanary(
    { ...environment, AWS_REGION: 'us-east-1' },
    clients,
    (line) => printed.push(line),
    transport,
    PACE,
  ).catch((error: Error) => error);
  const [metrics, report, ...minutes] = printed.map((line) => JSON.parse(line));
  return { ended, printed, metrics, report, minutes };
}

const streams = async (stage: InProcessStage) =>
  (await new KinesisClient(stage.sdk()).send(new ListStreamsCommand({}))).StreamNames;

test('it covers declared streams, and puts records where they say so alone', async () => {
  const declared = { orders: { testRecords: true }, others: { authorization: 'AWS_IAM' } } as const;
  const stage = await deployInProcess(
    { ...RUNS, authorization: 'NONE', corsOrigins: 'https://app.example' },
    undefined,
    {},
    undefined,
    declared,
  );

  const { ended, report } = await runWith(stage, await rolePolicy(stage));

  expect(ended).toMatchObject({ failed: 0, blocked: 0 });
  const { checks } = report as { checks: { name: string; status: string }[] };
  const statusOf = (name: string) => checks.find((each) => each.name === name)?.status;
  expect(statusOf('events/orders/Stored')).toBe('passed');
  expect(statusOf('events/others/Stored')).toBe('skipped');
  expect(statusOf('events/others/Preflight')).toBe('passed');
});

test('of a stage that asks for tokens it asks what needs none, and sets off nothing', async () => {
  const stage = await deployInProcess({ ...RUNS, ...BY_USER_POOL, readAuthorization: 'AWS_IAM' });

  const { ended, metrics, report } = await runWith(stage, await rolePolicy(stage));

  expect(ended).toMatchObject({ failed: 0, blocked: 0, notRun: 0, unasked: 0 });
  expect(metrics).toMatchObject({ Failed: 0 });
  const { checks, verdict } = report as {
    checks: { name: string; status: string; because?: string }[];
    verdict: string;
  };
  expect(verdict).toBe('passed');
  const resultOf = (name: string) => checks.find((each) => each.name === name);
  expect(resultOf('PutRecord')?.because).toBe('no token for the write entrance');
  expect(resultOf('DescribeStream')?.status).toBe('passed');
  expect(resultOf('PutRecordClosed')?.status).toBe('passed');
  expect(resultOf('access/write/Forged')?.status).toBe('passed');
});

test.concurrent.each<Readonly<Record<string, string>>>([
  {},
  { manageStreams: 'false' },
  { authorization: 'API_KEY' },
  { authorization: 'NONE', streams: 'orders-*' },
  { protected: 'true', streams: 'orders-*' },
  { streams: 'orders' },
  { streams: 'orders', manageStreams: 'false', kmsKeyArns: KEY },
])('with what its role may do, it finds nothing wrong with a stage with %j', async (values) => {
  const stage = await deployInProcess({ ...RUNS, ...values });

  const { ended, metrics, report } = await runWith(stage, await rolePolicy(stage));

  expect(ended).toMatchObject({ failed: 0, blocked: 0 });
  expect(metrics).toMatchObject({ Failed: 0, TeardownIncomplete: 0 });
  expect(metrics.Passed).toBeGreaterThan(10);
  expect(report).toMatchObject({ verdict: 'passed', stage: 'dev' });
  expect(await streams(stage)).toEqual([]);
});

const broken = ({ Resources }: CompiledTemplate) => {
  const text = JSON.stringify(Resources.PutRecordMethod);
  Resources.PutRecordMethod = JSON.parse(text.replace('\\"Data\\": \\"', '\\"Date\\": \\"'));
};

test.concurrent('a fault: it names the check, counts it, and leaves no stream', async () => {
  const stage = await deployInProcess({ ...RUNS, authorization: 'NONE' }, broken);

  const { ended, metrics, report } = await runWith(stage, await rolePolicy(stage));

  expect(ended).toMatchObject({ name: 'CanaryFailure' });
  expect(String(ended)).toContain('PUT /streams/{stream-name}/record (PutRecord)');
  expect(metrics.Failed).toBeGreaterThan(0);
  expect(report.verdict).toBe('failed');
  expect(await streams(stage)).toEqual([]);
});

test.concurrent('its metrics are a line that CloudWatch reads, under the dimensions that the alarm watches', async () => {
  const stage = await deployInProcess({ ...RUNS, authorization: 'NONE' });

  const { metrics, printed } = await runWith(stage, await rolePolicy(stage));

  expect(printed.length).toBeGreaterThan(2);
  for (const line of printed) expect(line).not.toContain('\n');
  const [{ Namespace, Dimensions, Metrics }] = metrics._aws.CloudWatchMetrics;
  expect(Namespace).toBe('KinesisRestProxy');
  expect(Dimensions).toEqual([['Service', 'Stage']]);
  expect(metrics).toMatchObject({ Service: SERVICE, Stage: 'dev' });
  for (const { Name } of Metrics) expect(metrics[Name]).toEqual(expect.any(Number));
  expect(Metrics.map(({ Name }: { Name: string }) => Name)).toEqual([
    'Passed',
    'Failed',
    'Duration',
    'TeardownIncomplete',
  ]);
  expect(Math.abs(metrics._aws.Timestamp - Date.now())).toBeLessThan(60_000);
});

test.concurrent('its own requests and refusals are counted for the alarm to leave out, to the last one', async () => {
  const stage = await deployInProcess({ ...RUNS, authorization: 'NONE' });
  const statuses: number[] = [];
  const observed: typeof fetch = async (...request) => {
    const answer = await stage.transport(...request);
    statuses.push(answer.status);
    return answer;
  };

  const { minutes } = await runWith(stage, await rolePolicy(stage), observed);

  const sum = (name: string) => minutes.reduce((total, minute) => total + minute[name], 0);
  expect(sum('Requests')).toBe(statuses.length);
  expect(sum('ClientErrors')).toBe(statuses.filter((status) => status >= 400).length);
  expect(Math.max(...statuses)).toBeLessThan(500);
  for (const { _aws } of minutes) expect(_aws.Timestamp % 60_000).toBe(0);
});

test.concurrent('it fills no shard, so that no write of its own is throttled', async () => {
  const stage = await deployInProcess({ ...RUNS, authorization: 'NONE' }, undefined, {
    enforceThroughput: true,
  });
  const throttled: string[] = [];
  const observed: typeof fetch = async (...request) => {
    const answer = await stage.transport(...request);
    const { method, url } = request[0] as Request;
    if (method === 'PUT' && [207, 429].includes(answer.status)) throttled.push(url);
    return answer;
  };

  const { minutes } = await runWith(stage, await rolePolicy(stage), observed);

  expect(minutes.length).toBeGreaterThan(0);
  expect(throttled).toEqual([]);
});

test.concurrent('a stream that its role may not delete is counted apart', async () => {
  const stage = await deployInProcess({ ...RUNS, manageStreams: 'false', authorization: 'NONE' });
  const policy = await rolePolicy(stage);
  const without = policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => action !== 'kinesis:DeleteStream'),
  }));

  const { metrics, report } = await runWith(stage, { ...policy, Statement: without });

  expect(metrics.TeardownIncomplete).toBe(1);
  expect(report.throwAwayStream.teardown).toBe('incomplete');
});

test.concurrent('what the environment tells is what the stack knows', async () => {
  const stage = await deployInProcess({ ...RUNS, authorization: 'API_KEY' });
  const target = await stage.target();

  const environment = environmentOf(target);

  expect(targetOf({ ...environment, AWS_REGION: 'us-east-1' })).toEqual({
    ...target,
    parameters: { ...target.parameters, invokeUrl: target.invokeUrl },
    stack: undefined,
  });
});

test.concurrent('a variable that is missing is named', () => {
  expect(() => targetOf({})).toThrow('The canary needs the environment variable INVOKE_URL.');
});
