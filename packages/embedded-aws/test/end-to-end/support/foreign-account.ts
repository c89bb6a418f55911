import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { SignatureV4 } from '@smithy/signature-v4';
import { startLocalAws } from '../../../src';
import { Sha256 } from '../../support/sha256';

/** The account of all that is deployed: its owner's access key, and the secret of it. */
export const OWNER = '123456789012';

/** The trust policy of a role that API Gateway assumes. */
export const GATEWAY_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
});

/**
 * An embedded AWS and AWS's clients, set up as by somebody who knows nothing but the endpoint. The
 * account has nothing in it.
 */
export async function startForeignAccount() {
  const aws = await startLocalAws({ port: 0 });
  const settings = {
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: OWNER, secretAccessKey: OWNER },
  };
  const clients = {
    apiGateway: new APIGatewayClient(settings),
    cloudFormation: new CloudFormationClient(settings),
    iam: new IAMClient(settings),
    kinesis: new KinesisClient(settings),
    logs: new CloudWatchLogsClient(settings),
  };
  return {
    ...clients,
    deploy: (name: string, template: unknown) => deploy(clients.cloudFormation, name, template),
    remove: (name: string) => remove(clients.cloudFormation, name),
    readAll: (streamName: string) => readAll(clients.kinesis, streamName),
    invokeUrl: (apiId: string | undefined, stage: string) =>
      `${aws.url}/_aws/execute-api/${apiId}/${stage}`,
    async stop() {
      for (const client of Object.values(clients)) client.destroy();
      await aws.close();
    },
  };
}

/** Creates a stack and waits for it. @returns its outputs @throws with the reason when it fails */
async function deploy(
  client: CloudFormationClient,
  name: string,
  template: unknown,
): Promise<Readonly<Record<string, string>>> {
  await client.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    }),
  );
  for (;;) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (stack?.StackStatus === 'CREATE_COMPLETE') {
      return Object.fromEntries(
        (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
          OutputKey,
          OutputValue,
        ]),
      );
    }
    if (stack?.StackStatus !== 'CREATE_IN_PROGRESS') throw await failure(client, name);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function failure(client: CloudFormationClient, name: string): Promise<Error> {
  const { StackEvents = [] } = await client.send(
    new DescribeStackEventsCommand({ StackName: name }),
  );
  const reasons = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('FAILED'))
    .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
    .reverse();
  return new Error(`Stack ${name} failed. ${reasons.join('; ')}`);
}

/** Deletes a stack and waits until it is gone. */
async function remove(client: CloudFormationClient, name: string): Promise<void> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const StackName = Stacks[0]?.StackId;
  await client.send(new DeleteStackCommand({ StackName }));
  for (;;) {
    const answer = await client.send(new DescribeStacksCommand({ StackName }));
    const status = answer.Stacks?.[0]?.StackStatus;
    if (status === 'DELETE_COMPLETE') return;
    if (status !== 'DELETE_IN_PROGRESS') throw await failure(client, StackName ?? name);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A stream's records: data as text, and partition key. */
async function readAll(
  kinesis: KinesisClient,
  StreamName: string,
): Promise<{ data: string; key: string }[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  const read: { data: string; key: string }[] = [];
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    read.push(
      ...Records.map(({ Data, PartitionKey }) => ({
        data: Buffer.from(Data ?? []).toString('utf8'),
        key: PartitionKey ?? '',
      })),
    );
  }
  return read;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  json(): Record<string, unknown>;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Posts a JSON text, signed by the account's owner. */
export async function signedPost(url: string, body: string): Promise<Answer> {
  const { protocol, hostname, port, host, pathname } = new URL(url);
  const signer = new SignatureV4({
    service: 'execute-api',
    region: 'us-east-1',
    credentials: { accessKeyId: OWNER, secretAccessKey: OWNER },
    sha256: Sha256 as never,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol,
    hostname,
    port: Number(port),
    path: pathname,
    query: {},
    headers: { host, 'content-type': 'application/json' },
    body,
  });
  return call(url, { method: 'POST', headers, body });
}

/**
 * One HTTP request, with no header but what it says: `fetch` would add its own Accept and
 * Content-Type. A body that is no text is sent as JSON.
 */
export async function call(
  url: string,
  { method = 'GET', headers = {}, body }: Call = {},
): Promise<Answer> {
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const request = http.request(url, {
    method,
    headers: {
      ...(payload !== undefined && { 'content-length': String(Buffer.byteLength(payload)) }),
      ...(payload !== undefined &&
        typeof body !== 'string' && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  request.end(payload);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const content = await text(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: content,
    json: () => JSON.parse(content),
  };
}
