import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { AttachRolePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { inOrder } from 'dev-kit/testing/in-order';
import {
  kinesisProxyTutorial,
  OPENAPI_VERSIONS,
  type OpenApiVersion,
  TUTORIAL_ROLE,
} from './fixtures/kinesis-proxy-tutorial';
import { type Answer, call, GATEWAY_TRUST, startForeignAccount } from './support/foreign-account';

// A stack that nobody wrote for the embedded AWS: fixtures/README.md says where it comes from.

const test = inOrder();

let aws: Awaited<ReturnType<typeof startForeignAccount>>;

beforeAll(async () => {
  aws = await startForeignAccount();
});

afterAll(() => aws.stop());

/** Calls until the answer is as wanted: streams take a moment to be made and to go. */
async function eventually(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
): Promise<Answer> {
  let answer = await ask();
  for (let tries = 0; !isWanted(answer) && tries < 400; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    answer = await ask();
  }
  if (isWanted(answer)) return answer;
  throw new Error(`Never as wanted; the last answer was ${answer.status} ${answer.text}`);
}

describe("AWS's Kinesis proxy tutorial", () => {
  beforeAll(async () => {
    const RoleName = TUTORIAL_ROLE.split('/').at(-1);
    await aws.iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: GATEWAY_TRUST }),
    );
    await aws.iam.send(
      new AttachRolePolicyCommand({
        RoleName,
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess',
      }),
    );
  });

  const document = (version: OpenApiVersion) =>
    Buffer.from(JSON.stringify(kinesisProxyTutorial(version)));

  async function deployed(restApiId: string | undefined): Promise<string> {
    await aws.apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'test' }));
    return aws.invokeUrl(restApiId, 'test');
  }

  test.each(OPENAPI_VERSIONS)(
    'imported from OpenAPI %s serves its eight routes',
    async (version) => {
      const {
        id,
        name,
        version: apiVersion,
        warnings,
      } = await aws.apiGateway.send(new ImportRestApiCommand({ body: document(version) }));
      expect({ name, apiVersion, warnings }).toEqual({
        name: 'KinesisProxy',
        apiVersion: '2016-03-31T18:25:32Z',
        warnings: undefined,
      });
      await useEveryRoute(await deployed(id), `tutorial-${version.replace('.', '-')}`);
      await aws.apiGateway.send(new DeleteRestApiCommand({ restApiId: id }));
    },
  );

  test('put over an API that had something else', async () => {
    const { id, rootResourceId } = await aws.apiGateway.send(
      new CreateRestApiCommand({ name: 'before' }),
    );
    await aws.apiGateway.send(
      new CreateResourceCommand({ restApiId: id, parentId: rootResourceId, pathPart: 'old' }),
    );

    const put = await aws.apiGateway.send(
      new PutRestApiCommand({ restApiId: id, mode: 'overwrite', body: document('3.0') }),
    );

    expect(put).toMatchObject({ id, name: 'KinesisProxy' });
    await useEveryRoute(await deployed(id), 'tutorial-put');
  });

  test.each(OPENAPI_VERSIONS)('as the Body of a stack, OpenAPI %s', async (version) => {
    const stack = `tutorial-body-${version.replace('.', '-')}`;
    const outputs = await aws.deploy(stack, {
      Resources: {
        Proxy: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { Body: kinesisProxyTutorial(version) },
        },
        Live: {
          Type: 'AWS::ApiGateway::Deployment',
          Properties: { RestApiId: { Ref: 'Proxy' }, StageName: 'test' },
        },
      },
      Outputs: { ApiId: { Value: { Ref: 'Proxy' } } },
    });
    await useEveryRoute(aws.invokeUrl(outputs.ApiId, 'test'), stack);
    await aws.remove(stack);
    expect(await call(`${aws.invokeUrl(outputs.ApiId, 'test')}/streams`)).toMatchObject({
      status: 403,
    });
  });

  /** The tutorial's requests, in the same order. */
  async function useEveryRoute(url: string, stream: string): Promise<void> {
    const one = `${url}/streams/${stream}`;
    expect(await call(one, { method: 'POST' })).toMatchObject({ status: 200 });
    const described = await eventually(
      () => call(one),
      (answer) => answer.text.includes('"ACTIVE"'),
    );
    const { StreamDescription } = described.json() as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    expect(StreamDescription.Shards).toHaveLength(5);
    const list = (await call(`${url}/streams`)).json();
    expect(list.StreamNames).toContain(stream);

    const single = await call(`${one}/record`, {
      method: 'PUT',
      body: { StreamName: stream, Data: 'some data', PartitionKey: 'some key' },
    });
    expect(single).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    const batch = await call(`${one}/records`, {
      method: 'PUT',
      body: {
        records: [
          { data: 'some data', 'partition-key': 'some key' },
          { data: 'some other data', 'partition-key': 'some key' },
        ],
      },
    });
    expect(batch.json()).toMatchObject({ FailedRecordCount: 0 });
    // Lower-case "records" in the template, which Kinesis does not know: AWS's mistake stays one.
    const asKinesis = await call(`${one}/records`, {
      method: 'PUT',
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ records: [{ data: 'c29tZQ==', 'partition-key': 'k' }] }),
    });
    expect(asKinesis.status).toBe(200);
    expect(asKinesis.json()).toMatchObject({ __type: expect.stringMatching(/Exception$/) });

    const { ShardId } = single.json();
    const iterator = await call(`${one}/sharditerator?shard-id=${ShardId}`);
    const read = await call(`${one}/records`, {
      headers: { 'Shard-Iterator': String(iterator.json().ShardIterator) },
    });
    const { Records } = read.json() as { Records: { Data: string; PartitionKey: string }[] };
    expect(Records.map(({ Data }) => Buffer.from(Data, 'base64').toString())).toEqual([
      '"some data"',
      'some data',
      'some other data',
    ]);

    // A lone default hides Kinesis's 400; DELETE maps it, with its content type.
    expect((await call(`${url}/streams/nowhere`)).status).toBe(200);
    expect(await call(`${url}/streams/nowhere`, { method: 'DELETE' })).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
    });
    expect(await call(one, { method: 'DELETE' })).toMatchObject({ status: 200 });
    const gone = await eventually(
      () => call(one),
      (answer) => answer.text.includes('ResourceNotFoundException'),
    );
    expect(gone.status).toBe(200);
  }
});
