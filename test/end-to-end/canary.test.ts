import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { inOrder } from 'dev-kit/testing/in-order';
import { environmentOf } from '../../hooks/canary/target';
import { loadTarget } from '../../hooks/stage/load-target';
import { openWorkbench, type Workbench } from './support/workbench';

// The canary by way of the real CLI: bundled, deployed, and run against the embedded AWS.

const test = inOrder();

const SERVICE = 'kinesis-rest-proxy';
const FunctionName = `${SERVICE}-local-canary`;
const CANARY = ['--param', 'canary=rate(5 minutes)'] as const;
const INVOKE = ['invoke', 'local', '--function', 'canary', '--data', '{}', ...CANARY] as const;

let workbench: Workbench;
let lambda: LambdaClient;

beforeAll(async () => {
  workbench = await openWorkbench();
  lambda = new LambdaClient(workbench.sdk);
});
afterAll(async () => {
  lambda.destroy();
  await workbench.close();
});

const compiledTemplate = () =>
  path.join(workbench.folder, '.serverless', 'cloudformation-template-update-stack.json');

/** The lines of JSON that a run printed: metrics, then report. */
function printed(output: string) {
  const lines = output.split('\n').filter((line) => /^\{".*\}$/.test(line));
  return lines.map((line) => JSON.parse(line));
}

async function streams() {
  const client = new KinesisClient(workbench.sdk);
  const { StreamNames } = await client.send(new ListStreamsCommand({}));
  client.destroy();
  return StreamNames;
}

async function alarms() {
  const client = new CloudWatchClient(workbench.sdk);
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
  client.destroy();
  return MetricAlarms.filter(({ MetricName }) => MetricName === 'Failed');
}

test('for AWS the schedule is on, and the whole template is what CloudFormation takes', async () => {
  await workbench.succeed('package', '--stage', 'dev', ...CANARY);

  const file = compiledTemplate();
  const { CanaryEventsRuleSchedule1: rule, ...resources } = JSON.parse(
    readFileSync(file, 'utf8'),
  ).Resources;
  expect(rule.Properties).toMatchObject({
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
  });
  expect(Object.keys(resources)).toContain('CanaryLambdaFunction');
  const engine = new CelEngine();
  const { diagnostics } = engine.validateStandard(new TemplateFile(file), { strict: true });
  const problems = diagnostics
    .filter(({ severity }) => severity !== 'INFO')
    .filter(({ entity }) => entity?.logicalId?.startsWith('Canary'));
  engine.free();
  expect(problems.map(({ ruleId, message }) => `${ruleId} ${message}`)).toEqual([]);
});

test('what is no rate is refused before anything is deployed', async () => {
  const { code, output } = await workbench.run('deploy', '--param', 'canary=often');
  expect(code).not.toBe(0);
  expect(output).toContain("Parameter 'canary' is 'often'. It takes a rate of EventBridge");
  expect(output).not.toMatch(/^ {4}at /m);
});

test('a run on a stage that is not deployed says what to do', async () => {
  const { code, output } = await workbench.run(...INVOKE);
  expect(code).not.toBe(0);
  expect(output).toContain('Deploy it first: npx serverless deploy --stage local');
});

test('it is deployed beside the API, and the stack is verified as a whole', async () => {
  const output = await workbench.succeed('deploy', ...CANARY);

  expect(output).toContain('✔ The stack matches this checkout');
  const { Environment, ...configuration } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  expect(configuration).toMatchObject({
    Handler: 'hooks/canary/handler.handler',
    Runtime: 'nodejs24.x',
    Timeout: 480,
  });
  expect(configuration.CodeSize).toBeLessThan(1_000_000);
  const retries = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
  expect(retries.MaximumRetryAttempts).toBe(0);
  // `invoke local` sets the same environment as Lambda.
  const target = await loadTarget({
    stage: 'local',
    region: 'us-east-1',
    service: SERVICE,
    stackName: `${SERVICE}-local`,
    config: workbench.sdk,
  });
  expect(Environment?.Variables).toEqual(environmentOf(target));
});

test('it has its schedule, its log and its alarm', async () => {
  const events = new EventBridgeClient(workbench.sdk);
  const { Rules } = await events.send(new ListRulesCommand({}));
  events.destroy();
  // Nothing here keeps time; on every other stage it is on.
  expect(Rules).toMatchObject([{ ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED' }]);
  const logs = new CloudWatchLogsClient(workbench.sdk);
  const { logGroups } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${FunctionName}` }),
  );
  logs.destroy();
  expect(logGroups).toMatchObject([{ retentionInDays: 30 }]);
  expect(await alarms()).toMatchObject([
    { MetricName: 'Failed', Period: 600, TreatMissingData: 'breaching' },
  ]);
});

test('a run finds nothing wrong, says so in metrics, and leaves nothing', async () => {
  const { code, output } = await workbench.run(...INVOKE);

  const [metrics, report] = printed(output);
  expect(metrics).toMatchObject({ Service: SERVICE, Stage: 'local', Failed: 0 });
  expect(metrics.Passed).toBeGreaterThan(30);
  expect(report).toMatchObject({ verdict: 'passed', throwAwayStream: { teardown: 'complete' } });
  expect(code).toBe(0);
  expect(await streams()).toEqual([]);
});

test('a damaged template: a run names the check and fails', async () => {
  const file = path.join(workbench.folder, 'templates', 'PutRecord.request.vtl');
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, original.replace('"Data": "', '"Date": "'));
  await workbench.succeed('deploy', '--skip-verify', ...CANARY);

  const { code, output } = await workbench.run(...INVOKE);

  writeFileSync(file, original);
  const [metrics, report] = printed(output);
  expect(metrics.Failed).toBeGreaterThan(0);
  expect(report.verdict).toBe('failed');
  expect(output).toContain('"errorType": "CanaryFailure"');
  expect(output).toContain('Verification failed: PUT /streams/{stream-name}/record (PutRecord)');
  expect(code).toBe(1);
  expect(await streams()).toEqual([]);
});

test('a deployment without a rate has neither function nor bundle, and takes away what there is', async () => {
  const output = await workbench.succeed('deploy', '--skip-verify');

  expect(output).not.toContain('canary');
  const template = readFileSync(compiledTemplate(), 'utf8');
  expect(template).not.toContain('AWS::Lambda');
  expect(template).not.toContain('CanaryRole');

  expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
  expect(await alarms()).toEqual([]);
});
