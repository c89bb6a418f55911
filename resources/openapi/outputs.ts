import type { Action } from '../routes';
import { type Schema, schemaRef } from './schema';

const text = (description: string): Schema => ({ type: 'string', description });
const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
const flag = (description: string): Schema => ({ type: 'boolean', description });
const time = (description: string): Schema => ({
  type: 'number',
  description: `${description}, in seconds since 1970`,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  ...(Object.keys(required).length > 0 && { required: Object.keys(required) }),
  properties: { ...required, ...optional },
});

const shardId = text('`shardId-` and twelve digits');
const sequenceNumber = text('A decimal number; larger ones come later in their shard');
const partitionKey = text("The record's partition key");
const encryptionType: Schema = { type: 'string', enum: ['NONE', 'KMS'] };
const nextToken = text('What to send as `next-token` for the next page; absent on the last');
const streamName = text("The stream's name");
const streamArn = text("The stream's ARN");

/** The parts that answers share. */
export const parts = {
  StreamStatus: { type: 'string', enum: ['CREATING', 'DELETING', 'ACTIVE', 'UPDATING'] },
  StreamModeDetails: object({
    StreamMode: { type: 'string', enum: ['PROVISIONED', 'ON_DEMAND'] },
  }),
  StreamSummary: object(
    { StreamName: streamName, StreamARN: streamArn, StreamStatus: schemaRef('StreamStatus') },
    {
      StreamModeDetails: schemaRef('StreamModeDetails'),
      StreamCreationTimestamp: time('When the stream was made'),
    },
  ),
  HashKeyRange: object({
    StartingHashKey: text('The first hash key, in decimal digits'),
    EndingHashKey: text('The last hash key, in decimal digits'),
  }),
  Shard: object(
    {
      ShardId: shardId,
      HashKeyRange: schemaRef('HashKeyRange'),
      SequenceNumberRange: object(
        { StartingSequenceNumber: sequenceNumber },
        { EndingSequenceNumber: text('Absent while the shard is open') },
      ),
    },
    {
      ParentShardId: text('The shard that this one was split or merged from'),
      AdjacentParentShardId: text('The other shard that this one was merged from'),
    },
  ),
  ChildShard: object({
    ShardId: shardId,
    ParentShards: list(shardId),
    HashKeyRange: schemaRef('HashKeyRange'),
  }),
  Record: object(
    {
      SequenceNumber: sequenceNumber,
      Data: { type: 'string', format: 'byte', description: "The record's bytes in base64" },
      PartitionKey: partitionKey,
    },
    {
      ApproximateArrivalTimestamp: time('When the record arrived, more or less'),
      EncryptionType: encryptionType,
    },
  ),
  PutRecordsResult: object(
    {},
    {
      SequenceNumber: sequenceNumber,
      ShardId: shardId,
      ErrorCode: text('There when the record was refused: send it again'),
      ErrorMessage: text('Why it was refused'),
    },
  ),
} as const satisfies Record<string, Schema>;

/**
 * What each action answers when all went well: the members of the API reference. Kinesis may add to
 * them, so other members are allowed.
 */
export const outputs: Readonly<Record<Action, Schema>> = {
  ListStreams: object(
    {
      StreamNames: list(streamName),
      HasMoreStreams: flag('Whether there are names that are not on this page'),
    },
    { NextToken: nextToken, StreamSummaries: list(schemaRef('StreamSummary')) },
  ),
  DescribeStream: object({
    StreamDescription: object(
      {
        StreamName: streamName,
        StreamARN: streamArn,
        StreamStatus: schemaRef('StreamStatus'),
        Shards: list(schemaRef('Shard')),
        HasMoreShards: flag('Whether there are shards that are not on this page'),
        RetentionPeriodHours: count('How long records are kept'),
        StreamCreationTimestamp: time('When the stream was made'),
        EnhancedMonitoring: list(object({ ShardLevelMetrics: list({ type: 'string' }) })),
      },
      {
        StreamModeDetails: schemaRef('StreamModeDetails'),
        EncryptionType: encryptionType,
        KeyId: text('The key that records are encrypted with'),
      },
    ),
  }),
  CreateStream: object({}),
  DeleteStream: object({}),
  PutRecord: object(
    { ShardId: shardId, SequenceNumber: sequenceNumber },
    { EncryptionType: encryptionType },
  ),
  PutRecords: object(
    {
      FailedRecordCount: count('How many records were refused'),
      Records: list(schemaRef('PutRecordsResult')),
    },
    { EncryptionType: encryptionType },
  ),
  ListShards: object({ Shards: list(schemaRef('Shard')) }, { NextToken: nextToken }),
  GetShardIterator: object({ ShardIterator: text('Good for five minutes') }),
  GetRecords: object(
    { Records: list(schemaRef('Record')) },
    {
      NextShardIterator: {
        type: 'string',
        nullable: true,
        description: 'Where to go on; absent when the shard is closed and read to its end',
      },
      MillisBehindLatest: count('How far this answer is behind the newest record'),
      ChildShards: list(schemaRef('ChildShard')),
    },
  ),
};

/** The one shape of all errors. */
export const errorSchema: Schema = {
  ...object({
    code: text("Kinesis's code, or API Gateway's response type"),
    message: text('What is wrong, in the words of whoever found it; may be empty'),
    requestId: text('The same as in the header `x-amzn-RequestId`'),
  }),
  additionalProperties: false,
};
