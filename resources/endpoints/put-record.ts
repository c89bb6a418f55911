import { KMS_ERRORS } from '../openapi/errors';
import { encryptionType, object, sequenceNumber, shardId } from './shared/answers';
import type { BodySchema } from './shared/body-schema';
import { defineEndpoint } from './shared/endpoint';
import {
  ACCOUNT,
  error,
  nowhere,
  SECOND,
  TOO_LARGE_HASH_KEY,
  TOO_LARGE_MESSAGE,
} from './shared/example-values';
import { base64, hashKey, keyOf, textOf } from './shared/marker-texts';
import { ANY_JSON, BASE64, EXPLICIT_HASH_KEY, PARTITION_KEY } from './shared/members';

/** Makes a valid `Data` of any value; keep it in step with the schema of `Data` below. */
const wrapData = (value: unknown): unknown => value;

const SEQUENCE_NUMBER_FOR_ORDERING: BodySchema = {
  description:
    'The sequence number of an earlier record with the same key: this one gets a larger number',
  type: 'string',
  documentedAs: { type: 'string', pattern: '^(0|[1-9][0-9]{0,128})$' },
};

const GREETING = { Data: wrapData('Hello, Kinesis!'), PartitionKey: 'partition-1' };
const STORED = { ShardId: 'shardId-000000000001', SequenceNumber: SECOND };
const OPTIONS = {
  PartitionKey: keyOf('K'),
  ExplicitHashKey: hashKey(5),
  SequenceNumberForOrdering: textOf('S'),
};
const TEXT = `${keyOf('D')}\n\t`;

/** The base64 of the bytes that Kinesis stores for a value. */
const bytesOf = (data: unknown) => base64(typeof data === 'string' ? data : JSON.stringify(data));

export const putRecord = defineEndpoint({
  id: 'PutRecord',
  method: 'PUT',
  path: '/streams/{stream-name}/record',
  action: 'PutRecord',
  grantedOn: 'streams',
  grantedOnKey: 'kms:GenerateDataKey',
  streamFrom: 'path',
  tag: 'Writing',
  summary: 'Write a record',
  description:
    'Writes one record. In `application/json`, `Data` is any JSON: a string is stored as its UTF-8 bytes, any other value as its JSON text. In `application/x-amz-json-1.1`, `Data` is base64 and is stored as the bytes that it stands for. A 2xx answer means that the record is stored.',
  requests: {
    'application/json': {
      template: 'PutRecord.request',
      body: {
        type: 'object',
        required: ['Data', 'PartitionKey'],
        properties: {
          Data: ANY_JSON,
          PartitionKey: PARTITION_KEY,
          ExplicitHashKey: EXPLICIT_HASH_KEY,
          SequenceNumberForOrdering: SEQUENCE_NUMBER_FOR_ORDERING,
        },
      },
      good: { Data: wrapData('x'), PartitionKey: 'x' },
      wrapData,
    },
    'application/x-amz-json-1.1': {
      template: 'PutRecord.kinesis',
      body: {
        type: 'object',
        required: ['Data', 'PartitionKey'],
        properties: {
          Data: BASE64,
          PartitionKey: PARTITION_KEY,
          ExplicitHashKey: EXPLICIT_HASH_KEY,
          SequenceNumberForOrdering: SEQUENCE_NUMBER_FOR_ORDERING,
        },
      },
      good: { Data: 'eA==', PartitionKey: 'x' },
    },
  },
  answer: {
    schema: object(
      { ShardId: shardId, SequenceNumber: sequenceNumber },
      { EncryptionType: encryptionType },
    ),
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
      name: 'object',
      summary: "The lesson's record: stored as its JSON text",
      body: {
        StreamName: 'orders',
        Data: wrapData({ index: 1, name: 'Maya', age: 25, role: 'engineer' }),
        PartitionKey: 'desired-name',
      },
      status: 200,
      answer: STORED,
    },
    {
      name: 'string',
      summary: 'A string: stored as its UTF-8 bytes',
      body: GREETING,
      status: 200,
      answer: STORED,
    },
    {
      name: 'base64',
      summary: "Kinesis's own JSON: stored as the bytes that the base64 stands for",
      contentType: 'application/x-amz-json-1.1',
      body: { Data: 'SGVsbG8sIEtpbmVzaXMh', PartitionKey: 'partition-1' },
      status: 200,
      answer: STORED,
    },
    {
      name: 'hash-key-too-large',
      summary: 'A hash key of more than 128 bits',
      body: { ...GREETING, ExplicitHashKey: TOO_LARGE_HASH_KEY },
      status: 400,
      answer: error('InvalidArgumentException', TOO_LARGE_MESSAGE),
    },
    { ...nowhere('A record'), body: GREETING },
    {
      name: 'throttled',
      summary: 'The shard takes no more in this second',
      body: GREETING,
      status: 429,
      answer: error(
        'ProvisionedThroughputExceededException',
        `Rate exceeded for shard shardId-000000000001 in stream orders under account ${ACCOUNT}.`,
      ),
    },
  ],
  mappings: [
    {
      body: { Data: wrapData(TEXT), PartitionKey: keyOf('K') },
      contentType: 'application/json',
      sends: { Data: bytesOf(wrapData(TEXT)), PartitionKey: keyOf('K') },
    },
    {
      body: { Data: wrapData(7), ...OPTIONS },
      contentType: 'application/json',
      sends: { Data: bytesOf(wrapData(7)), ...OPTIONS },
    },
    ...[{ PartitionKey: keyOf('K') }, OPTIONS].map((members) => ({
      body: { Data: base64(TEXT), ...members },
      contentType: 'application/x-amz-json-1.1' as const,
      sends: { Data: base64(TEXT), ...members },
    })),
  ],
  readme: {
    request: '`{"Data": any JSON, "PartitionKey": "text"}`',
    answer: '`SequenceNumber`, `ShardId`',
  },
});
