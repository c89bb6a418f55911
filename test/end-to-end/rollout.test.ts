import { readFileSync } from 'node:fs';
import path from 'node:path';
import { APIGatewayClient, GetDomainNamesCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis';
import { withChangedFile } from './support/changed-file';
import { everything } from './support/owners-view';
import { RATE, type SteadyWriter, writeSteadily } from './support/steady-writer';
import { streamsOn } from './support/streams';
import { openWorkbench, type Workbench } from './support/workbench';

// One stage that clients write to all the time, while new versions of it are deployed, good ones and
// bad ones. Told in order.

const StackName = 'kinesis-rest-proxy-dev';
const STREAM = 'orders';

let workbench: Workbench;
let gateway: APIGatewayClient;
let cloudFormation: CloudFormationClient;
let iam: IAMClient;
let streams: ReturnType<typeof streamsOn>;
let restApiId: string;
let writer: SteadyWriter;

/** `serverless deploy` of stage dev, open to everybody, with more arguments. */
const deploying = (...args: string[]) => [
  ...['deploy', '--stage', 'dev', '--param', 'authorization=NONE', '--param', 'accessLogs=false'],
  ...['--param', 'endpointThrottles=false', '--param', 'manageStreams=anyone'],
  '--param',
  `invokeUrl=${workbench.endpoint}/_aws/execute-api/\${RestApi}/\${Stage}`,
  ...args,
];
const deploy = (...args: string[]) => workbench.run(...deploying(...args));
const succeed = (...args: string[]) => workbench.succeed(...deploying(...args));

/** Changes a file of the service while something is done. */
const changed = <T>(file: string, change: (text: string) => string, act: () => Promise<T>) =>
  withChangedFile(workbench.folder, file, change, act);

/** The same with one more declared stream. */
const withStream = <T>(act: () => Promise<T>) =>
  changed('streams.ts', (text) => text.replace('declare({})', 'declare({ clicks: {} })'), act);

/** Everything that a deploy may make, change or delete. */
async function world() {
  const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
  const { StackResourceSummaries: resources = [] } = await cloudFormation.send(
    new ListStackResourcesCommand({ StackName }),
  );
  const there = resources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  return {
    api: await everything(gateway, restApiId, 'dev'),
    template: JSON.parse(TemplateBody ?? ''),
    resources: there
      .map(({ LogicalResourceId: id, PhysicalResourceId: physicalId }) => `${id} ${physicalId}`)
      .sort(),
    roles: (await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName).sort(),
    streams: (await streams.kinesis.send(new ListStreamsCommand({}))).StreamNames,
  };
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The ids of all records in the stream. */
async function stored(): Promise<string[]> {
  const { Shards = [] } = await streams.kinesis.send(new ListShardsCommand({ StreamName: STREAM }));
  const ids: string[] = [];
  for (const { ShardId } of Shards) {
    let { ShardIterator } = await streams.kinesis.send(
      new GetShardIteratorCommand({
        StreamName: STREAM,
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    for (let isBehind = true; isBehind; ) {
      const page = await streams.kinesis.send(new GetRecordsCommand({ ShardIterator }));
      const data = (page.Records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString());
      ids.push(...data.map((text) => JSON.parse(text).id as string));
      ShardIterator = page.NextShardIterator;
      isBehind = (page.MillisBehindLatest ?? 0) > 0;
    }
  }
  return ids;
}

beforeAll(async () => {
  workbench = await openWorkbench();
  gateway = new APIGatewayClient(workbench.sdk);
  cloudFormation = new CloudFormationClient(workbench.sdk);
  iam = new IAMClient(workbench.sdk);
  streams = streamsOn(workbench.endpoint);
});
afterAll(async () => {
  await writer?.stop();
  for (const client of [gateway, cloudFormation, iam, streams.kinesis]) client.destroy();
  await workbench.close();
});

const TEMPLATE = 'templates/PutRecord.request.vtl';
const ENDPOINT = 'resources/endpoints/put-record.ts';
const broken = (text: string) => text.replace('"Data": "', '"Date": "');
const AS_BEFORE = 'Stage dev serves what it did, and the stack is as it was before';

describe('a first deployment', () => {
  test('that fails leaves nothing of the API, and no stage was ever there', async () => {
    const { code, output } = await changed(TEMPLATE, broken, () => withStream(() => deploy()));
    expect(output).toMatch(/Verifying stage dev-verify-[0-9a-f]{6} before dev serves it/);
    expect(output).toContain('Stage dev is not deployed, as before');
    expect(output).not.toMatch(/^ {4}at /m);
    expect(code).toBe(1);
    const { StreamNames: names } = await streams.kinesis.send(new ListStreamsCommand({}));
    expect(names).toEqual([]);
    const { StackResourceSummaries: resources = [] } = await cloudFormation.send(
      new ListStackResourcesCommand({ StackName }),
    );
    const left = resources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
    expect(left.map(({ ResourceType }) => ResourceType).sort()).toEqual([
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
  });

  test('is verified before it is live, and writes a report of both', async () => {
    const file = path.join(workbench.folder, 'verify.json');
    const xml = path.join(workbench.folder, 'verify.xml');
    const output = await succeed('--report', `${file},${xml}`);
    const first = output.indexOf('before dev serves it');
    const second = output.indexOf('Verifying stage dev at');
    expect([first > 0, second > first]).toEqual([true, true]);
    const report = JSON.parse(readFileSync(file, 'utf8'));
    expect(report).toMatchObject({
      verdict: 'passed',
      url: expect.stringMatching(/\/dev-verify-[0-9a-f]{6}$/),
      live: { verdict: 'passed', url: expect.stringMatching(/\/dev$/) },
    });
    expect(report.live.deploymentId).toBe(report.deploymentId);
    const suites = [...readFileSync(xml, 'utf8').matchAll(/<testsuite name="([^"]*)"/g)];
    expect(suites.map(([, name]) => name)).toEqual(['verify dev', 'verify dev live']);
    restApiId = (await workbench.outputs('dev')).RestApiId ?? '';
    const { api } = await world();
    expect(api.stages).toEqual(['dev']);
    expect(api.deployments).toHaveLength(1);
  });
});

describe('while clients write', () => {
  let before: Awaited<ReturnType<typeof world>>;

  beforeAll(async () => {
    await streams.create(STREAM, 2);
    const { InvokeUrl: url } = await workbench.outputs('dev');
    writer = writeSteadily(`${url}/streams/${STREAM}`);
    before = await world();
  });

  /** One kind of answer, from one deployment. */
  async function expectSteady(): Promise<void> {
    expect(writer.kinds()).toEqual([
      {
        status: 200,
        deployment: before.api.stage.deploymentId,
        contentType: 'application/json',
        members: 'ShardId,SequenceNumber',
      },
    ]);
  }

  test.each([
    ['a broken template', TEMPLATE, broken, /✖ PUT \/streams\/\{stream-name\}\/record/],
    [
      'a role that may no longer write',
      'resources/role.ts',
      (text: string) =>
        text.replace(
          '`kinesis:${action}`;',
          "`kinesis:${action.replace('PutRecord', 'Describe')}`;",
        ),
      /✖ PUT \/streams\/\{stream-name\}\/record/,
    ],
    [
      'a role for other streams than the stage',
      'resources/role.ts',
      (text: string) =>
        text.replace('[STREAMS, throwAwayStreams]', "[streamArns('x-*'), throwAwayStreams]"),
      /does not reach the stream/,
    ],
    [
      'a wrong model',
      ENDPOINT,
      (text: string) => text.replaceAll("['Data', 'PartitionKey']", "['Data', 'Key']"),
      /✖ PUT \/streams\/\{stream-name\}\/record/,
    ],
  ] as const)('%s never answers a client, and all is as before', async (_, file, change, found) => {
    const { code, output } = await changed(file, change, () => deploy());
    expect(output).toMatch(found);
    expect(output).toContain(AS_BEFORE);
    expect(code).toBe(1);
    await expectSteady();
    expect(await world()).toEqual(before);
  });

  test('a route less, a stream more, and a broken template: the route stays, the stream goes', async () => {
    const otherVerb = (text: string) => text.replace("method: 'GET'", "method: 'POST'");
    const { code, output } = await changed(TEMPLATE, broken, () =>
      changed('resources/endpoints/list-shards.ts', otherVerb, () => withStream(() => deploy())),
    );
    expect(output).toContain('so that the stage stops serving what was removed: ListShardsMethod');
    expect(output).toContain(AS_BEFORE);
    expect(code).toBe(1);
    await expectSteady();
    expect(await world()).toEqual(before);
  });

  test('a stream more, whose event endpoint is broken: neither endpoint nor stream comes to be', async () => {
    const { code, output } = await changed('templates/Event.put.vtl', broken, () =>
      withStream(() => deploy()),
    );
    expect(output).toMatch(/✖ POST \/events\/clicks: /);
    expect(output).not.toMatch(/✖ (?!POST \/events\/clicks)/);
    expect(output).toContain(AS_BEFORE);
    expect(code).toBe(1);
    await expectSteady();
    expect(await world()).toEqual(before);
  });

  test('the same template, mended, goes live at once', async () => {
    await changed(
      TEMPLATE,
      (text) => `## mended\n${text}`,
      async () => {
        const output = await succeed();
        expect(output).not.toContain('✖');
      },
    );
    const { api } = await world();
    expect(api.oas30).toContain('## mended');
    expect(api.stages).toEqual(['dev']);
    expect(api.deployments?.map(({ id }) => id)).toEqual([api.stage.deploymentId]);
    const kinds = writer.kinds();
    expect(kinds.map(({ status }) => status)).toEqual([200, 200]);
    expect(kinds.map(({ deployment }) => deployment)).toEqual([
      before.api.stage.deploymentId,
      api.stage.deploymentId,
    ]);
  });

  test('not one record is lost or doubled', async () => {
    await writer.stop();
    expect(writer.rate()).toBeGreaterThan(RATE * 0.95);
    expect(writer.written.length).toBeGreaterThan(1_000);
    expect((await stored()).sort()).toEqual([...writer.written].sort());
  });
});

describe('a deploy that changes little', () => {
  test('nothing: it is verified where it is', async () => {
    const before = await world();
    await changed(
      TEMPLATE,
      (text) => `## mended\n${text}`,
      async () => {
        const output = await succeed('--read-only');
        expect(output).not.toContain('before dev serves it');
        expect(output).toContain('Verifying stage dev at');
        expect(output).toContain('Change set did not include any changes');
      },
    );
    expect(await world()).toEqual(before);
  });

  test('a setting of the stage: it is verified with the deployment that is live', async () => {
    const before = await world();
    const output = await succeed('--read-only', '--param', 'throttleRate=700');
    expect(output).toMatch(/Verifying stage dev-verify-[0-9a-f]{6} before dev serves it/);
    const { api } = await world();
    expect(api.stage.methodSettings?.['*/*']?.throttlingRateLimit).toBe(700);
    expect(api.deployments).toHaveLength(1);
    expect(api.stages).toEqual(before.api.stages);
  });
});

describe('a deploy that is cut off while it verifies', () => {
  const SETTING = ['--param', 'throttleRate=800', '--param', 'streams=o*'];
  let before: Awaited<ReturnType<typeof world>>;

  beforeAll(async () => {
    before = await world();
  });

  async function cutOff(signal: 'SIGKILL' | 'SIGINT') {
    const running = workbench.start(...deploying(...SETTING));
    await running.printed('before dev serves it');
    await running.printed('✔ POST /streams/{stream-name}  ');
    running.child.kill(signal);
    return { code: await running.code, output: running.output() };
  }

  test('by Ctrl-C: all is as before when it ends', async () => {
    const { code, output } = await cutOff('SIGINT');
    expect(output).toContain(AS_BEFORE);
    expect(output).not.toMatch(/^ {4}at /m);
    expect(code).toBe(130);
    expect(await world()).toEqual(before);
  });

  test('by Ctrl-C before it verifies: the update of the stack is awaited, then taken back', async () => {
    const running = workbench.start(...deploying(...SETTING));
    await until(async () => (await world()).resources.some((id) => id.startsWith('Shadow')));
    running.child.kill('SIGINT');
    expect(await running.code).toBe(130);
    expect(running.output()).toContain(AS_BEFORE);
    expect(running.output()).not.toMatch(/^ {4}at /m);
    expect(await world()).toEqual(before);
  });

  test('by another deploy: that one goes live, and stays', async () => {
    const first = workbench.start(...deploying(...SETTING));
    await first.printed('✔ POST /streams/{stream-name}  ');
    await succeed('--read-only', '--param', 'throttleRate=750');
    first.child.kill('SIGINT');
    expect(await first.code).toBe(130);
    expect(first.output()).toContain('Another deploy has taken over the stack of stage dev');
    const { api, resources, roles, streams: names } = await world();
    expect(api.stage.methodSettings?.['*/*']?.throttlingRateLimit).toBe(750);
    expect(api.stages).toEqual(['dev']);
    expect(resources.filter((id) => id.startsWith('Shadow'))).toEqual([]);
    expect([roles, names]).toEqual([before.roles, before.streams]);
    before = await world();
  });

  test('by kill -9: the live stage is sound, and sweep takes the rest away', async () => {
    await withStream(() => cutOff('SIGKILL'));
    const cut = await world();
    expect(cut.api.stages).toHaveLength(2);
    expect(cut.streams).toContain(`${StackName}-clicks`);
    const verified = await workbench.run('verify', '--stage', 'dev', '--read-only');
    expect([verified.code, verified.output]).toEqual([0, expect.not.stringContaining('✖')]);
    expect(verified.output).toContain('a new deployment is verified on stage dev-verify-');

    const kept = await workbench.succeed('sweep', '--stage', 'dev', '--delete');
    expect(kept).toMatch(/Kept: dev-verify-[0-9a-f]{6}, \d+ min old/);
    const swept = await workbench.succeed(
      ...['sweep', '--stage', 'dev', '--older-than', '0s', '--delete'],
    );
    expect(swept).toMatch(/Deleting dev-verify-[0-9a-f]{6}, \d+ min old/);
    expect(await world()).toEqual(before);
  });

  test('by kill -9: the next deploy goes live and leaves nothing of it', async () => {
    await cutOff('SIGKILL');
    const output = await succeed('--read-only', ...SETTING);
    expect(output).not.toContain('✖');
    const { api, resources, template } = await world();
    expect(api.stage.methodSettings?.['*/*']?.throttlingRateLimit).toBe(800);
    expect(api.stages).toEqual(['dev']);
    expect(api.deployments?.map(({ id }) => id)).toEqual([api.stage.deploymentId]);
    expect(resources.filter((id) => id.startsWith('Shadow'))).toEqual([]);
    expect(Object.keys(template.Metadata)).toEqual(['KinesisRestProxy']);
  });
});

describe('a live stage that does not pass, after its shadow did', () => {
  const DOMAIN = [
    ...['--param', 'domainName=api.example.com'],
    ...['--param', 'certificateArn=arn:aws:acm:us-east-1:000000000000:certificate/1'],
  ];

  test('goes back with everything: domain, API key, settings, role', async () => {
    const local = (...args: string[]) => ['deploy', '--param', 'accessLogs=false', ...args];
    await workbench.succeed(
      ...local('--skip-verify', '--param', 'authorization=API_KEY', '--param', 'streams=o*'),
    );
    const { RestApiId: id = '', RoleArn: role } = await workbench.outputs();
    const before = await everything(gateway, id, 'local');

    const { code, output } = await workbench.run(
      ...local('--on-failure', 'rollback', '--param', 'shadow=true', ...DOMAIN),
      // The domain leads to another API.
      ...['--param', `invokeUrl=${workbench.endpoint}/_aws/execute-api/none/local`],
    );

    expect(output).toMatch(/Verifying stage local-verify-[0-9a-f]{6} before local serves it/);
    expect(output).toContain('Verifying stage local at');
    expect(output).toMatch(
      /Stage local serves deployment \w+ again, and the stack is as it was before/,
    );
    expect(code).toBe(1);
    expect(await everything(gateway, id, 'local')).toEqual(before);
    expect((await workbench.outputs()).RoleArn).toBe(role);
    const { items: domains = [] } = await gateway.send(new GetDomainNamesCommand({}));
    expect(domains).toEqual([]);
  });
});
