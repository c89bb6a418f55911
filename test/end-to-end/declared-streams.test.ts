import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { openWorkbench, type Workbench } from './support/workbench';

// One stage whose streams are there already, and are left or deleted. Told in order.

const test = inOrder();

const StackName = 'kinesis-rest-proxy-dev';
const ORDERS = `${StackName}-orders`;
const CLICKS = `${StackName}-clicks`;

let workbench: Workbench;
let kinesis: KinesisClient;
let cloudFormation: CloudFormationClient;

const declare = (text: string) =>
  writeFileSync(
    path.join(workbench.folder, 'streams.ts'),
    `import { declare } from './resources/streams/declaration';\nexport const streams = declare({ ${text} });\n`,
  );

const deploying = (...args: string[]) => [
  ...['deploy', '--stage', 'dev', '--param', 'authorization=NONE', '--param', 'accessLogs=false'],
  ...['--param', 'endpointThrottles=false', '--param', 'manageStreams=anyone'],
  '--param',
  `invokeUrl=${workbench.endpoint}/_aws/execute-api/\${RestApi}/\${Stage}`,
  ...args,
];

const streamNames = async () => (await kinesis.send(new ListStreamsCommand({}))).StreamNames;

/** The stack's streams, by logical id. */
async function stackStreams() {
  const { StackResourceSummaries: resources = [] } = await cloudFormation.send(
    new ListStackResourcesCommand({ StackName }),
  );
  return resources
    .filter(
      ({ ResourceType, ResourceStatus }) =>
        ResourceType === 'AWS::Kinesis::Stream' && ResourceStatus !== 'DELETE_COMPLETE',
    )
    .map(({ LogicalResourceId: id, PhysicalResourceId: name }) => `${id} ${name}`);
}

async function firstRecord(StreamName: string): Promise<string> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records: [record] = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Buffer.from(record?.Data ?? []).toString();
}

beforeAll(async () => {
  workbench = await openWorkbench();
  kinesis = new KinesisClient(workbench.sdk);
  cloudFormation = new CloudFormationClient(workbench.sdk);
});
afterAll(async () => {
  kinesis.destroy();
  cloudFormation.destroy();
  await workbench.close();
});

test('a first deployment is refused while a declared stream is there, and makes nothing', async () => {
  await kinesis.send(new CreateStreamCommand({ StreamName: ORDERS, ShardCount: 1 }));
  declare('orders: {}');

  const { code, output } = await workbench.run(...deploying('--skip-verify'));

  expect(output).toContain(
    `The stream ${ORDERS}, which streams.ts declares as 'orders', exists already, and is not this stack's. To take it up with its data: npx serverless deploy --stage dev --import-streams.`,
  );
  expect(output).not.toMatch(/^ {4}at /m);
  expect(code).toBe(1);
  await expect(stackStreams()).rejects.toThrow('does not exist');
});

test('with --import-streams the stack has it, with its records and as it is declared', async () => {
  await kinesis.send(
    new PutRecordCommand({ StreamName: ORDERS, PartitionKey: 'k', Data: Buffer.from('kept') }),
  );
  declare('orders: { retentionHours: 48 }');

  await workbench.succeed(...deploying('--skip-verify', '--import-streams'));

  expect(await stackStreams()).toEqual([`OrdersStream ${ORDERS}`]);
  const { StreamDescriptionSummary: summary } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: ORDERS }),
  );
  expect(summary).toMatchObject({ RetentionPeriodHours: 48, EncryptionType: 'KMS' });
  expect(await firstRecord(ORDERS)).toBe('kept');
});

test('consumers do not keep a stack from being removed, which says what it leaves', async () => {
  declare("orders: { retentionHours: 48 }, clicks: { onRemove: 'delete' }");
  await workbench.succeed(...deploying('--skip-verify'));
  for (const StreamName of [ORDERS, CLICKS]) {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    const { StreamARN } = summary ?? {};
    await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'kcl' }));
  }

  const output = await workbench.succeed('remove', '--stage', 'dev');

  expect(output).toContain(`Deregistered the consumers of ${CLICKS}, which is deleted: kcl`);
  expect(output).toContain(`Left, with their data: ${ORDERS}\n`);
  expect(output).toContain(
    `aws kinesis delete-stream --stream-name ${ORDERS} --enforce-consumer-deletion`,
  );
  expect(await streamNames()).toEqual([ORDERS]);
  expect(await firstRecord(ORDERS)).toBe('kept');
});
