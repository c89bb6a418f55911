import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CreateDeploymentCommand,
  DeleteMethodCommand,
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
import { inOrder } from 'dev-kit/testing/in-order';
import { serveDeployment } from '../../hooks/stage/deployments';
import { createKafkaRest } from '../support/kafka-rest';
import { type LivingStage, openLivingStage, SKIP, StackName, TWICE } from './support/living-stage';
import { codeOf, NO_METHOD } from './support/parameter-walk';
import type { Workbench } from './support/workbench';

// What is to be taken away, where a deploy fails half way, or somebody has changed the API besides: the
// next deploy takes it away. Told in order.

const test = inOrder();

const kafka = createKafkaRest('orders');
let proxy: Awaited<ReturnType<typeof kafka.listen>>;
let stage: LivingStage;
let workbench: Workbench;

beforeAll(async () => {
  [stage, proxy] = await Promise.all([openLivingStage(), kafka.listen()]);
  ({ workbench } = stage);
});
afterAll(async () => {
  await proxy.close();
  await stage.close();
});

describe('a deploy that fails half way', () => {
  /** @param resource as TypeScript writes a member */
  const withResource = (resource: string) => (text: string) =>
    text.replace('stages: {}', `stages: {}, resources: { Resources: { ${resource} } }`);
  const BROKEN = `Broken: { Type: 'AWS::ApiGateway::UsagePlanKey', DependsOn: ['Stage'], Properties: { KeyId: 'none', KeyType: 'API_KEY', UsagePlanId: 'none' } }`;
  const KAFKA = () => ['--param', `kafkaRestUrl=${proxy.url}`];
  const topics = async () => (await fetch(`${stage.url}/topics`)).status;

  test('in the first update: all stays, and the next takes away', async () => {
    await workbench.succeed('deploy', SKIP, ...KAFKA());
    const before = await stage.served();
    await stage.changed('serverless.ts', withResource(BROKEN), async () => {
      const { code, output } = await workbench.run('deploy', SKIP);
      expect(output).toContain('CREATE_FAILED: Broken');
      expect(code).toBe(1);
    });
    expect(await stage.served()).toEqual(before);
    await stage.expectNothingLeft();
    await workbench.succeed('deploy', SKIP);
    expect(await topics()).toBe(403);
    await stage.expectNothingLeft();
  });

  test('in the second update: the next takes away', async () => {
    await workbench.succeed('deploy', SKIP, ...KAFKA());
    // A method that API Gateway refuses; methods that are new come with the second update.
    const refused = withResource(
      `Refused: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'RestApi' }, ResourceId: { Ref: 'StreamsResource' }, HttpMethod: 'NONE', AuthorizationType: 'NONE' } }`,
    );
    await stage.changed('serverless.ts', refused, async () => {
      const { code, output } = await workbench.run('deploy', SKIP);
      expect(output).toContain(TWICE);
      expect(output).toContain('CREATE_FAILED: Refused');
      expect(code).toBe(1);
    });
    expect(await topics()).toBe(200);
    await workbench.succeed('deploy', SKIP);
    expect(await topics()).toBe(403);
    await stage.expectNothingLeft();
    await stage.expectNothingNew();
  });

  test('where a part could not be deleted: the next deletes it, or says what is in the way', async () => {
    const { client, restApiId } = stage;
    const model = `Extra: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'RestApi' }, Name: 'Extra', ContentType: 'application/json', Schema: { type: 'object' } } }`;
    await stage.changed('serverless.ts', withResource(model), () =>
      workbench.succeed('deploy', SKIP),
    );
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
    await stage.expectNothingLeft();
    await stage.expectNothingNew();
  });
});

describe('a stage that serves more than its stack declares', () => {
  const CLOSED = ['--param', 'manageStreams=false'];
  /** The error code shows who rejects: IAM while the method exists, the gateway afterwards. */
  const remove = () => codeOf(`${stage.url}/streams/nothing`, { method: 'DELETE' });

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
    await stage.expectNothingLeft();
    await stage.expectNothingNew(...CLOSED);
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
    await stage.expectNothingLeft();
  });

  test('but only by hand: it is left alone, and no deployment is made for it', async () => {
    const { client, restApiId } = stage;
    const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
    const resourceId = items.find(({ path: at }) => at === '/streams')?.id;
    const method = { restApiId, resourceId, httpMethod: 'PATCH' };
    await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
    await stage.expectNothingNew(...CLOSED);
    const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }));
    if (deploymentId === undefined) throw new Error('No deployment was made.');
    await serveDeployment(client, restApiId, 'local', deploymentId);

    expect(await workbench.succeed('deploy', SKIP, ...CLOSED)).toContain(
      `The stage serves ${deploymentId}, not the stack's deployment: it gets a new deployment`,
    );
    expect((await stage.served()).parts).toContain('PATCH /streams (NONE)');
    await stage.expectNothingNew(...CLOSED);
  });
});
