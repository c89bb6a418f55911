import { schemaRef } from '../openapi/schema';
import {
  count,
  encryptionType,
  flag,
  list,
  object,
  streamArn,
  streamName,
  text,
  time,
} from './shared/answers';
import { withoutBody } from './shared/content-types';
import { defineEndpoint } from './shared/endpoint';
import { nowhere, SHARDS, summary } from './shared/example-values';
import { LIMIT_MARKER, textOf } from './shared/marker-texts';
import { EXCLUSIVE_START_SHARD_ID, LIMIT } from './shared/parameters';

export const describeStream = defineEndpoint({
  id: 'DescribeStream',
  method: 'GET',
  path: '/streams/{stream-name}',
  action: 'DescribeStream',
  grantedOn: 'streams',
  streamFrom: 'path',
  tag: 'Streams',
  summary: 'Describe a stream',
  description:
    'Returns the status of a stream, its mode, its retention and, page by page, its shards.',
  query: { limit: LIMIT, 'exclusive-start-shard-id': EXCLUSIVE_START_SHARD_ID },
  requests: withoutBody('DescribeStream.request'),
  answer: {
    schema: object({
      StreamDescription: object(
        {
          StreamName: streamName,
          StreamARN: streamArn,
          StreamStatus: schemaRef('StreamStatus'),
          Shards: list(schemaRef('Shard')),
          HasMoreShards: flag('Whether there are shards that are not on this page'),
          RetentionPeriodHours: count('How long records are kept'),
          StreamCreationTimestamp: time('When the stream was created'),
          EnhancedMonitoring: list(object({ ShardLevelMetrics: list({ type: 'string' }) })),
        },
        {
          StreamModeDetails: schemaRef('StreamModeDetails'),
          EncryptionType: encryptionType,
          KeyId: text('The key that records are encrypted with'),
        },
      ),
    }),
  },
  errors: ['SerializationException', 'ResourceNotFoundException'],
  examples: [
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
  mappings: [
    { sends: {} },
    {
      query: { limit: LIMIT_MARKER, 'exclusive-start-shard-id': textOf('S') },
      sends: { Limit: Number(LIMIT_MARKER), ExclusiveStartShardId: textOf('S') },
    },
    { query: { limit: textOf('L') }, sends: { Limit: textOf('L') } },
  ],
  throttle: { rate: 4, burst: 4 },
  readme: { request: '', answer: '`StreamDescription`' },
});
