import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingRequest,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { createIam } from '../../../src/iam';
import { inProcess } from '../../../src/in-process';
import { createKinesis } from '../../../src/kinesis';
import { createLambda, type EventSourceRuntime, lambdaResourceHandlers } from '../../../src/lambda';
import type { RunFunction } from '../../../src/lambda/event-source/mapped-function';
import { createS3 } from '../../../src/s3';
import { testCaller } from '../../support/aws-request';
import { handlerFor, resourceContext } from '../../support/resource-context';

export const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/orders';
export const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:failures';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:consumer';

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

/** The actions that the Serverless Framework grants for `stream`. */
export const READING = [
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:DescribeStream',
  'kinesis:ListStreams',
];

/** A record as the function sees it. */
export interface Seen {
  readonly kinesis: {
    readonly partitionKey: string;
    readonly sequenceNumber: string;
    readonly data: string;
    readonly approximateArrivalTimestamp: number;
  };
  readonly eventID: string;
  readonly eventSourceARN: string;
}

export const textOf = ({ kinesis }: Seen): string => Buffer.from(kinesis.data, 'base64').toString();

/** Decides what becomes of a call. @returns the function's result; throws as the function would */
export type Handler = (records: readonly Seen[], call: number) => unknown;

interface Options {
  readonly handler?: Handler;
  readonly actions?: readonly string[];
  readonly shards?: number;
}

/** A stream `orders`, and a function `consumer` that runs in the test itself. */
export async function consumerOf({
  handler = () => undefined,
  actions = [...READING, 'sns:Publish'],
  shards = 1,
}: Options = {}) {
  let offset = 0;
  const now = () => Date.now() + offset;
  const iam = createIam();
  const kinesis = createKinesis({ now, createMs: 0, deleteMs: 0, updateMs: 0 });
  const calls: string[][] = [];
  const messages: unknown[] = [];
  const reports: string[] = [];
  let handle = handler;
  const run: RunFunction = async (_target, _store, _requestId, event) => {
    const { Records } = JSON.parse(JSON.stringify(event)) as { Records: Seen[] };
    calls.push(Records.map(textOf));
    try {
      const result = await handle(Records, calls.length);
      return { payload: JSON.stringify(result) ?? 'null', failed: false };
    } catch (error) {
      return { payload: JSON.stringify({ errorMessage: String(error) }), failed: true };
    }
  };
  const runtime: EventSourceRuntime = {
    kinesis,
    now,
    assumeRole: (arn, scope) => iam.assumeRole(arn, 'lambda.amazonaws.com', 'awslambda', scope),
    publish: (_caller, _topic, message) => messages.push(JSON.parse(message)),
    measureAge: () => {},
    report: (line) => reports.push(line),
  };
  const lambda = createLambda({
    run,
    eventSources: runtime,
  });
  const account = iam.account(testCaller);
  const role = account.createRole({ name: 'consumer', trustPolicy: TRUST });
  const grant = (Action: readonly string[]) =>
    account.putInlinePolicy(role, 'own', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
    });
  grant(actions);
  const handlers = lambdaResourceHandlers(lambda, { iam, s3: createS3() });
  const fn = handlerFor(handlers, 'AWS::Lambda::Function');
  const code = (text: string) => ({
    FunctionName: 'consumer',
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: role.arn,
    Code: { ZipFile: text },
  });
  await fn.create(resourceContext(), code('exports.handler = async () => {};'));
  kinesis.invoke(testCaller, 'CreateStream', { StreamName: 'orders', ShardCount: shards });
  const client = new LambdaClient(inProcess(lambda));
  const writer = new KinesisClient(inProcess(kinesis));
  return {
    iam,
    kinesis,
    lambda,
    runtime,
    client,
    calls,
    messages,
    reports,
    role,
    grant,
    handlers,
    /** Moves the clock. */
    advance: (milliseconds: number) => {
      offset += milliseconds;
    },
    /** Another version of the function. */
    redeploy: async (next: Handler, text = 'exports.handler = 1;') => {
      handle = next;
      await fn.update(resourceContext(), 'consumer', code(text), {});
    },
    fn,
    code,
    map: (input: Partial<CreateEventSourceMappingRequest> = {}) =>
      client.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: STREAM_ARN,
          FunctionName: 'consumer',
          StartingPosition: 'TRIM_HORIZON',
          ...input,
        }),
      ),
    /** Puts texts under a key, or under the letter that each begins with. */
    put: (texts: readonly string[], key?: string) =>
      writer.send(
        new PutRecordsCommand({
          StreamName: 'orders',
          Records: texts.map((text) => ({
            Data: Buffer.from(text),
            PartitionKey: key ?? text.charAt(0),
          })),
        }),
      ),
  };
}
