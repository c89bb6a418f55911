import {
  DescribeStreamSummaryCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  ListShardsCommand,
  PutRecordCommand,
  UpdateMaxRecordSizeCommand,
  UpdateStreamModeCommand,
  UpdateStreamRecordDistributionStrategyCommand,
} from '@aws-sdk/client-kinesis';
import type { Bench, Observed, Probe } from './probe';
import { active, arnOf, withStream } from './probe-stream';

const MIB = 1024 * 1024;

interface OfStream {
  readonly name: string;
  readonly question: string;
  readonly rows: readonly string[];
  readonly expected: Observed;
  readonly ask: (
    bench: Bench,
    stream: { StreamARN: string; StreamName: string },
  ) => Promise<Observed>;
}

/** A probe that has a stream of its own. */
const ofStream = ({ name, ask, ...rest }: OfStream): Probe => ({
  ...rest,
  name: `kinesis-${name}`,
  ask: (bench) =>
    withStream(bench, name, async (StreamName) =>
      ask(bench, { StreamName, StreamARN: await arnOf(bench, StreamName) }),
    ),
});

async function shardsOf({ run, recorder }: Bench, StreamName: string): Promise<unknown> {
  const { Shards = [] } = await recorder.command(
    run.clients.kinesis,
    new ListShardsCommand({ StreamName }),
  );
  return Shards.map(({ ShardId }) => ShardId);
}

async function summaryOf({ run, recorder }: Bench, StreamName: string) {
  const { StreamDescriptionSummary: summary } = await recorder.command(
    run.clients.kinesis,
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  return summary;
}

/** Changes of a stream that is there. */
export const streamSettingsProbes: readonly Probe[] = [
  ofStream({
    name: 'mode',
    question: 'Does a stream that becomes on-demand keep its shards, and take AUTO then alone?',
    rows: ['kinesis: UpdateStreamMode', 'kinesis: UpdateStreamRecordDistributionStrategy'],
    expected: {
      provisioned: 'InvalidArgumentException',
      mode: 'ON_DEMAND',
      isSame: true,
      onDemand: 'taken',
      withoutKey: 'taken',
    },
    async ask(bench, { StreamARN, StreamName }) {
      const { run, recorder } = bench;
      const client = run.clients.kinesis;
      const auto = () =>
        recorder.refusal(
          client,
          new UpdateStreamRecordDistributionStrategyCommand({
            StreamARN,
            RecordDistributionStrategy: 'AUTO',
          }),
        );
      const before = await shardsOf(bench, StreamName);
      const provisioned = await auto();
      await recorder.command(
        client,
        new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
      );
      await active(bench, StreamName);
      const after = await shardsOf(bench, StreamName);
      const onDemand = await auto();
      await active(bench, StreamName);
      const withoutKey = await recorder.refusal(
        client,
        new PutRecordCommand({ StreamName, Data: Buffer.from('x'), PartitionKey: undefined }),
      );
      return {
        provisioned: provisioned?.error ?? 'taken',
        mode: (await summaryOf(bench, StreamName))?.StreamModeDetails?.StreamMode,
        isSame: String(before) === String(after),
        onDemand: onDemand?.error ?? 'taken',
        withoutKey: withoutKey?.error ?? 'taken',
      };
    },
  }),
  ofStream({
    name: 'record-size',
    question: 'Does a stream whose records may have 10 MiB take one of 2 MiB?',
    rows: ['kinesis: UpdateMaxRecordSize'],
    expected: { before: 'ValidationException', size: 10_240, after: 'taken' },
    async ask(bench, { StreamARN, StreamName }) {
      const { run, recorder } = bench;
      const client = run.clients.kinesis;
      const Data = Buffer.alloc(2 * MIB, 'x');
      const put = async () => {
        // Without the recorder: megabytes are no evidence.
        try {
          await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data }));
          return 'taken';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const before = await put();
      await recorder.command(
        client,
        new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_240 }),
      );
      await active(bench, StreamName);
      const summary = await summaryOf(bench, StreamName);
      return { before, size: summary?.MaxRecordSizeInKiB, after: await put() };
    },
  }),
  ofStream({
    name: 'monitoring',
    question: 'What do the switches of enhanced monitoring tell of the metrics before and after?',
    rows: ['kinesis: enhanced monitoring'],
    expected: {
      enabled: { before: [], after: ['IncomingBytes', 'OutgoingBytes'] },
      disabled: { before: ['IncomingBytes', 'OutgoingBytes'], after: ['OutgoingBytes'] },
    },
    async ask(bench, { StreamName }) {
      const { run, recorder } = bench;
      const client = run.clients.kinesis;
      const enabled = await recorder.command(
        client,
        new EnableEnhancedMonitoringCommand({
          StreamName,
          ShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
        }),
      );
      await active(bench, StreamName);
      const disabled = await recorder.command(
        client,
        new DisableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['IncomingBytes'] }),
      );
      return { enabled: metrics(enabled), disabled: metrics(disabled) };
    },
  }),
];

interface Metrics {
  readonly CurrentShardLevelMetrics?: readonly string[];
  readonly DesiredShardLevelMetrics?: readonly string[];
}

const metrics = ({ CurrentShardLevelMetrics = [], DesiredShardLevelMetrics = [] }: Metrics) => ({
  before: [...CurrentShardLevelMetrics].sort(),
  after: [...DesiredShardLevelMetrics].sort(),
});
