import { setTimeout as sleep } from 'node:timers/promises';
import {
  APIGatewayClient,
  GetAccountCommand,
  GetStageCommand,
  UpdateAccountCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { openWorkbench, type Workbench } from './support/workbench';

// Observability for operators: access logs, alarms, traces, tags.

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:on-call';
const KINESIS_METRIC = 'WriteProvisionedThroughputExceeded';

let workbench: Workbench;
let gateway: APIGatewayClient;
let logs: CloudWatchLogsClient;
let alarms: CloudWatchClient;

beforeAll(async () => {
  workbench = await openWorkbench();
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

/** The lines of the access log, once there are so many. */
async function accessLog(logGroupName: string, count: number): Promise<Record<string, string>[]> {
  for (;;) {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    if (events.length >= count) return events.map(({ message = '' }) => JSON.parse(message));
    await sleep(20);
  }
}

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
  expect(Object.keys(found)).toHaveLength(4);
  for (const alarm of Object.values(found)) {
    expect(alarm).toMatchObject({ AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
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

/** A role other than the one that stage local makes. */
let ownRole: string;

test('a role that the account has is never taken over', async () => {
  ownRole = await makeRole('own-role');
  await gateway.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: ownRole }],
    }),
  );

  await workbench.succeed('deploy', '--skip-verify', '--param', 'streams=orders');

  expect(await loggingRole()).toBe(ownRole);
});

test('a stage for one stream watches that stream, and tells nobody unless told whom', async () => {
  const { ThrottledWrites: alarm, ...others } = await describeAlarms();
  expect(alarm).toMatchObject({
    MetricName: KINESIS_METRIC,
    Dimensions: [{ Name: 'StreamName', Value: 'orders' }],
    AlarmActions: [],
  });
  expect(others).not.toHaveProperty('ThrottledWritesAnywhere');
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
