/** The dialect that API Gateway's models are written in. */
const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';

const partitionKey = { type: 'string', minLength: 1, maxLength: 256 };
/** 0 to 2^128 - 1, as Kinesis spells hash keys. */
const hashKey = { type: 'string', pattern: '^(0|[1-9][0-9]{0,38})$' };
const base64 = { type: 'string' };
const streamModeDetails = {
  type: 'object',
  required: ['StreamMode'],
  properties: { StreamMode: { enum: ['PROVISIONED', 'ON_DEMAND'] } },
};
/** Kinesis takes 1 to 500 records a request. */
const batchSize = { minItems: 1, maxItems: 500 };

/**
 * What request bodies must look like, by content type; API Gateway refuses others before Kinesis is
 * called. Other members than these are allowed and ignored, as the lesson's `StreamName` is; the templates
 * refuse those that are nearly one of these.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export const models = {
  CreateStream: {
    'application/json': {
      $schema: DRAFT_4,
      type: 'object',
      properties: {
        ShardCount: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }, { enum: [''] }] },
        // CloudFormation takes no null inside a template, so null is allowed as a type.
        StreamMode: { anyOf: [{ enum: ['PROVISIONED', 'ON_DEMAND', ''] }, { type: 'null' }] },
        StreamModeDetails: streamModeDetails,
      },
    },
    'application/x-amz-json-1.1': {
      $schema: DRAFT_4,
      type: 'object',
      properties: {
        ShardCount: { type: 'integer', minimum: 1 },
        StreamModeDetails: streamModeDetails,
      },
    },
  },
  PutRecord: {
    'application/json': {
      $schema: DRAFT_4,
      type: 'object',
      required: ['Data', 'PartitionKey'],
      properties: {
        PartitionKey: partitionKey,
        ExplicitHashKey: hashKey,
        SequenceNumberForOrdering: { type: 'string' },
      },
    },
    'application/x-amz-json-1.1': {
      $schema: DRAFT_4,
      type: 'object',
      required: ['Data', 'PartitionKey'],
      properties: {
        Data: base64,
        PartitionKey: partitionKey,
        ExplicitHashKey: hashKey,
        SequenceNumberForOrdering: { type: 'string' },
      },
    },
  },
  PutRecords: {
    'application/json': {
      $schema: DRAFT_4,
      type: 'object',
      required: ['records'],
      properties: {
        records: {
          type: 'array',
          ...batchSize,
          items: {
            type: 'object',
            required: ['data', 'partition-key'],
            properties: { 'partition-key': partitionKey, 'explicit-hash-key': hashKey },
          },
        },
      },
    },
    'application/x-amz-json-1.1': {
      $schema: DRAFT_4,
      type: 'object',
      required: ['Records'],
      properties: {
        Records: {
          type: 'array',
          ...batchSize,
          items: {
            type: 'object',
            required: ['Data', 'PartitionKey'],
            properties: { Data: base64, PartitionKey: partitionKey, ExplicitHashKey: hashKey },
          },
        },
      },
    },
  },
} as const;

export type ModelName = keyof typeof models;
export type ContentType = keyof (typeof models)[ModelName];

/** What bodies may be sent as; anything else is 415. */
export const CONTENT_TYPES = [
  'application/json',
  'application/x-amz-json-1.1',
] as const satisfies readonly ContentType[];
