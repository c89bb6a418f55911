import type { ContentType } from '../models';
import type { Action } from '../routes';

/**
 * A request and its answer. In the document both bear its name, which is how they find each other;
 * test/end-to-end/contract-openapi.test.ts sends each and compares.
 */
export interface Example {
  readonly name: string;
  readonly summary: string;
  /** The stream of the path; `orders` unless told otherwise. */
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: ContentType;
  readonly body?: unknown;
  readonly status: number;
  readonly answer: unknown;
}

const ACCOUNT = '123456789012';
const REQUEST_ID = 'bd9008e0-7853-4dff-92c0-6ea0ac6ffb67';
const STREAM_ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream`;
const FIRST = '49680467512710365791423513379259020696433885730517811202';
const SECOND = '49680467512732666536622044002401765340526148652479021074';
const ITERATOR =
  'AAAAAAAAAAE0pHUvwTn8eP4rJxQxRkCq0s7mVn2Zb1c9dLkYtGhXoWUaFiJ3D5NzEr6BvKqSgTMlwHyOcP8xI4fRj7u';
const NEXT_TOKEN = 'AAAAAAAAAAHq3v9wVxkL0tYbGm2Dn7RzEcPs5JfKaUoXiTlWy4B6Q8gN1hOjCdMvSrFeZpAu';
const CREATED = 1795377600;

const MODE = { StreamMode: 'PROVISIONED' };
const summary = (name: string) => ({
  StreamName: name,
  StreamARN: `${STREAM_ARN}/${name}`,
  StreamStatus: 'ACTIVE',
  StreamModeDetails: MODE,
  StreamCreationTimestamp: CREATED,
});

/** The two halves of the hash keys, as a stream of two shards has them. */
const SHARDS = [
  {
    ShardId: 'shardId-000000000000',
    HashKeyRange: {
      StartingHashKey: '0',
      EndingHashKey: '170141183460469231731687303715884105727',
    },
    SequenceNumberRange: { StartingSequenceNumber: FIRST },
  },
  {
    ShardId: 'shardId-000000000001',
    HashKeyRange: {
      StartingHashKey: '170141183460469231731687303715884105728',
      EndingHashKey: '340282366920938463463374607431768211455',
    },
    SequenceNumberRange: { StartingSequenceNumber: SECOND },
  },
];

const error = (code: string, message: string) => ({ code, message, requestId: REQUEST_ID });

const nowhere = (action: string): Example => ({
  name: 'no-such-stream',
  summary: `${action} of a stream that is not there`,
  stream: 'nowhere',
  status: 404,
  answer: error('ResourceNotFoundException', `Stream nowhere under account ${ACCOUNT} not found.`),
});

const LESSON_RECORD = { index: 1, name: 'Maya', age: 25, role: 'engineer' };
const BATCH = [
  { data: 'Hello, Kinesis!', 'partition-key': 'partition-1' },
  { data: 'Another message', 'partition-key': 'partition-2' },
];
const THROTTLED = error(
  'ProvisionedThroughputExceededException',
  `Rate exceeded for shard shardId-000000000001 in stream orders under account ${ACCOUNT}.`,
);

export const examples: Readonly<Record<Action, readonly Example[]>> = {
  ListStreams: [
    {
      name: 'all',
      summary: 'The first page',
      status: 200,
      answer: {
        StreamNames: ['customers', 'orders'],
        HasMoreStreams: false,
        StreamSummaries: [summary('customers'), summary('orders')],
      },
    },
    {
      name: 'one-at-a-time',
      summary: 'A page of one, and there are more',
      query: { limit: 1 },
      status: 200,
      answer: {
        StreamNames: ['customers'],
        HasMoreStreams: true,
        NextToken: NEXT_TOKEN,
        StreamSummaries: [summary('customers')],
      },
    },
    {
      name: 'next-page',
      summary: 'The page after that',
      query: { limit: 1, 'next-token': NEXT_TOKEN },
      status: 200,
      answer: {
        StreamNames: ['orders'],
        HasMoreStreams: false,
        StreamSummaries: [summary('orders')],
      },
    },
    {
      name: 'limit-too-small',
      summary: 'A page of none',
      query: { limit: 0 },
      status: 400,
      answer: error(
        'ValidationException',
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
      ),
    },
  ],
  DescribeStream: [
    {
      name: 'two-shards',
      summary: 'A stream of two shards',
      status: 200,
      answer: {
        StreamDescription: {
          ...summary('orders'),
          RetentionPeriodHours: 24,
          EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
          EncryptionType: 'NONE',
          Shards: SHARDS,
          HasMoreShards: false,
        },
      },
    },
    nowhere('Description'),
  ],
  CreateStream: [
    {
      name: 'two-shards',
      summary: 'A stream of two shards',
      stream: 'invoices',
      body: { ShardCount: 2 },
      status: 200,
      answer: {},
    },
    {
      name: 'five-shards',
      summary: 'Without a body the stream has five shards',
      stream: 'payments',
      status: 200,
      answer: {},
    },
    {
      name: 'on-demand',
      summary: 'A stream that grows with its traffic',
      stream: 'clicks',
      body: { StreamMode: 'ON_DEMAND' },
      status: 200,
      answer: {},
    },
    {
      name: 'there-already',
      summary: 'A stream of that name is there',
      body: { ShardCount: 2 },
      status: 409,
      answer: error(
        'ResourceInUseException',
        `Stream orders under account ${ACCOUNT} already exists.`,
      ),
    },
    {
      name: 'count-not-taken',
      summary: 'An on-demand stream takes no count',
      stream: 'invoices',
      body: { StreamMode: 'ON_DEMAND', ShardCount: 2 },
      status: 400,
      answer: error('ValidationException', 'ShardCount is not expected when StreamMode=ON_DEMAND'),
    },
  ],
  DeleteStream: [
    {
      name: 'deleted',
      summary: 'A stream goes, with all its records',
      stream: 'old-orders',
      status: 200,
      answer: {},
    },
    nowhere('Deletion'),
  ],
  PutRecord: [
    {
      name: 'object',
      summary: "The lesson's record: stored as its JSON text",
      body: { StreamName: 'orders', Data: LESSON_RECORD, PartitionKey: 'desired-name' },
      status: 200,
      answer: { ShardId: 'shardId-000000000001', SequenceNumber: SECOND },
    },
    {
      name: 'string',
      summary: 'A string: stored as its UTF-8 bytes',
      body: { Data: 'Hello, Kinesis!', PartitionKey: 'partition-1' },
      status: 200,
      answer: { ShardId: 'shardId-000000000001', SequenceNumber: SECOND },
    },
    {
      name: 'base64',
      summary: "Kinesis's own JSON: stored as the bytes that the base64 stands for",
      contentType: 'application/x-amz-json-1.1',
      body: { Data: 'SGVsbG8sIEtpbmVzaXMh', PartitionKey: 'partition-1' },
      status: 200,
      answer: { ShardId: 'shardId-000000000001', SequenceNumber: SECOND },
    },
    {
      name: 'key-missing',
      summary: 'A record without a partition key',
      body: { Data: 'Hello, Kinesis!' },
      status: 400,
      answer: error(
        'ValidationException',
        '[object has missing required properties (["PartitionKey"])]',
      ),
    },
    {
      ...nowhere('A record'),
      body: { Data: 'Hello, Kinesis!', PartitionKey: 'partition-1' },
    },
    {
      name: 'throttled',
      summary: 'The shard takes no more in this second',
      body: { Data: 'Hello, Kinesis!', PartitionKey: 'partition-1' },
      status: 429,
      answer: THROTTLED,
    },
  ],
  PutRecords: [
    {
      name: 'two-records',
      summary: "The lesson's two records",
      body: { records: BATCH },
      status: 200,
      answer: {
        FailedRecordCount: 0,
        Records: [
          { SequenceNumber: SECOND, ShardId: 'shardId-000000000001' },
          { SequenceNumber: FIRST, ShardId: 'shardId-000000000000' },
        ],
      },
    },
    {
      name: 'base64',
      summary: "Kinesis's own JSON: stored as the bytes that the base64 stands for",
      contentType: 'application/x-amz-json-1.1',
      body: { Records: [{ Data: 'SGVsbG8sIEtpbmVzaXMh', PartitionKey: 'partition-1' }] },
      status: 200,
      answer: {
        FailedRecordCount: 0,
        Records: [{ SequenceNumber: SECOND, ShardId: 'shardId-000000000001' }],
      },
    },
    {
      name: 'one-refused',
      summary: 'The second record is to be sent again',
      body: { records: BATCH },
      status: 207,
      answer: {
        FailedRecordCount: 1,
        Records: [
          { SequenceNumber: SECOND, ShardId: 'shardId-000000000001' },
          {
            ErrorCode: 'ProvisionedThroughputExceededException',
            ErrorMessage: `Rate exceeded for shard shardId-000000000000 in stream orders under account ${ACCOUNT}.`,
          },
        ],
      },
    },
    {
      name: 'none',
      summary: 'A batch of no records',
      body: { records: [] },
      status: 400,
      answer: error(
        'ValidationException',
        '[array is too short: must have at least 1 elements but instance has 0 elements]',
      ),
    },
  ],
  ListShards: [
    {
      name: 'all',
      summary: 'Both shards of a stream',
      status: 200,
      answer: { Shards: SHARDS },
    },
    {
      name: 'one-at-a-time',
      summary: 'A page of one, and there are more',
      query: { limit: 1 },
      status: 200,
      answer: { Shards: SHARDS.slice(0, 1), NextToken: NEXT_TOKEN },
    },
    nowhere('The list of shards'),
  ],
  GetShardIterator: [
    {
      name: 'from-the-beginning',
      summary: 'Before the oldest record',
      query: { 'shard-id': 'shardId-000000000000' },
      status: 200,
      answer: { ShardIterator: ITERATOR },
    },
    {
      name: 'after-a-record',
      summary: 'After a record that was read',
      query: {
        'shard-id': 'shardId-000000000000',
        'shard-iterator-type': 'AFTER_SEQUENCE_NUMBER',
        'starting-sequence-number': FIRST,
      },
      status: 200,
      answer: { ShardIterator: ITERATOR },
    },
    {
      name: 'shard-missing',
      summary: 'Which shard?',
      status: 400,
      answer: error('ValidationException', 'Missing required request parameters: [shard-id]'),
    },
  ],
  GetRecords: [
    {
      name: 'first-record',
      summary: 'One record, and the iterator to go on with',
      headers: { 'Shard-Iterator': ITERATOR },
      query: { limit: 1 },
      status: 200,
      answer: {
        Records: [
          {
            SequenceNumber: FIRST,
            ApproximateArrivalTimestamp: 1795377601.5,
            Data: 'QW5vdGhlciBtZXNzYWdl',
            PartitionKey: 'partition-2',
          },
        ],
        NextShardIterator: ITERATOR,
        MillisBehindLatest: 0,
      },
    },
    {
      name: 'foreign-iterator',
      summary: 'An iterator that Kinesis never gave',
      query: { 'shard-iterator': 'somewhere' },
      status: 400,
      answer: error('InvalidArgumentException', 'Invalid ShardIterator.'),
    },
  ],
};
