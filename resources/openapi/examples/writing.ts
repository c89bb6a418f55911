import { ACCOUNT, type ExamplesOf, error, FIRST, nowhere, SECOND } from './example';

const LESSON_RECORD = { index: 1, name: 'Maya', age: 25, role: 'engineer' };
const BATCH = [
  { data: 'Hello, Kinesis!', 'partition-key': 'partition-1' },
  { data: 'Another message', 'partition-key': 'partition-2' },
];
const THROTTLED = error(
  'ProvisionedThroughputExceededException',
  `Rate exceeded for shard shardId-000000000001 in stream orders under account ${ACCOUNT}.`,
);

/** Records that are put. */
export const ofWriting: ExamplesOf<'PutRecord' | 'PutRecords'> = {
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
};
