import { object, text } from './shared/answers';
import { withoutBody } from './shared/content-types';
import { defineEndpoint } from './shared/endpoint';
import { error, FIRST, ITERATOR } from './shared/example-values';
import { textOf } from './shared/marker-texts';
import { FIRST_SHARD, SHARD_ID } from './shared/parameters';

export const getShardIterator = defineEndpoint({
  id: 'GetShardIterator',
  method: 'GET',
  path: '/streams/{stream-name}/sharditerator',
  action: 'GetShardIterator',
  grantedOn: 'streams',
  streamFrom: 'path',
  tag: 'Reading',
  summary: 'Choose where to begin to read a shard',
  description:
    'Returns an iterator, valid for five minutes, that points to a position in a shard: `GET …/records` reads from there on.',
  query: {
    'shard-id': { ...SHARD_ID, required: true },
    'shard-iterator-type': {
      description: 'Where to begin',
      schema: {
        type: 'string',
        enum: [
          'TRIM_HORIZON',
          'LATEST',
          'AT_TIMESTAMP',
          'AT_SEQUENCE_NUMBER',
          'AFTER_SEQUENCE_NUMBER',
        ],
        default: 'TRIM_HORIZON',
      },
    },
    timestamp: {
      description: 'For `AT_TIMESTAMP`: seconds since 1970, decimals allowed',
      schema: { type: 'number', minimum: 0 },
    },
    'starting-sequence-number': {
      description: 'For `AT_SEQUENCE_NUMBER` and `AFTER_SEQUENCE_NUMBER`: the record',
      schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,128})$' },
    },
  },
  requests: withoutBody('GetShardIterator.request'),
  answer: { schema: object({ ShardIterator: text('Valid for five minutes') }) },
  errors: [
    'SerializationException',
    'ResourceNotFoundException',
    'ProvisionedThroughputExceededException',
    'InternalFailureException',
  ],
  examples: [
    {
      name: 'from-the-beginning',
      summary: 'Before the oldest record',
      query: { 'shard-id': FIRST_SHARD },
      status: 200,
      answer: { ShardIterator: ITERATOR },
    },
    {
      name: 'after-a-record',
      summary: 'After a record that was read',
      query: {
        'shard-id': FIRST_SHARD,
        'shard-iterator-type': 'AFTER_SEQUENCE_NUMBER',
        'starting-sequence-number': FIRST,
      },
      status: 200,
      answer: { ShardIterator: ITERATOR },
    },
    {
      name: 'shard-missing',
      summary: 'The shard is not given',
      status: 400,
      answer: error('ValidationException', 'Missing required request parameters: [shard-id]'),
    },
  ],
  good: { query: { 'shard-id': FIRST_SHARD } },
  mappings: [
    {
      query: {
        'shard-id': textOf('S'),
        'shard-iterator-type': textOf('I'),
        timestamp: '123456789012.25',
        'starting-sequence-number': textOf('N'),
      },
      sends: {
        ShardId: textOf('S'),
        ShardIteratorType: textOf('I'),
        Timestamp: 123456789012.25,
        StartingSequenceNumber: textOf('N'),
      },
    },
    {
      query: { 'shard-id': 'S', timestamp: textOf('T') },
      sends: { ShardId: 'S', ShardIteratorType: 'TRIM_HORIZON', Timestamp: textOf('T') },
    },
  ],
  // For all shards together: API Gateway cannot count by shard.
  throttle: { rate: 2, burst: 2 },
  readme: { request: '', answer: '`ShardIterator`' },
});
