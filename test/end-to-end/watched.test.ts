import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  APIGatewayClient,
  GetAccountCommand,
  GetStageCommand,
  UpdateAccountCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { inOrder } from 'dev-kit/testing/in-order';
import { startLocalAws } from 'embedded-aws';
import { type Workbench, workbenchOn } from './support/workbench';

// Observability for operators: access logs, alarms, traces, tags.

const test = inOrder();

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:on-call';
const KINESIS_METRIC = 'WriteProvisionedThroughputExceeded';

let workbench: Workbench;
let gateway: APIGatewayClient;
let logs: CloudWatchLogsClient;
let alarms: CloudWatchClient;

beforeAll(async () => {
  // In this process, so that a test can move its clock.
  const aws = await startLocalAws({ port: 0, kinesis: { enforceThroughput: true } });
  workbench = workbenchOn({ port: aws.port, endpoint: aws.url, stop: () => aws.close() });
  gateway = new APIGatewayClient(workbench.sdk);
  logs = new CloudWatchLogsClient(workbench.sdk);
  alarms = new CloudWatchClient(workbench.sdk);
});
afterAll(async () => {
  for (const client of [gateway, logs, alarms]) client.destroy();
  await workbench.close();
});

async function loggingRole(): Promise<string | undefined> {
  return (await gateway.send(new GetAccountCommand({}))).cloudwatchRoleArn;
}

async function makeRole(RoleName: string): Promise<string> {
  const iam = new IAMClient(workbench.sdk);
  const { Role: role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
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
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName,
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    }),
  );
  iam.destroy();
  return role?.Arn ?? '';
}

async function describeAlarms() {
  const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({}));
  return Object.fromEntries(
    MetricAlarms.map((alarm) => [
      alarm.AlarmName?.replace(/^.*-local-(\w+?)Alarm-.*$/, '$1'),
      alarm,
    ]),
  );
}

type Line = Record<string, string>;

/** The lines of the access log, once there are so many. */
async function accessLog(
  logGroupName: string,
  count: number,
  filterPattern?: string,
): Promise<Line[]> {
  for (;;) {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern }),
    );
    if (events.length >= count) return events.map(({ message = '' }) => JSON.parse(message));
    await sleep(20);
  }
}

/** Writes a line that the log has again, as if it had come so many minutes before. */
async function replay(logGroupName: string, line: Line, minutes: readonly number[]) {
  const logStreamName = `replayed-${line.requestId}`;
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = minutes
    .map((count) => ({
      timestamp: Number(line.time) - count * 60_000,
      message: JSON.stringify(line),
    }))
    .sort((a, b) => a.timestamp - b.timestamp);
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

/** The total of one of the stage's own metrics in the last quarter of an hour. */
async function total(MetricName: string, statistic: 'Sum' | 'SampleCount' = 'Sum') {
  const { Datapoints = [] } = await alarms.send(
    new GetMetricStatisticsCommand({
      Namespace: 'KinesisRestProxy',
      MetricName,
      Dimensions: [
        { Name: 'Stage', Value: 'local' },
        { Name: 'Service', Value: 'kinesis-rest-proxy' },
      ],
      StartTime: new Date(Date.now() - 900_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 60,
      Statistics: [statistic],
    }),
  );
  return Datapoints.reduce((sum, point) => sum + (point[statistic] ?? 0), 0);
}

/** A role other than the one that stage local makes. */
let ownRole: string;

const stateOf = async (name: string) => (await describeAlarms())[name]?.StateValue;

test('a stage on an account without a role to log with is refused, with what sets it', async () => {
  const { code, output } = await workbench.run('deploy', '--stage', 'dev', '--skip-verify');

  expect(code).not.toBe(0);
  expect(output).toContain('API Gateway has no role for writing access logs in us-east-1');
  expect(output).toContain('aws apigateway update-account --region us-east-1');
  expect(output).toContain('--param accessLogs=false');
  expect(output).not.toMatch(/^ {4}at /m);
  expect(await loggingRole()).toBeUndefined();
});

test('stage local makes the role that its account lacks', async () => {
  await workbench.succeed(
    ...['deploy', '--skip-verify', '--param', 'logRetentionDays=7', '--param', 'tracing=true'],
    ...['--param', `alarmTopicArn=${TOPIC}`],
  );
  expect(await loggingRole()).toMatch(/:role\/api-gateway-logs$/);
});

test('every request is a line of JSON in the access log, whatever the client wrote', async () => {
  const { InvokeUrl: url, AccessLogGroup: group = '' } = await workbench.outputs();
  const hostile = encodeURIComponent('x","status":"200","y":"');
  await fetch(`${url}/streams`, { headers: { 'user-agent': '"} {"' } });
  const answer = await fetch(`${url}/streams/${hostile}`);
  await fetch(`${url}/nowhere`);

  const [list, describe, nowhere] = await accessLog(group, 3);

  expect(list).toMatchObject({ method: 'GET', resourcePath: '/streams', status: '200' });
  expect(list?.kinesisStatus).toBe('200');
  expect(list?.deploymentId).toBe(answer.headers.get('x-deployment-id'));
  expect(describe).toMatchObject({ resourcePath: '/streams/{stream-name}', status: '400' });
  expect(describe?.requestId).toBe(answer.headers.get('x-amzn-requestid'));
  expect(nowhere).toMatchObject({ status: '403', errorType: 'MISSING_AUTHENTICATION_TOKEN' });
});

test.each([
  ['a quote', '%22%2C%22status%22%3A%22200'],
  ['a quote as it is', 'x"y'],
  ['a line break', 'orders%0A%22'],
  ['a backslash', 'orders%5C'],
  ['a variable of the log', '%24context.identity.apiKey'],
  ['a name that is too long', 'o'.repeat(129)],
  ['letters of another alphabet', '%D0%BE%D1%80'],
])('a path with %s puts nothing into the log', async (_what, name) => {
  const { InvokeUrl: url = '', AccessLogGroup: group = '' } = await workbench.outputs();
  const { port, hostname, pathname } = new URL(url);
  // The client of Node, unlike fetch, sends a path as it is.
  const id = await new Promise<string>((resolve, reject) => {
    get({ host: hostname, port, path: `${pathname}/streams/${name}` }, (answer) => {
      resolve(String(answer.headers['x-amzn-requestid']));
      answer.resume();
    }).on('error', reject);
  });

  const [line] = await accessLog(group, 1, `"${id}"`);

  expect(line).toMatchObject({ stream: '-', resourcePath: '/streams/{stream-name}' });
});

test('the log names stream, caller and reason of a refusal, and never data', async () => {
  const { InvokeUrl: url, AccessLogGroup: group = '' } = await workbench.outputs();
  const SECRET = 'S3cr3tOfTheCustomer';
  await fetch(`${url}/streams/orders.eu-1_x`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"ShardCount": 1}',
  });
  const put = (name: string, body: object) =>
    fetch(`${url}/streams/${name}/record`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'user-agent': SECRET },
      body: JSON.stringify(body),
    });
  const idOf = (answer: Response) => answer.headers.get('x-amzn-requestid');
  while ((await put('orders.eu-1_x', { Data: SECRET, PartitionKey: SECRET })).status === 404) {
    await sleep(20);
  }
  const taken = await put('orders.eu-1_x', { Data: SECRET, PartitionKey: SECRET });
  const unknown = await put('nowhere', { Data: SECRET, PartitionKey: SECRET });
  const refused = await put('orders.eu-1_x', { Data: SECRET, PartitionKey: { [SECRET]: SECRET } });

  const lineOf = async (answer: Response) =>
    (await accessLog(group, 1, `{ $.requestId = "${idOf(answer)}" }`))[0];
  expect(await lineOf(taken)).toMatchObject({
    service: 'kinesis-rest-proxy',
    stage: 'local',
    stream: 'orders.eu-1_x',
    status: '200',
    errorType: '-',
    kinesisError: '-',
    failedRecords: '-',
  });
  expect(await lineOf(unknown)).toMatchObject({
    stream: 'nowhere',
    status: '404',
    kinesisStatus: '400',
    kinesisError: 'ResourceNotFoundException',
  });
  expect(await lineOf(refused)).toMatchObject({
    stream: '-',
    status: '400',
    errorType: 'BAD_REQUEST_BODY',
    kinesisStatus: '-',
  });
  expect(unknown.headers.get('errorcode')).toBe('ResourceNotFoundException');
  const lines = await accessLog(group, 1);
  expect(JSON.stringify(lines)).not.toContain(SECRET);
});

test('refusals by a model are counted, and raise an alarm when they go on', async () => {
  const { AccessLogGroup: group = '' } = await workbench.outputs();
  const lines = await accessLog(group, 1);
  const [refused] = await accessLog(group, 1, '{ $.errorType = "BAD_REQUEST_BODY" }');

  expect(await total('ModelRefusals')).toBe(1);
  expect(await total('ModelRefusals', 'SampleCount')).toBe(lines.length);
  expect(await stateOf('ModelRefusals')).toBe('OK');
  await replay(group, refused ?? {}, [5, 10, 15]);

  expect(await stateOf('ModelRefusals')).toBe('ALARM');
});

test('a batch of which a record failed is counted, and raises an alarm when it goes on', async () => {
  const { InvokeUrl: url, AccessLogGroup: group = '' } = await workbench.outputs();
  const record = { data: 'x'.repeat(700_000), 'partition-key': 'k' };

  const answer = await fetch(`${url}/streams/orders.eu-1_x/records`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: [record, record] }),
  });

  expect([answer.status, answer.headers.get('failedrecords')]).toEqual([207, '1']);
  const [line] = await accessLog(group, 1, '{ $.status = "207" }');
  expect(line).toMatchObject({ stream: 'orders.eu-1_x', failedRecords: '1' });
  expect(await total('PartialBatches')).toBe(1);
  expect(await stateOf('PartialBatches')).toBe('OK');
  await replay(group, line ?? {}, [1, 2]);

  expect(await stateOf('PartialBatches')).toBe('ALARM');
});

test("a verification's own batches and a stage beside this one raise none", async () => {
  const { AccessLogGroup: group = '' } = await workbench.outputs();
  const [line = {}] = await accessLog(group, 1, '{ $.status = "207" }');
  const before = await total('PartialBatches');

  await replay(
    group,
    { ...line, requestId: 'a', stream: 'verify-kinesis-rest-proxy-local-x' },
    [1],
  );
  await replay(group, { ...line, requestId: 'b', stage: 'local-verify-1' }, [1]);

  expect(await total('PartialBatches')).toBe(before);
});

test('the dashboard shows the stage', async () => {
  const { DashboardBody = '' } = await alarms.send(
    new GetDashboardCommand({ DashboardName: 'kinesis-rest-proxy-local-us-east-1' }),
  );
  const { widgets } = JSON.parse(DashboardBody);
  const { AlarmArn } = (await describeAlarms()).PartialBatches ?? {};

  expect(widgets[0].properties.alarms).toContain(AlarmArn);
  expect(widgets[1].properties).toMatchObject({
    title: 'Requests',
    region: 'us-east-1',
    metrics: [
      [
        'AWS/ApiGateway',
        'Count',
        'ApiName',
        'kinesis-rest-proxy-local',
        'Stage',
        'local',
        expect.anything(),
      ],
    ],
  });
});

test('the log is kept as long as the stage says', async () => {
  const { AccessLogGroup: logGroupNamePrefix } = await workbench.outputs();
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
  expect(logGroups).toMatchObject([{ retentionInDays: 7 }]);
});

test('X-Ray traces, where the stage says so', async () => {
  const { RestApiId: restApiId } = await workbench.outputs();
  const stage = await gateway.send(new GetStageCommand({ restApiId, stageName: 'local' }));
  expect(stage.tracingEnabled).toBe(true);
});

test('alarms carry the dimensions of their metrics, and tell the topic', async () => {
  const found = await describeAlarms();

  const ofTheStage = [
    { Name: 'ApiName', Value: 'kinesis-rest-proxy-local' },
    { Name: 'Stage', Value: 'local' },
  ];
  expect(found).toMatchObject({
    ServerErrors: { MetricName: '5XXError', Dimensions: ofTheStage, Statistic: 'Average' },
    ClientErrors: { MetricName: '4XXError', Dimensions: ofTheStage, Statistic: 'Average' },
    Latency: { MetricName: 'Latency', Dimensions: ofTheStage, ExtendedStatistic: 'p99' },
    ThrottledWritesAnywhere: {
      Metrics: [
        { Expression: `SELECT SUM(${KINESIS_METRIC}) FROM SCHEMA("AWS/Kinesis", StreamName)` },
      ],
    },
  });
  for (const alarm of Object.values(found)) {
    expect(alarm).toMatchObject({ AlarmActions: [TOPIC], OKActions: [TOPIC] });
  }
});

test('what takes tags has the tags of service and stage', async () => {
  const { RestApiId: restApiId, AccessLogGroup: group } = await workbench.outputs();
  const stage = await gateway.send(new GetStageCommand({ restApiId, stageName: 'local' }));
  expect(stage.tags).toMatchObject({ service: 'kinesis-rest-proxy', stage: 'local' });
  const { logGroups: [found] = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
  );
  const { tags } = await logs.send(
    new ListTagsForResourceCommand({ resourceArn: found?.logGroupArn ?? found?.arn }),
  );
  expect(tags).toMatchObject({ service: 'kinesis-rest-proxy', stage: 'local' });
});

describe('a stage whose deployment fails its verification', () => {
  const deploy = () => workbench.run('deploy', '--param', 'streams=orders');
  let file: string;
  let sound: string;

  test.before(async () => {
    ownRole = await makeRole('own-role');
    await gateway.send(
      new UpdateAccountCommand({
        patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: ownRole }],
      }),
    );
    file = path.join(workbench.folder, 'templates', 'PutRecord.request.vtl');
    sound = readFileSync(file, 'utf8');
    writeFileSync(file, sound.replace('"PartitionKey":', '"PartitionKey"'));
    expect((await deploy()).code).toBe(1);
  });

  test('never takes over a role that the account has', async () => {
    expect(await loggingRole()).toBe(ownRole);
  });

  test('watches the one stream that it is for, and tells nobody unless told whom', async () => {
    const { ThrottledWrites: alarm, ...others } = await describeAlarms();
    expect(alarm).toMatchObject({
      MetricName: KINESIS_METRIC,
      Dimensions: [{ Name: 'StreamName', Value: 'orders' }],
      AlarmActions: [],
    });
    expect(others).not.toHaveProperty('ThrottledWritesAnywhere');
  });

  test('raises an alarm, until a deployment passes', async () => {
    expect(await stateOf('FailedDeployment')).toBe('ALARM');
    writeFileSync(file, sound);
    // CloudWatch counts by the minute: of two deployments in one, the failed one decides.
    const { now } = Date;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
    const mended = await deploy();
    const state = await stateOf('FailedDeployment');
    clock.mockRestore();

    expect([mended.code, state]).toEqual([0, 'OK']);
  });
});

test("the stack's removal takes the log group and the alarms, and leaves the account's role", async () => {
  await workbench.succeed('remove');

  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  expect(await describeAlarms()).toEqual({});
  expect(await loggingRole()).toBe(ownRole);
});

test('without access logs neither role nor log group is needed', async () => {
  await gateway.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: '' }],
    }),
  );
  await workbench.succeed(
    ...['deploy', '--stage', 'dev', '--skip-verify', '--param', 'accessLogs=false'],
  );
  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  expect(await loggingRole()).toBeFalsy();
});
