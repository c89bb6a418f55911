import { type ExamplesOf, error, FIRST, ITERATOR, NEXT_TOKEN, nowhere, SHARDS } from './example';

/** Records that are read, and the way to them. */
export const ofReading: ExamplesOf<'ListShards' | 'GetShardIterator' | 'GetRecords'> = {
  ListShards: [
    {
      name: 'all',
      summary: 'Both shards of a stream',
      status: 200,
      answer: { Shards: SHARDS },
    },
    {
      name: 'one-at-a-time',
      summary: 'A page of one, and there are more',
      query: { limit: 1 },
      status: 200,
      answer: { Shards: SHARDS.slice(0, 1), NextToken: NEXT_TOKEN },
    },
    nowhere('The list of shards'),
  ],
  GetShardIterator: [
    {
      name: 'from-the-beginning',
      summary: 'Before the oldest record',
      query: { 'shard-id': 'shardId-000000000000' },
      status: 200,
      answer: { ShardIterator: ITERATOR },
    },
    {
      name: 'after-a-record',
      summary: 'After a record that was read',
      query: {
        'shard-id': 'shardId-000000000000',
        'shard-iterator-type': 'AFTER_SEQUENCE_NUMBER',
        'starting-sequence-number': FIRST,
      },
      status: 200,
      answer: { ShardIterator: ITERATOR },
    },
    {
      name: 'shard-missing',
      summary: 'Which shard?',
      status: 400,
      answer: error('ValidationException', 'Missing required request parameters: [shard-id]'),
    },
  ],
  GetRecords: [
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
      summary: 'An iterator that Kinesis never gave',
      query: { 'shard-iterator': 'somewhere' },
      status: 400,
      answer: error('InvalidArgumentException', 'Invalid ShardIterator.'),
    },
  ],
};
