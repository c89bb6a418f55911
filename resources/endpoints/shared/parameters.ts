import type { Schema } from '../../openapi/schema';
import type { Parameter } from './endpoint';

// Parameters that several endpoints share, with the constraints of Kinesis's API reference.

const NAME: Schema = { type: 'string', pattern: '^[a-zA-Z0-9_.-]+$', maxLength: 128 };
const ITERATOR: Schema = { type: 'string', minLength: 1, maxLength: 512 };

/** In the path of every endpoint that has `{stream-name}` there. */
export const STREAM_NAME: Parameter = { description: 'The name of the stream', schema: NAME };

export const LIMIT: Parameter = {
  description: 'Maximum number of items in the answer',
  schema: { type: 'integer', minimum: 1, maximum: 10_000 },
};

export const EXCLUSIVE_START_STREAM_NAME: Parameter = {
  description: 'List the streams whose names come after this one',
  schema: NAME,
};

export const EXCLUSIVE_START_SHARD_ID: Parameter = {
  description: 'List the shards that come after this one',
  schema: NAME,
};

export const NEXT_TOKEN: Parameter = {
  description: 'Continue after the answer that returned this `NextToken`; valid for five minutes',
  schema: { type: 'string', minLength: 1, maxLength: 1_048_576 },
};

export const SHARD_ID: Parameter = { description: 'The shard to read', schema: NAME };

export const SHARD_ITERATOR: Parameter = {
  description:
    'The iterator, URL-encoded, unless the header `Shard-Iterator` has it. Where both are sent, the header counts',
  schema: ITERATOR,
};

export const SHARD_ITERATOR_HEADER: Parameter = {
  description: 'The iterator, unless the query parameter `shard-iterator` has it',
  schema: ITERATOR,
  goName: 'ShardIteratorHeader',
};

/** A shard that every stream has. */
export const FIRST_SHARD = 'shardId-000000000000';
