import type { BodySchema } from './body-schema';

// Members of a record that PutRecord and PutRecords share.

export const PARTITION_KEY: BodySchema = {
  description: 'Records with the same key go to the same shard, in order',
  type: 'string',
  minLength: 1,
  maxLength: 256,
};

export const EXPLICIT_HASH_KEY: BodySchema = {
  description: 'Chooses the shard in place of the partition key: 0 to 2^128 - 1, in decimal digits',
  type: 'string',
  pattern: '^(0|[1-9][0-9]{0,38})$',
};

export const ANY_JSON: BodySchema = {
  description: 'Any JSON: a string is stored as its UTF-8 bytes, any other value as its JSON text',
};

export const BASE64: BodySchema = { description: 'The bytes to store, in base64', type: 'string' };

/** Kinesis accepts 1 to 500 records per request. */
export const BATCH_SIZE = { minItems: 1, maxItems: 500 } as const;
