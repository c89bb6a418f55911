import { KMS_ERRORS } from '../openapi/errors';
import { schemaRef } from '../openapi/schema';
import { count, encryptionType, list, object } from './shared/answers';
import { defineEndpoint } from './shared/endpoint';
import {
  ACCOUNT,
  error,
  FIRST,
  SECOND,
  TOO_LARGE_HASH_KEY,
  TOO_LARGE_MESSAGE,
} from './shared/example-values';
import { base64, hashKey, keyOf } from './shared/marker-texts';
import { ANY_JSON, BASE64, BATCH_SIZE, EXPLICIT_HASH_KEY, PARTITION_KEY } from './shared/members';

const BATCH = [
  { data: 'Hello, Kinesis!', 'partition-key': 'partition-1' },
  { data: 'Another message', 'partition-key': 'partition-2' },
];

/** Records in Kinesis's own JSON, which reach Kinesis unchanged. */
const KINESIS_RECORDS = [
  { Data: base64('é🎉 1\n'), ExplicitHashKey: hashKey(1), PartitionKey: keyOf('K1') },
  { Data: '', PartitionKey: 'K2' },
  { Data: 'eg==', ExplicitHashKey: hashKey(3), PartitionKey: 'K3' },
];

export const putRecords = defineEndpoint({
  id: 'PutRecords',
  method: 'PUT',
  path: '/streams/{stream-name}/records',
  action: 'PutRecords',
  grantedOn: 'streams',
  grantedOnKey: 'kms:GenerateDataKey',
  streamFrom: 'path',
  tag: 'Writing',
  summary: 'Write up to 500 records',
  description:
    'Writes a batch of records, each with data and key of its own. Kinesis may store some and refuse others: then the status is 207, and each result with an `ErrorCode` is in the place of a record to send again.',
  requests: {
    'application/json': {
      template: 'PutRecords.request',
      body: {
        type: 'object',
        required: ['records'],
        properties: {
          records: {
            type: 'array',
            ...BATCH_SIZE,
            items: {
              type: 'object',
              required: ['data', 'partition-key'],
              properties: {
                data: ANY_JSON,
                'partition-key': PARTITION_KEY,
                'explicit-hash-key': EXPLICIT_HASH_KEY,
              },
            },
          },
        },
      },
      good: { records: [{ data: 'x', 'partition-key': 'x' }] },
    },
    'application/x-amz-json-1.1': {
      template: 'PutRecords.kinesis',
      body: {
        type: 'object',
        required: ['Records'],
        properties: {
          Records: {
            type: 'array',
            ...BATCH_SIZE,
            items: {
              type: 'object',
              required: ['Data', 'PartitionKey'],
              properties: {
                Data: BASE64,
                PartitionKey: PARTITION_KEY,
                ExplicitHashKey: EXPLICIT_HASH_KEY,
              },
            },
          },
        },
      },
      good: { Records: [{ Data: 'eA==', PartitionKey: 'x' }] },
    },
  },
  answer: {
    schema: object(
      {
        FailedRecordCount: count('How many records were refused'),
        Records: list(schemaRef('PutRecordsResult')),
      },
      { EncryptionType: encryptionType },
    ),
    template: 'PutRecords.response',
    partial: {
      status: 207,
      description: 'Some records were refused: those whose result has an ErrorCode',
      when: 'Kinesis refused some of the records: those whose result has an `ErrorCode`',
    },
  },
  errors: [
    ...KMS_ERRORS,
    'SerializationException',
    'ResourceNotFoundException',
    'ProvisionedThroughputExceededException',
    'InternalFailureException',
  ],
  examples: [
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
      name: 'hash-key-too-large',
      summary: 'A hash key of more than 128 bits',
      body: {
        records: [{ data: 'x', 'partition-key': 'x', 'explicit-hash-key': TOO_LARGE_HASH_KEY }],
      },
      status: 400,
      answer: error('InvalidArgumentException', TOO_LARGE_MESSAGE),
    },
  ],
  mappings: [
    {
      body: {
        records: [
          { data: 'é🎉 1\n', 'partition-key': ' K1 é🎉', 'explicit-hash-key': hashKey(1) },
          { data: 2, 'partition-key': `it's "K2" \\` },
          { data: '', 'partition-key': 'e\u0301 $K3 #x ', 'explicit-hash-key': hashKey(3) },
        ],
      },
      contentType: 'application/json',
      sends: {
        Records: [
          { Data: base64('é🎉 1\n'), ExplicitHashKey: hashKey(1), PartitionKey: ' K1 é🎉' },
          { Data: base64('2'), PartitionKey: `it's "K2" \\` },
          { Data: '', ExplicitHashKey: hashKey(3), PartitionKey: 'e\u0301 $K3 #x ' },
        ],
      },
    },
    {
      body: { Records: KINESIS_RECORDS },
      contentType: 'application/x-amz-json-1.1',
      sends: { Records: KINESIS_RECORDS },
    },
  ],
  readme: {
    request: '`{"records": [{"data": any JSON, "partition-key": "text"}, …]}`, 1 to 500',
    answer: '`FailedRecordCount`, `Records`; 207 when a record failed',
  },
});
