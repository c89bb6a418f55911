import { KMS_ERRORS } from '../openapi/errors';
import { schemaRef } from '../openapi/schema';
import { count, list, object } from './shared/answers';
import { withoutBody } from './shared/content-types';
import { defineEndpoint } from './shared/endpoint';
import { error, FIRST, ITERATOR } from './shared/example-values';
import { LIMIT_MARKER, textOf } from './shared/marker-texts';
import { LIMIT, SHARD_ITERATOR, SHARD_ITERATOR_HEADER } from './shared/parameters';

export const getRecords = defineEndpoint({
  id: 'GetRecords',
  method: 'GET',
  path: '/streams/{stream-name}/records',
  action: 'GetRecords',
  grantedOn: 'streams',
  grantedOnKey: 'kms:Decrypt',
  streamFrom: 'iterator',
  tag: 'Reading',
  summary: 'Read records',
  description:
    'Reads the records that follow an iterator. The iterator decides which stream and shard are read, not the path. An answer may hold no records although there are more: go on with its `NextShardIterator`. An answer has at most 10 MiB, so set `limit` where records are large.',
  query: { 'shard-iterator': SHARD_ITERATOR, limit: LIMIT },
  headers: { 'Shard-Iterator': SHARD_ITERATOR_HEADER },
  requests: withoutBody('GetRecords.request'),
  answer: {
    schema: object(
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
  },
  errors: [
    ...KMS_ERRORS,
    'SerializationException',
    'ExpiredIteratorException',
    'ResourceNotFoundException',
    'ProvisionedThroughputExceededException',
    'InternalFailureException',
  ],
  examples: [
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
      summary: 'An iterator that Kinesis never returned',
      query: { 'shard-iterator': 'somewhere' },
      status: 400,
      answer: error('InvalidArgumentException', 'Invalid ShardIterator.'),
    },
  ],
  good: { query: { 'shard-iterator': 'none' } },
  mappings: [
    {
      query: { limit: LIMIT_MARKER, 'shard-iterator': textOf('Q') },
      sends: { Limit: Number(LIMIT_MARKER), ShardIterator: textOf('Q') },
    },
    {
      query: { limit: textOf('L'), 'shard-iterator': 'not this one' },
      headers: { 'Shard-Iterator': textOf('H') },
      sends: { Limit: textOf('L'), ShardIterator: textOf('H') },
    },
  ],
  // For all shards together: API Gateway cannot count by shard.
  throttle: { rate: 2, burst: 2 },
  readme: { request: '', answer: '`Records`, `NextShardIterator`, `MillisBehindLatest`' },
});
