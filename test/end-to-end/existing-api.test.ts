import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateAuthorizerCommand,
  GetResourcesCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourceCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { describeInChromium } from 'dev-kit/testing/browser';
import { inOrder } from 'dev-kit/testing/in-order';
import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';
import { createKafkaRest } from '../support/kafka-rest';
import { type OwnersApi, ownersApi } from '../support/owners-api';
import { withChangedFile } from './support/changed-file';
import { everything } from './support/owners-view';
import { bareEnvironment, startServerless } from './support/processes';
import { openWorkbench, type Workbench } from './support/workbench';

// The routes under an API that somebody else has: live after deploy, gone after remove, and nothing of
// the owner's taken away, changed or left behind.

const test = inOrder();

let workbench: Workbench;
const kafka = createKafkaRest('orders');
let proxy: Awaited<ReturnType<typeof kafka.listen>>;
let api: OwnersApi;
let pool: Issuer;

beforeAll(async () => {
  pool = await createIssuer();
  workbench = await openWorkbench({ userPools: { [pool.arn]: await pool.listen() } });
  proxy = await kafka.listen();
  api = await ownersApi(workbench.sdk);
  await api.proxy(await api.path('{proxy+}'), proxy.url);
  await api.deploy('live');
});
afterAll(async () => {
  api.client.destroy();
  await proxy.close();
  await workbench.close();
  await pool.close();
});

const urlOf = (restApiId: string) => `${workbench.endpoint}/_aws/execute-api/${restApiId}/live`;

const onto = ({ restApiId, rootResourceId }: Pick<OwnersApi, 'restApiId' | 'rootResourceId'>) => [
  ...['--param', `restApiId=${restApiId}`],
  ...['--param', `rootResourceId=${rootResourceId}`],
  ...['--param', 'restApiStage=live'],
];

const send = (method: string, url: string, body: object, type = 'application/json') =>
  fetch(url, { method, headers: { 'content-type': type }, body: JSON.stringify(body) });

/** A record to Kafka, as clients of its REST proxy send it. */
const produce = (url: string, value: unknown) =>
  send(
    'POST',
    `${url}/topics/orders`,
    { records: [{ value }] },
    'application/vnd.kafka.json.v2+json',
  );

const valuesInKafka = () => (kafka.topics.get('orders') ?? []).map(({ value }) => value);

describe('an API made by hand', () => {
  let url: string;
  let before: Awaited<ReturnType<typeof everything>>;

  test('deployed onto: the routes are live and verified, and what was there still answers', async () => {
    url = urlOf(api.restApiId);
    before = await everything(api.client, api.restApiId);

    const deployed = await workbench.succeed(
      'deploy',
      ...onto(api),
      ...['--param', 'authorization=API_KEY', '--param', 'shadow=true'],
    );

    expect(deployed).toContain(`Stage 'live' of the REST API ${api.restApiId} serves the routes`);
    expect(deployed).toMatch(/Verifying stage live-verify-[0-9a-f]{6} before live serves it/);
    expect(deployed).toMatch(/✔ PUT \/streams\/\{stream-name\}\/record/);
    expect(deployed).not.toContain('✖');
    expect((await workbench.outputs()).InvokeUrl).toBe(url);
    expect((await fetch(`${url}/streams`)).status).toBe(403);
    expect((await produce(url, 'before')).status).toBe(200);
    expect(valuesInKafka()).toEqual(['before']);
  });

  describe('with a version that does not pass', () => {
    const args = () => [...onto(api), '--param', 'authorization=API_KEY', '--param', 'shadow=true'];
    const broken = <T>(act: () => Promise<T>) =>
      withChangedFile(
        workbench.folder,
        'templates/PutRecord.request.vtl',
        (text) => text.replace('"Data": "', '"Date": "'),
        act,
      );
    let live: Awaited<ReturnType<typeof everything>>;

    test.before(async () => {
      live = await everything(api.client, api.restApiId);
    });

    test('the stage of the owner serves what it did, and nothing is left in the API', async () => {
      const { code, output } = await broken(() => workbench.run('deploy', ...args()));

      expect(output).toMatch(/✖ PUT \/streams\/\{stream-name\}\/record/);
      expect(output).toContain('serves what it did, and the stack is as it was before');
      expect(code).toBe(1);
      expect(await everything(api.client, api.restApiId)).toEqual(live);
    });

    test('a deploy that is killed while it verifies is taken back by sweep', async () => {
      await broken(async () => {
        const running = workbench.start('deploy', ...args());
        await running.printed('before live serves it');
        running.child.kill('SIGKILL');
        await running.code;
      });
      expect((await everything(api.client, api.restApiId)).stages).toHaveLength(
        (live.stages ?? []).length + 1,
      );

      const swept = await workbench.succeed(
        ...['sweep', '--older-than', '0s', '--delete', ...onto(api)],
      );

      expect(swept).toMatch(/Deleting live-verify-[0-9a-f]{6}/);
      expect(await everything(api.client, api.restApiId)).toEqual(live);
    });
  });

  test('a change goes live with one deploy, and without one nothing is deployed', async () => {
    const template = path.join(workbench.folder, 'templates', 'CreateStream.request.vtl');
    writeFileSync(template, `## changed\n${readFileSync(template, 'utf8')}`);
    const open = [...onto(api), '--param', 'authorization=NONE'];
    const served = () =>
      api.client.send(new GetStageCommand({ restApiId: api.restApiId, stageName: 'live' }));

    await workbench.succeed('deploy', '--skip-verify', ...open);
    const { deploymentId } = await served();
    await workbench.succeed('deploy', '--skip-verify', ...open);

    expect((await fetch(`${url}/streams`)).status).toBe(200);
    expect((await everything(api.client, api.restApiId)).oas30).toContain('## changed');
    expect((await served()).deploymentId).toBe(deploymentId);
  });

  describeInChromium(
    'one message both ways',
    (browser) => {
      test('to Kafka and to Kinesis through one API, and seen in the viewer', async () => {
        const message = { order: 4711, to: 'Zürich' };
        await send('POST', `${url}/streams/orders`, { ShardCount: 1 });
        await untilActive(`${url}/streams/orders`);

        const toKafka = await produce(url, message);
        const record = { Data: message, PartitionKey: 'both' };
        const toKinesis = await send('PUT', `${url}/streams/orders/record`, record);

        expect([toKafka.status, toKinesis.status]).toEqual([200, 200]);
        expect(valuesInKafka()).toContainEqual(message);
        const viewer = await openViewer();
        try {
          const page = await browser().newPage();
          await page.goto(`${viewer.url}#orders`);
          await page.locator('#shard-rows tr').first().waitFor();
          await page.click('#get');
          await page.locator('.rows .row').filter({ hasText: 'Zürich' }).waitFor();
          await page.close();
        } finally {
          await viewer.close();
        }
      });
    },
    { before: test.before },
  );

  test('removed: the API is as it was, byte for byte', async () => {
    await workbench.succeed('remove');

    expect(await everything(api.client, api.restApiId)).toEqual(before);
    expect((await produce(url, 'after')).status).toBe(200);
  });
});

/** The stage's viewer, by the command that people use. */
async function openViewer(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const environment = {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: new URL(workbench.endpoint).port,
  };
  const args = ['viewer', '--stage', 'local', '--no-open'];
  const { child, code, output, printed } = startServerless(workbench.folder, args, environment);
  const address = /http:\/\/127\.0\.0\.1:\d+\/\S+\//;
  await printed(address);
  return {
    url: address.exec(output())?.[0] ?? '',
    async close() {
      child.kill('SIGINT');
      await code;
    },
  };
}

async function untilActive(url: string): Promise<void> {
  for (;;) {
    if (/"StreamStatus": ?"ACTIVE"/.test(await (await fetch(url)).text())) return;
    await sleep(20);
  }
}

/** An API as a stack of the owner's has it, with as many methods as it is told. */
const ownersStack = (...verbs: string[]) =>
  JSON.stringify({
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } },
      Orders: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
          PathPart: 'orders',
        },
      },
      ...Object.fromEntries(
        verbs.map((verb) => [
          `${verb}Orders`,
          {
            Type: 'AWS::ApiGateway::Method',
            Properties: {
              RestApiId: { Ref: 'Api' },
              ResourceId: { Ref: 'Orders' },
              HttpMethod: verb,
              AuthorizationType: 'NONE',
              Integration: {
                Type: 'MOCK',
                RequestTemplates: { 'application/json': '{"statusCode": 200}' },
                IntegrationResponses: [{ StatusCode: '200' }],
              },
              MethodResponses: [{ StatusCode: '200' }],
            },
          },
        ]),
      ),
      [`Deployment${verbs.join('')}`]: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: verbs.map((verb) => `${verb}Orders`),
        Properties: { RestApiId: { Ref: 'Api' } },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: 'Api' },
          DeploymentId: { Ref: `Deployment${verbs.join('')}` },
          StageName: 'live',
        },
      },
    },
  });

test("another stack's API: its owner deploys in between, and the routes go all the same", async () => {
  const cloudFormation = new CloudFormationClient(workbench.sdk);
  const StackName = 'orders';
  const wait = { client: cloudFormation, maxWaitTime: 60, minDelay: 0.1, maxDelay: 0.1 };
  await cloudFormation.send(
    new CreateStackCommand({ StackName, TemplateBody: ownersStack('GET') }),
  );
  await waitUntilStackCreateComplete(wait, { StackName });
  const { StackResourceDetail: found } = await cloudFormation.send(
    new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'Api' }),
  );
  const restApiId = found?.PhysicalResourceId ?? '';
  const { items: [root] = [] } = await api.client.send(new GetResourcesCommand({ restApiId }));
  const rootResourceId = root?.id ?? '';
  const url = urlOf(restApiId);
  await workbench.succeed('deploy', '--skip-verify', ...onto({ restApiId, rootResourceId }));

  // The owner's update replaces his deployment, which now holds the routes too.
  await cloudFormation.send(
    new UpdateStackCommand({ StackName, TemplateBody: ownersStack('GET', 'POST') }),
  );
  await waitUntilStackUpdateComplete(wait, { StackName });
  expect((await fetch(`${url}/streams`)).status).toBe(200);
  expect((await fetch(`${url}/orders`, { method: 'POST' })).status).toBe(200);

  await workbench.succeed('remove');

  expect((await fetch(`${url}/orders`, { method: 'POST' })).status).toBe(200);
  expect((await fetch(`${url}/orders`)).status).toBe(200);
  expect((await fetch(`${url}/streams`)).status).toBe(403);
  const after = await everything(api.client, restApiId);
  expect(Object.keys(JSON.parse(after.oas30).paths)).toEqual(['/orders']);
  expect(after.resources.map((resource) => resource.path)).toEqual(['/', '/orders']);
  expect(after.models?.map(({ name }) => name)).toEqual(['Empty', 'Error']);
  expect(after.validators).toEqual([]);
  cloudFormation.destroy();
});

test("the owner's authorizer is asked, by its id, and stays when the routes go", async () => {
  const { restApiId, client } = api;
  const { id = '' } = await client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: "the owner's",
      type: 'COGNITO_USER_POOLS',
      providerARNs: [pool.arn],
      identitySource: 'method.request.header.Authorization',
    }),
  );
  const before = await everything(client, restApiId);
  await workbench.succeed(
    ...['deploy', '--skip-verify', ...onto(api)],
    ...['--param', 'authorization=COGNITO', '--param', `authorizerId=${id}`],
  );
  const url = urlOf(restApiId);
  const list = async (token?: string) =>
    (await fetch(`${url}/streams`, { headers: token ? { authorization: token } : {} })).status;

  const statuses = [
    await list(),
    await list(await pool.forgedToken()),
    await list(await pool.idToken()),
  ];

  expect(statuses).toEqual([401, 401, 200]);
  await workbench.succeed('remove');
  expect(await everything(client, restApiId)).toEqual(before);
});

test('what is in the way is told before anything changes', async () => {
  const taken = await api.path('streams');
  await api.mock(taken, 'GET');
  const before = await everything(api.client, api.restApiId);

  const { code, output } = await workbench.run('deploy', '--skip-verify', ...onto(api));

  expect(code).toBe(1);
  expect(output).toContain(`/streams: /streams (${taken})`);
  expect(output).not.toMatch(/^ +at /m);
  await expect(workbench.outputs()).rejects.toThrow('does not exist');
  expect(await everything(api.client, api.restApiId)).toEqual(before);
});
