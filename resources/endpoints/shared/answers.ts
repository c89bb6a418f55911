import { type Schema, schemaRef } from '../../openapi/schema';

// Shared parts of the answers' schemas, from Kinesis's API reference. Other members are allowed,
// because Kinesis may add some.

export const text = (description: string): Schema => ({ type: 'string', description });
export const count = (description: string): Schema => ({
  type: 'integer',
  minimum: 0,
  description,
});
export const flag = (description: string): Schema => ({ type: 'boolean', description });
export const time = (description: string): Schema => ({
  type: 'number',
  description: `${description}, in seconds since 1970`,
});
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const object = (
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  ...(Object.keys(required).length > 0 && { required: Object.keys(required) }),
  properties: { ...required, ...optional },
});

export const shardId = text('`shardId-` and twelve digits');
export const sequenceNumber = text(
  'A decimal number; within a shard, larger numbers are later records',
);
export const partitionKey = text("The record's partition key");
export const encryptionType: Schema = { type: 'string', enum: ['NONE', 'KMS'] };
export const nextToken = text(
  'Send it as `next-token` to get the next page; absent on the last page',
);
export const streamName = text("The stream's name");
export const streamArn = text("The stream's ARN");

/** Schemas among the OpenAPI document's components, for answers to refer to. */
export const parts = {
  StreamStatus: { type: 'string', enum: ['CREATING', 'DELETING', 'ACTIVE', 'UPDATING'] },
  StreamModeDetails: object({
    StreamMode: { type: 'string', enum: ['PROVISIONED', 'ON_DEMAND'] },
  }),
  StreamSummary: object(
    { StreamName: streamName, StreamARN: streamArn, StreamStatus: schemaRef('StreamStatus') },
    {
      StreamModeDetails: schemaRef('StreamModeDetails'),
      StreamCreationTimestamp: time('When the stream was created'),
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
      ApproximateArrivalTimestamp: time('When the record arrived, approximately'),
      EncryptionType: encryptionType,
    },
  ),
  PutRecordsResult: object(
    {},
    {
      SequenceNumber: sequenceNumber,
      ShardId: shardId,
      ErrorCode: text('Present when the record was refused: send it again'),
      ErrorMessage: text('Why it was refused'),
    },
  ),
} as const satisfies Record<string, Schema>;

/** For actions that Kinesis answers with an empty body: `Empty.response` turns it into `{}`. */
export const EMPTY_ANSWER = { schema: object({}), template: 'Empty.response' } as const;
