import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  DeleteMethodCommand,
  GetDeploymentsCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  UpdateStackCommand,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { declaredParts, liveParts } from '../../hooks/rollout/api-parts';
import { serveDeployment } from '../../hooks/stage/deployments';
import { loadTarget } from '../../hooks/stage/load-target';
import { missingFrom, readServed } from '../../hooks/stage/served';
import type { ParameterName } from '../../resources/parameters';
import { createKafkaRest } from '../support/kafka-rest';
import { withChangedFile } from './support/changed-file';
import {
  codeOf,
  type Looked,
  NO_METHOD,
  type Row,
  type World,
  walk,
} from './support/parameter-walk';
import { openWorkbench, type Workbench } from './support/workbench';

// One living stage, to which every parameter is given and from which each is taken back, and a
// route: what is taken away is gone when the deploy ends. Told in order.

const SKIP = '--skip-verify';
const TWICE = 'The stack is updated twice';
const StackName = 'kinesis-rest-proxy-local';

const kafka = createKafkaRest('orders');
let proxy: Awaited<ReturnType<typeof kafka.listen>>;
let workbench: Workbench;
let world: World;

const looked = (group: Looked['group']) =>
  (Object.entries(walk) as [ParameterName, Row][]).filter(
    (entry): entry is [ParameterName, Looked] => 'look' in entry[1] && entry[1].group === group,
  );

/** `--param name=value`, with those that mean nothing without it. */
function given([name, row]: [ParameterName, Looked]): string[] {
  const alike = Object.entries(walk).flatMap(([other, its]) =>
    'with' in its && its.with === name ? [`${other}=${its.value}`] : [],
  );
  return [`${name}=${row.value(world)}`, ...alike].flatMap((text) => ['--param', text]);
}

beforeAll(async () => {
  workbench = await openWorkbench();
  proxy = await kafka.listen();
  await workbench.succeed('deploy', SKIP);
  const { RestApiId: restApiId = '' } = await workbench.outputs();
  world = {
    workbench,
    client: new APIGatewayClient(workbench.sdk),
    restApiId,
    url: `${workbench.endpoint}/_aws/execute-api/${restApiId}/local`,
    webAclArn: await webAcl(),
    kafkaUrl: proxy.url,
  };
});
afterAll(async () => {
  world.client.destroy();
  await proxy.close();
  await workbench.close();
});

/** By WAF's own protocol, for which the SDK's client is not at hand. */
async function webAcl(): Promise<string> {
  const answer = await fetch(workbench.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSWAF_20190729.CreateWebACL',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/wafv2/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      Name: 'front',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: 'front',
      },
      Rules: [],
    }),
  });
  return ((await answer.json()) as { Summary: { ARN: string } }).Summary.ARN;
}

const target = () =>
  loadTarget({
    stage: 'local',
    region: 'us-east-1',
    service: 'kinesis-rest-proxy',
    stackName: StackName,
    config: workbench.sdk,
  });

const served = async () => {
  const found = await readServed(world.client, world.restApiId, 'local');
  if (found === undefined) throw new Error('There is no stage.');
  return found;
};

/** Stage, API and stack must agree. */
async function expectNothingLeft(): Promise<void> {
  const { stack } = await target();
  if (stack === undefined) throw new Error('There is no stack.');
  const declared = declaredParts(stack.template, '');
  const live = (await liveParts(world.client, world.restApiId))
    .map(({ text }) => text)
    .filter((text) => !['model Empty', 'model Error'].includes(text));
  expect(missingFrom(declared, (await served()).parts)).toEqual([]);
  expect(missingFrom(declared, live)).toEqual([]);
  expect(missingFrom(new Set(live), declared)).toEqual([]);
}

const deployments = async () =>
  (await world.client.send(new GetDeploymentsCommand({ restApiId: world.restApiId }))).items?.map(
    ({ id }) => id,
  ) ?? [];

async function expectNothingNew(...args: string[]): Promise<void> {
  const before = await deployments();
  const output = await workbench.succeed('deploy', SKIP, ...args);
  expect(output).not.toContain(TWICE);
  expect(output).toContain('Change set did not include any changes');
  expect(await deployments()).toEqual(before);
}

/** Changes a file of the service while something is done. */
const changed = <T>(file: string, change: (text: string) => string, act: () => Promise<T>) =>
  withChangedFile(workbench.folder, file, change, act);

describe('parameters', () => {
  test('all that go together are given at once', async () => {
    const rows = looked('together');
    await workbench.succeed('deploy', SKIP, ...rows.flatMap(given));
    for (const [name, row] of rows) {
      expect([name, await row.look(world)]).toEqual([name, row.given(world)]);
    }
    await expectNothingLeft();
  });

  test.each(looked('together').map(([name], index) => [name, index] as const))(
    '%s is taken back, and the others stay',
    async (name, index) => {
      const rows = looked('together');
      const rest = rows.slice(index + 1);
      await workbench.succeed('deploy', SKIP, ...rest.flatMap(given));
      for (const [other, row] of rows) {
        const isGiven = rest.some(([left]) => left === other);
        const expected = isGiven ? row.given(world) : row.takenBack;
        expect([name, other, await row.look(world)]).toEqual([name, other, expected]);
      }
      await expectNothingLeft();
    },
  );

  test.each(['settings', 'private', 'key'] as const)(
    'of group %s are given and taken back',
    async (group) => {
      const rows = looked(group);
      await workbench.succeed('deploy', SKIP, ...rows.flatMap(given));
      for (const [name, row] of rows) {
        expect([name, await row.look(world)]).toEqual([name, row.given(world)]);
      }
      await expectNothingLeft();
      await workbench.succeed('deploy', SKIP);
      for (const [name, row] of rows) {
        expect([name, await row.look(world)]).toEqual([name, row.takenBack]);
      }
      await expectNothingLeft();
    },
  );

  test('a deploy with nothing changed makes no deployment', () => expectNothingNew());
});

describe('endpoints', () => {
  const RECORD_FILE = 'resources/endpoints/put-record.ts';
  const BATCH_FILE = 'resources/endpoints/put-records.ts';
  const withoutShards = (text: string) => text.replace('\n  listShards,\n', '\n');
  const moved = (text: string) => text.replace("{stream-name}/record'", "{stream-name}/entry'");
  const otherVerb = (text: string) => text.replace("method: 'PUT'", "method: 'POST'");
  const status = async (method: string, route: string) =>
    (
      await fetch(`${world.url}${route}`, {
        method,
        headers: { 'content-type': 'application/json' },
      })
    ).status;
  const [SHARDS, RECORD, ENTRY, RECORDS] = ['shards', 'record', 'entry', 'records'].map(
    (part) => `/streams/walk/${part}`,
  ) as [string, string, string, string];

  test('one that is removed is gone at once, and one that is added again is there', async () => {
    expect(await status('GET', SHARDS)).toBe(404);
    await changed('resources/endpoints/index.ts', withoutShards, async () => {
      expect(await workbench.succeed('deploy', SKIP)).toContain(`${TWICE}`);
      expect(await status('GET', SHARDS)).toBe(403);
      await expectNothingLeft();
      await expectNothingNew();
    });
    expect(await workbench.succeed('deploy', SKIP)).not.toContain(TWICE);
    expect(await status('GET', SHARDS)).toBe(404);
  });

  test.each([
    ['another path', RECORD_FILE, moved, ['PUT', RECORD], ['PUT', ENTRY]],
    ['another verb', BATCH_FILE, otherVerb, ['PUT', RECORDS], ['POST', RECORDS]],
  ] as const)('one that gets %s is not at the old one', async (_, file, change, before, after) => {
    const [old, now] = [before, after].map(
      ([method, route]) =>
        () =>
          status(method, route),
    ) as [() => Promise<number>, () => Promise<number>];
    expect(await old()).toBe(400);
    await changed(file, change, async () => {
      await workbench.succeed('deploy', SKIP);
      expect(await old()).toBe(403);
      expect(await now()).toBe(400);
      await expectNothingLeft();
    });
    await workbench.succeed('deploy', SKIP);
    expect(await old()).toBe(400);
    expect(await now()).toBe(403);
  });

  test('a failed verification goes back to what had it, and says so', async () => {
    const badly = (text: string) => text.replace('"PartitionKey":', '"PartitionKey"');
    await changed(RECORD_FILE, moved, async () => {
      const { code, output } = await changed('templates/PutRecord.request.vtl', badly, () =>
        workbench.run('deploy', '--on-failure', 'rollback'),
      );
      expect(code).toBe(1);
      expect(output).toMatch(
        /Stage local serves deployment \w+ again, and the stack is as it was before\. Callers have again: PUT \/streams\/\{stream-name\}\/record \(NONE\)/,
      );
      expect(await status('PUT', RECORD)).toBe(400);
      expect(await status('PUT', ENTRY)).toBe(403);
    });
    await expectNothingLeft();
    const verified = await workbench.succeed('deploy', '--on-failure', 'rollback');
    expect(verified).not.toContain('✖');
    await expectNothingLeft();
    expect(await deployments()).toHaveLength(1);
  });
});

describe('a deploy that fails half way', () => {
  /** @param resource as TypeScript writes a member */
  const withResource = (resource: string) => (text: string) =>
    text.replace('stages: {}', `stages: {}, resources: { Resources: { ${resource} } }`);
  const BROKEN = `Broken: { Type: 'AWS::ApiGateway::UsagePlanKey', DependsOn: ['Stage'], Properties: { KeyId: 'none', KeyType: 'API_KEY', UsagePlanId: 'none' } }`;
  const KAFKA = () => ['--param', `kafkaRestUrl=${proxy.url}`];
  const topics = async () => (await fetch(`${world.url}/topics`)).status;

  test('in the first update: all stays, and the next takes away', async () => {
    await workbench.succeed('deploy', SKIP, ...KAFKA());
    const before = await served();
    await changed('serverless.ts', withResource(BROKEN), async () => {
      const { code, output } = await workbench.run('deploy', SKIP);
      expect(output).toContain('CREATE_FAILED: Broken');
      expect(code).toBe(1);
    });
    expect(await served()).toEqual(before);
    await expectNothingLeft();
    await workbench.succeed('deploy', SKIP);
    expect(await topics()).toBe(403);
    await expectNothingLeft();
  });

  test('in the second update: the next takes away', async () => {
    await workbench.succeed('deploy', SKIP, ...KAFKA());
    // A method that API Gateway refuses; methods that are new come with the second update.
    const refused = withResource(
      `Refused: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'RestApi' }, ResourceId: { Ref: 'StreamsResource' }, HttpMethod: 'NONE', AuthorizationType: 'NONE' } }`,
    );
    await changed('serverless.ts', refused, async () => {
      const { code, output } = await workbench.run('deploy', SKIP);
      expect(output).toContain(TWICE);
      expect(output).toContain('CREATE_FAILED: Refused');
      expect(code).toBe(1);
    });
    expect(await topics()).toBe(200);
    await workbench.succeed('deploy', SKIP);
    expect(await topics()).toBe(403);
    await expectNothingLeft();
    await expectNothingNew();
  });

  test('where a part could not be deleted: the next deletes it, or says what is in the way', async () => {
    const { client, restApiId } = world;
    const model = `Extra: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'RestApi' }, Name: 'Extra', ContentType: 'application/json', Schema: { type: 'object' } } }`;
    await changed('serverless.ts', withResource(model), () => workbench.succeed('deploy', SKIP));
    const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
    const resourceId = items.find(({ path: at }) => at === '/streams')?.id;
    // A method added by hand uses the model, so that CloudFormation cannot delete it.
    const method = { restApiId, resourceId, httpMethod: 'PATCH' };
    const requestModels = { 'application/json': 'Extra' };
    await client.send(
      new PutMethodCommand({ ...method, requestModels, authorizationType: 'NONE' }),
    );
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));

    const failed = await workbench.run('deploy', SKIP);
    expect(failed.output).toContain('DELETE_FAILED: Extra');
    const refused = await workbench.run('deploy', SKIP);
    expect(refused.output).toContain(
      'An earlier update could not delete model Extra, and it cannot be deleted now (',
    );
    expect([failed.code, refused.code]).toEqual([1, 1]);

    await client.send(new DeleteMethodCommand(method));
    await workbench.succeed('deploy', SKIP);
    await expectNothingLeft();
    await expectNothingNew();
  });
});

describe('a stage that serves more than its stack declares', () => {
  const CLOSED = ['--param', 'manageStreams=false'];
  /** The error code shows who rejects: IAM while the method exists, the gateway afterwards. */
  const remove = () => codeOf(`${world.url}/streams/nothing`, { method: 'DELETE' });

  /** One update with the template of a package, as an earlier version of the service did. */
  async function updateAtOnce(): Promise<void> {
    const file = path.join('.serverless', 'cloudformation-template-update-stack.json');
    const { ServerlessDeploymentBucketName: Bucket } = await workbench.outputs();
    const s3 = new S3Client({ ...workbench.sdk, forcePathStyle: true });
    const Body = readFileSync(path.join(workbench.folder, file));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'at-once.json', Body }));
    s3.destroy();
    const client = new CloudFormationClient(workbench.sdk);
    const TemplateURL = `${workbench.endpoint}/${Bucket}/at-once.json`;
    await client.send(
      new UpdateStackCommand({ StackName, TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
    );
    await waitUntilStackUpdateComplete(
      { client, maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 },
      { StackName },
    );
    client.destroy();
  }

  test.each([
    ['deploy', []],
    ['deploy of a package', ['--package', '.serverless']],
  ] as const)('gets a new deployment by %s, once', async (_, options) => {
    await workbench.succeed('deploy', SKIP);
    await workbench.succeed('package', ...CLOSED);
    await updateAtOnce();
    expect(await remove()).not.toBe(NO_METHOD);

    const output = await workbench.succeed('deploy', SKIP, ...options, ...CLOSED);
    expect(output).toMatch(/still serves .*DELETE \/streams\/\{stream-name\} \(NONE\)/);
    expect(await remove()).toBe(NO_METHOD);
    await expectNothingLeft();
    await expectNothingNew(...CLOSED);
  });

  test('is told by a rollback of the framework, and mended by the next deploy', async () => {
    await workbench.succeed('deploy', SKIP, ...CLOSED);
    await workbench.succeed('deploy', SKIP);
    const list = await workbench.succeed('deploy', 'list');
    const times = [...list.matchAll(/Timestamp: (\d+)/g)].map(([, time]) => String(time));
    const output = await workbench.succeed('rollback', '--timestamp', times.at(-2) ?? '');
    expect(output).toMatch(/still serves .*DELETE \/streams\/\{stream-name\} \(NONE\)/);
    await workbench.succeed('deploy', SKIP, ...CLOSED);
    expect(await remove()).toBe(NO_METHOD);
    await expectNothingLeft();
  });

  test('but only by hand: it is left alone, and no deployment is made for it', async () => {
    const { client, restApiId } = world;
    const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
    const resourceId = items.find(({ path: at }) => at === '/streams')?.id;
    const method = { restApiId, resourceId, httpMethod: 'PATCH' };
    await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
    await expectNothingNew(...CLOSED);
    const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }));
    if (deploymentId === undefined) throw new Error('No deployment was made.');
    await serveDeployment(client, restApiId, 'local', deploymentId);

    expect(await workbench.succeed('deploy', SKIP, ...CLOSED)).toContain(
      `The stage serves ${deploymentId}, not the stack's deployment: it gets a new deployment`,
    );
    expect((await served()).parts).toContain('PATCH /streams (NONE)');
    await expectNothingNew(...CLOSED);
  });
});
