import {
  AddTagsToStreamCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import type { Probe } from './probe';
import { active, arnOf, consumerOf, iterator, SHARD, withStream } from './probe-stream';

/** The middle of all hash keys. */
const MIDDLE = '170141183460469231731687303715884105728';

/** The behaviour of Kinesis itself, asked directly. */
export const kinesisProbes: readonly Probe[] = [
  {
    name: 'kinesis-describe',
    question: 'What do the operations that describe a stream tell?',
    rows: [
      'kinesis: DescribeStream',
      'kinesis: DescribeStreamSummary',
      'kinesis: ListStreams',
      'kinesis: ListShards',
      'kinesis: a token beside what it contains',
      'kinesis: DescribeLimits',
      'kinesis: tags at creation',
      'kinesis: tags whose keys begin with `aws:`',
      'kinesis: JSON',
    ],
    expected: {
      shards: 2,
      more: false,
      open: 2,
      consumers: 0,
      listed: true,
      tags: ['probe=describe', 'second=2'],
      limits: 'told',
      reserved: 'InvalidArgumentException',
      together: 'InvalidArgumentException',
    },
    ask: (bench) =>
      withStream(
        bench,
        'describe',
        async (StreamName) => {
          const { run, recorder } = bench;
          const client = run.clients.kinesis;
          await recorder.command(
            client,
            new AddTagsToStreamCommand({ StreamName, Tags: { second: '2' } }),
          );
          const reserved = await recorder.refusal(
            client,
            new AddTagsToStreamCommand({ StreamName, Tags: { 'aws:probe': 'x' } }),
          );
          const { StreamDescription: stream } = await recorder.command(
            client,
            new DescribeStreamCommand({ StreamName }),
          );
          const { StreamDescriptionSummary: summary } = await recorder.command(
            client,
            new DescribeStreamSummaryCommand({ StreamName }),
          );
          const { Shards = [] } = await recorder.command(
            client,
            new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }),
          );
          const { StreamNames = [] } = await recorder.command(
            client,
            new ListStreamsCommand({ ExclusiveStartStreamName: StreamName.slice(0, -1) }),
          );
          const { Tags = [] } = await recorder.command(
            client,
            new ListTagsForStreamCommand({ StreamName }),
          );
          const { NextToken } = await recorder.command(
            client,
            new ListShardsCommand({ StreamName, MaxResults: 1 }),
          );
          const StreamARN = await arnOf(bench, StreamName);
          const together = await recorder.refusal(
            client,
            new ListShardsCommand({ NextToken, StreamARN }),
          );
          const { OpenShardCount } = await recorder.command(client, new DescribeLimitsCommand({}));
          return {
            shards: Shards.length,
            more: stream?.HasMoreShards,
            open: summary?.OpenShardCount,
            consumers: summary?.ConsumerCount,
            listed: StreamNames.includes(StreamName),
            tags: Tags.map(({ Key, Value }) => `${Key}=${Value}`).sort(),
            limits: OpenShardCount === undefined ? 'not told' : 'told',
            reserved: reserved?.error ?? 'taken',
            together: together?.error ?? 'taken',
          };
        },
        2,
      ),
  },
  {
    name: 'kinesis-records',
    question: 'Where do records go, in which order do they come back, and what is refused?',
    rows: [
      'kinesis: the shard',
      'kinesis: inputs',
      'kinesis: size of a batch',
      'kinesis: size of a record',
      'kinesis: a batch',
      'kinesis: order',
      'kinesis: `MillisBehindLatest`',
      'kinesis: around an iterator',
      'kinesis: StreamName and StreamARN',
    ],
    expected: {
      emoji: ['taken', 'ValidationException', 'ValidationException'],
      large:
        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048576 cap=1048576]' at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
      tooMany: 'ValidationException',
      shards: ['shardId-000000000000'],
      disagree: 'InvalidArgumentException',
      isOrdered: true,
      behind: 0,
      quoted: 'taken',
    },
    ask: (bench) =>
      withStream(bench, 'records', async (StreamName) => {
        const { run, recorder } = bench;
        const client = run.clients.kinesis;
        const Data = Buffer.from('x');
        const put = (PartitionKey: string, data = Data) =>
          recorder.refusal(client, new PutRecordCommand({ StreamName, PartitionKey, Data: data }));
        const many = Array.from({ length: 501 }, () => ({ Data, PartitionKey: 'k' }));
        const emoji = { fits: await put('🎉'.repeat(128)), over: await put('🎉'.repeat(129)) };
        const units = await put('🎉'.repeat(256));
        const large = await put('large', Buffer.alloc(1024 * 1024));
        const tooMany = await recorder.refusal(
          client,
          new PutRecordsCommand({ StreamName, Records: many }),
        );
        const { Records: batch = [] } = await recorder.command(
          client,
          new PutRecordsCommand({ StreamName, Records: many.slice(0, 3) }),
        );
        const another = `arn:aws:kinesis:${run.place.region}:${run.account}:stream/another`;
        const disagree = await recorder.refusal(
          client,
          new DescribeStreamSummaryCommand({ StreamName, StreamARN: another }),
        );
        const { Records = [], MillisBehindLatest } = await recorder.command(
          client,
          new GetRecordsCommand({ ShardIterator: await iterator(bench, StreamName) }),
        );
        const quoted = await recorder.refusal(
          client,
          new GetRecordsCommand({ ShardIterator: `"${await iterator(bench, StreamName)}"` }),
        );
        const numbers = Records.map(({ SequenceNumber = '' }) => SequenceNumber);
        return {
          emoji: [
            emoji.fits?.error ?? 'taken',
            emoji.over?.error ?? 'taken',
            units?.error ?? 'taken',
          ],
          large: large?.message ?? 'taken',
          tooMany: tooMany?.error,
          shards: [...new Set(batch.map(({ ShardId }) => ShardId))],
          disagree: disagree?.error,
          isOrdered: numbers.join() === [...numbers].sort().join(),
          behind: MillisBehindLatest,
          quoted: quoted?.error ?? 'taken',
        };
      }),
  },
  {
    name: 'kinesis-reshard',
    question: 'How do shards split and merge, and what tells the end of a closed one?',
    rows: [
      'kinesis: the end of a closed shard',
      'kinesis: UpdateShardCount: the ranges',
      'kinesis: more than double, less than half',
      'kinesis: closed shards',
    ],
    expected: {
      thirds: [
        '0',
        '113427455640312821154458202477256070485',
        '226854911280625642308916404954512140970',
      ],
      ended: true,
      children: ['shardId-000000000001', 'shardId-000000000002'],
      tripled:
        'UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 2, Target shard count: 5',
      shards: [
        ['shardId-000000000000', null, null],
        ['shardId-000000000001', 'shardId-000000000000', null],
        ['shardId-000000000002', 'shardId-000000000000', null],
        ['shardId-000000000003', 'shardId-000000000001', 'shardId-000000000002'],
      ],
    },
    ask: (bench) =>
      withStream(bench, 'reshard', async (StreamName) => {
        const { run, recorder } = bench;
        const client = run.clients.kinesis;
        await recorder.command(
          client,
          new SplitShardCommand({ StreamName, ShardToSplit: SHARD, NewStartingHashKey: MIDDLE }),
        );
        await active(bench, StreamName);
        const { ChildShards = [], NextShardIterator } = await recorder.command(
          client,
          new GetRecordsCommand({ ShardIterator: await iterator(bench, StreamName) }),
        );
        const count = (TargetShardCount: number) =>
          new UpdateShardCountCommand({
            StreamName,
            TargetShardCount,
            ScalingType: 'UNIFORM_SCALING',
          });
        const tripled = await recorder.refusal(client, count(5));
        await recorder.command(
          client,
          new MergeShardsCommand({
            StreamName,
            ShardToMerge: 'shardId-000000000001',
            AdjacentShardToMerge: 'shardId-000000000002',
          }),
        );
        await active(bench, StreamName);
        const { Shards = [] } = await recorder.command(
          client,
          new ListShardsCommand({ StreamName }),
        );
        for (const shards of [2, 3]) {
          await recorder.command(client, count(shards));
          await active(bench, StreamName);
        }
        const { Shards: thirds = [] } = await recorder.command(
          client,
          new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }),
        );
        return {
          thirds: thirds.map(({ HashKeyRange }) => HashKeyRange?.StartingHashKey).sort(),
          ended: NextShardIterator === undefined,
          children: ChildShards.map(({ ShardId }) => ShardId).sort(),
          tripled: tripled?.message.replaceAll(StreamName, 'STREAM'),
          shards: Shards.map(({ ShardId, ParentShardId, AdjacentParentShardId }) => [
            ShardId,
            ParentShardId ?? null,
            AdjacentParentShardId ?? null,
          ]),
        };
      }),
  },
  {
    name: 'kinesis-consumers',
    question: 'Is a stream with consumers deleted, and with EnforceConsumerDeletion?',
    rows: ['kinesis: DeleteStream', 'kinesis: consumers'],
    expected: { registered: 'CREATING', refused: 'ResourceInUseException' },
    ask: (bench) =>
      withStream(bench, 'consumers', async (StreamName) => {
        const { run, recorder } = bench;
        const client = run.clients.kinesis;
        const consumer = await consumerOf(bench, await arnOf(bench, StreamName));
        const refused = await recorder.refusal(client, new DeleteStreamCommand({ StreamName }));
        return { registered: consumer?.ConsumerStatus, refused: refused?.error ?? 'deleted' };
      }),
  },
  {
    name: 'kinesis-encryption',
    question: 'Are records marked as encrypted from the moment on?',
    rows: ['kinesis: encryption'],
    expected: { marks: [null, 'KMS'] },
    ask: (bench) =>
      withStream(bench, 'encryption', async (StreamName) => {
        const { run, recorder } = bench;
        const client = run.clients.kinesis;
        const record = { StreamName, PartitionKey: 'k', Data: Buffer.from('x') };
        const before = await recorder.command(client, new PutRecordCommand(record));
        await recorder.command(
          client,
          new StartStreamEncryptionCommand({
            StreamName,
            EncryptionType: 'KMS',
            KeyId: 'alias/aws/kinesis',
          }),
        );
        await active(bench, StreamName);
        const after = await recorder.command(client, new PutRecordCommand(record));
        const mark = ({ EncryptionType = 'NONE' }) =>
          EncryptionType === 'NONE' ? null : EncryptionType;
        return { marks: [mark(before), mark(after)] };
      }),
  },
  {
    name: 'kinesis-not-allowed',
    question: "Does another account's stream tell whether it exists?",
    rows: ['kinesis: accounts and regions', 'kinesis: what is not allowed'],
    expected: { refused: 'AccessDeniedException' },
    async ask({ run, recorder }) {
      const StreamARN = `arn:aws:kinesis:${run.place.region}:123456789012:stream/absent`;
      const refused = await recorder.refusal(
        run.clients.kinesis,
        new DescribeStreamSummaryCommand({ StreamARN }),
      );
      return { refused: refused?.error ?? 'let in' };
    },
  },
];
