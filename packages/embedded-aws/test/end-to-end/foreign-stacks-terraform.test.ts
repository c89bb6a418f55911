import {
  CreateDeploymentCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
} from '@aws-sdk/client-iam';
import { CreateStreamCommand, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { type ModuleRoute, TERRAFORM_MODULE } from './fixtures/terraform-module';
import { call, GATEWAY_TRUST, startForeignAccount } from './support/foreign-account';

// A stack that nobody wrote for the embedded AWS: fixtures/README.md says where it comes from.

const test = inOrder();

let aws: Awaited<ReturnType<typeof startForeignAccount>>;

beforeAll(async () => {
  aws = await startForeignAccount();
});

afterAll(() => aws.stop());

describe("a Terraform module, by the calls of Terraform's provider", () => {
  const streamName = 'terraform-stream';
  let url: string;

  beforeAll(async () => {
    await aws.kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 2 }));
    await waitUntilStreamExists(
      { client: aws.kinesis, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.05 },
      { StreamName: streamName },
    );
    const { Role } = await aws.iam.send(
      new CreateRoleCommand({
        RoleName: 'execution-role',
        AssumeRolePolicyDocument: GATEWAY_TRUST,
      }),
    );
    const { Policy } = await aws.iam.send(
      new CreatePolicyCommand({
        PolicyName: 'execution-role',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: TERRAFORM_MODULE.map(({ action }) => ({
            Sid: action,
            Effect: 'Allow',
            Action: [`kinesis:${action}`],
            Resource: ['*'],
          })),
        }),
      }),
    );
    await aws.iam.send(
      new AttachRolePolicyCommand({ RoleName: 'execution-role', PolicyArn: Policy?.Arn }),
    );
    url = aws.invokeUrl(await applyModule(Role?.Arn), 'experimental');
  });

  async function applyModule(credentials: string | undefined): Promise<string | undefined> {
    const { id: restApiId, rootResourceId } = await aws.apiGateway.send(
      new CreateRestApiCommand({
        name: 'api-hello-experimental',
        endpointConfiguration: { types: ['REGIONAL'] },
        tags: { Automation: 'Terraform' },
      }),
    );
    const { id: requestValidatorId } = await aws.apiGateway.send(
      new CreateRequestValidatorCommand({
        restApiId,
        name: 'Validate query string parameters and headers',
        validateRequestBody: false,
        validateRequestParameters: true,
      }),
    );
    const resources = new Map([['', rootResourceId]]);
    for (const route of TERRAFORM_MODULE) {
      const parts = route.path.split('/').slice(1);
      for (const [index, pathPart] of parts.entries()) {
        const parent = parts.slice(0, index).join('/');
        const own = parts.slice(0, index + 1).join('/');
        if (resources.has(own)) continue;
        const { id } = await aws.apiGateway.send(
          new CreateResourceCommand({ restApiId, parentId: resources.get(parent), pathPart }),
        );
        resources.set(own, id);
      }
      const place = {
        restApiId,
        resourceId: resources.get(parts.join('/')),
        httpMethod: route.method,
      };
      await applyMethod(place, route, requestValidatorId, credentials);
    }
    // The module's own script does these two.
    const { id: deploymentId } = await aws.apiGateway.send(
      new CreateDeploymentCommand({ restApiId }),
    );
    await aws.apiGateway.send(
      new CreateStageCommand({ restApiId, stageName: 'experimental', deploymentId }),
    );
    return restApiId;
  }

  async function applyMethod(
    place: {
      restApiId: string | undefined;
      resourceId: string | undefined;
      httpMethod: string;
    },
    { action, parameters, template }: ModuleRoute,
    requestValidatorId: string | undefined,
    credentials: string | undefined,
  ): Promise<void> {
    await aws.apiGateway.send(
      new PutMethodCommand({
        ...place,
        authorizationType: 'NONE',
        apiKeyRequired: false,
        ...(parameters && { requestParameters: parameters, requestValidatorId }),
      }),
    );
    await aws.apiGateway.send(
      new PutMethodResponseCommand({
        ...place,
        statusCode: '200',
        responseModels: { 'application/json': 'Empty' },
        responseParameters: {},
      }),
    );
    await aws.apiGateway.send(
      new PutIntegrationCommand({
        ...place,
        type: 'AWS',
        integrationHttpMethod: 'POST',
        uri: `arn:aws:apigateway:us-east-1:kinesis:action/${action}`,
        credentials,
        timeoutInMillis: 29_000,
        requestParameters: {
          'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
        },
        requestTemplates: { 'application/json': template },
      }),
    );
    await aws.apiGateway.send(
      new PutIntegrationResponseCommand({ ...place, statusCode: '200', responseParameters: {} }),
    );
  }

  test('pages through shards by what is sent and what is not', async () => {
    const first = (await call(`${url}/shards?StreamName=${streamName}&MaxResults=1`)).json();
    const token = encodeURIComponent(String(first.NextToken));
    const second = (await call(`${url}/shards?NextToken=${token}&MaxResults=1`)).json();

    expect(first.Shards).toHaveLength(1);
    expect(second.Shards).toMatchObject([{ ShardId: 'shardId-000000000001' }]);
  });

  test('writes, and reads from any position', async () => {
    const stream = `${url}/streams/${streamName}`;
    const written = await call(`${stream}/record`, {
      method: 'PUT',
      body: { Data: { nested: ['x'] }, PartitionKey: 'k' },
    });
    const { ShardId, SequenceNumber } = written.json();
    await call(`${stream}/records`, {
      method: 'PUT',
      body: { Records: [{ Data: 'second', PartitionKey: 'k' }] },
    });

    const { ShardIterator } = (
      await call(
        `${stream}/sharditerator?ShardId=${ShardId}&ShardIteratorType=AFTER_SEQUENCE_NUMBER&StartingSequenceNumber=${SequenceNumber}`,
      )
    ).json();
    const limited = await call(`${url}/records`, {
      headers: { ShardIterator: String(ShardIterator), Limit: '1' },
    });

    const { Records } = limited.json() as { Records: { Data: string }[] };
    expect(Records.map(({ Data }) => Buffer.from(Data, 'base64').toString())).toEqual(['second']);
    expect((await call(stream)).json()).toMatchObject({
      StreamDescriptionSummary: { StreamName: streamName, OpenShardCount: 2 },
    });
  });

  test('names the parameters that its validator misses', async () => {
    expect(await call(`${url}/records`)).toMatchObject({
      status: 400,
      text: '{"message": "Missing required request parameters: [ShardIterator]"}',
    });
    expect(await call(`${url}/streams/${streamName}/sharditerator?ShardId=`)).toMatchObject({
      status: 400,
      text: '{"message": "Missing required request parameters: [ShardId]"}',
    });
  });
});
