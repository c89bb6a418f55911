import { paginateListExports, paginateListImports } from '@aws-sdk/client-cloudformation';
import {
  DescribeStreamSummaryCommand,
  ListShardsCommand,
  ListStreamConsumersCommand,
  ListTagsForStreamCommand,
} from '@aws-sdk/client-kinesis';
import type { Bench, Probe } from './probe';
import { HANDLE, type Resources, requireStatus, withStack } from './throwaway-stack';

interface StreamProperties {
  readonly shards: number;
  readonly tag: string;
  readonly isEncrypted?: boolean;
}

const streams = (Name: string, { shards, tag, isEncrypted }: StreamProperties): Resources => ({
  Stream: {
    Type: 'AWS::Kinesis::Stream',
    Properties: {
      Name,
      ShardCount: shards,
      Tags: [{ Key: 'probe', Value: tag }],
      ...(isEncrypted && {
        StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      }),
    },
  },
  Consumer: {
    Type: 'AWS::Kinesis::StreamConsumer',
    Properties: { ConsumerName: 'probe', StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
  },
});

/** What a stream of a stack is, in few words. */
async function lookAt({ run, recorder }: Bench, StreamName: string) {
  const client = run.clients.kinesis;
  const { StreamDescriptionSummary: summary } = await recorder.command(
    client,
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  const { Shards = [] } = await recorder.command(client, new ListShardsCommand({ StreamName }));
  const { Tags = [] } = await recorder.command(
    client,
    new ListTagsForStreamCommand({ StreamName }),
  );
  const { Consumers = [] } = await recorder.command(
    client,
    new ListStreamConsumersCommand({ StreamARN: summary?.StreamARN }),
  );
  return {
    status: summary?.StreamStatus,
    shards: Shards.filter(
      ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined,
    ).length,
    tag: Tags.find(({ Key }) => Key === 'probe')?.Value,
    encryption: summary?.EncryptionType ?? 'NONE',
    consumers: Consumers.map(
      ({ ConsumerName, ConsumerStatus }) => `${ConsumerName} ${ConsumerStatus}`,
    ),
  };
}

/** What stacks make of their resources. */
export const stackResourceProbes: readonly Probe[] = [
  {
    name: 'stack-streams',
    question: 'Does a stack make, change and delete a stream and its consumer, and wait for them?',
    rows: [
      'cloudformation: `AWS::Kinesis::Stream`',
      'cloudformation: `AWS::Kinesis::StreamConsumer`',
      'kinesis: AWS::Kinesis::Stream',
      'kinesis: AWS::Kinesis::StreamConsumer',
    ],
    expected: {
      made: {
        status: 'ACTIVE',
        shards: 1,
        tag: 'one',
        encryption: 'NONE',
        consumers: ['probe ACTIVE'],
      },
      changed: {
        status: 'ACTIVE',
        shards: 2,
        tag: 'two',
        encryption: 'KMS',
        consumers: ['probe ACTIVE'],
      },
      deleted: 'ResourceNotFoundException',
    },
    async ask(bench) {
      const { run, recorder } = bench;
      const name = `${run.stackName}-probe-stack`;
      const found = await withStack(bench, 'streams', async (stack) => {
        const first = await stack.create(streams(name, { shards: 1, tag: 'one' }));
        requireStatus(first, 'CREATE_COMPLETE');
        const made = await lookAt(bench, name);
        const second = await stack.update(
          streams(name, { shards: 2, tag: 'two', isEncrypted: true }),
        );
        requireStatus(second, 'UPDATE_COMPLETE');
        return { made, changed: await lookAt(bench, name) };
      });
      const deleted = await recorder.refusal(
        run.clients.kinesis,
        new DescribeStreamSummaryCommand({ StreamName: name }),
      );
      return { ...found, deleted: deleted?.error ?? 'there' };
    },
  },
  {
    name: 'exports',
    question: 'Do ListExports and ListImports tell an export and who imports it?',
    rows: ['cloudformation: ListExports, ListImports'],
    expected: { value: 'shown', isImported: true },
    ask: (bench) =>
      withStack(bench, 'exports', async (exporting) => {
        const client = bench.run.clients.cloudFormation;
        const ExportName = exporting.name;
        const outputs = { Shown: { Value: 'shown', Export: { Name: ExportName } } };
        const made = await exporting.create({ Handle: HANDLE }, {}, outputs);
        requireStatus(made, 'CREATE_COMPLETE');
        return withStack(bench, 'imports', async (importing) => {
          const imported = { Imported: { Value: { 'Fn::ImportValue': ExportName } } };
          const used = await importing.create({ Handle: HANDLE }, {}, imported);
          requireStatus(used, 'CREATE_COMPLETE');
          let value: string | undefined;
          for await (const { Exports = [] } of paginateListExports({ client }, {})) {
            value ??= Exports.find(({ Name }) => Name === ExportName)?.Value;
          }
          const importers: string[] = [];
          for await (const page of paginateListImports({ client }, { ExportName })) {
            importers.push(...(page.Imports ?? []));
          }
          return { value, isImported: importers.includes(importing.name) };
        });
      }),
  },
  {
    name: 'cdk-metadata',
    question: "Does a stack with CDK's metadata make nothing for it?",
    rows: ['cloudformation: `AWS::CDK::Metadata`'],
    expected: { status: 'CREATE_COMPLETE', resources: ['CDKMetadata', 'Handle'] },
    ask: (bench) =>
      withStack(bench, 'outcomes', async (stack) => {
        const CDKMetadata = { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:probe' } };
        const status = await stack.create({ Handle: HANDLE, CDKMetadata });
        return { status, resources: Object.keys(await stack.resources()).sort() };
      }),
  },
];
