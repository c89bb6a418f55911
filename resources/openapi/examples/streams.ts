import { ACCOUNT, type ExamplesOf, error, NEXT_TOKEN, nowhere, SHARDS, summary } from './example';

/** Streams that are made, described and deleted. */
export const ofStreams: ExamplesOf<
  'ListStreams' | 'DescribeStream' | 'CreateStream' | 'DeleteStream'
> = {
  ListStreams: [
    {
      name: 'all',
      summary: 'The first page',
      status: 200,
      answer: {
        StreamNames: ['customers', 'orders'],
        HasMoreStreams: false,
        StreamSummaries: [summary('customers'), summary('orders')],
      },
    },
    {
      name: 'one-at-a-time',
      summary: 'A page of one, and there are more',
      query: { limit: 1 },
      status: 200,
      answer: {
        StreamNames: ['customers'],
        HasMoreStreams: true,
        NextToken: NEXT_TOKEN,
        StreamSummaries: [summary('customers')],
      },
    },
    {
      name: 'next-page',
      summary: 'The page after that',
      query: { limit: 1, 'next-token': NEXT_TOKEN },
      status: 200,
      answer: {
        StreamNames: ['orders'],
        HasMoreStreams: false,
        StreamSummaries: [summary('orders')],
      },
    },
    {
      name: 'limit-too-small',
      summary: 'A page of none',
      query: { limit: 0 },
      status: 400,
      answer: error(
        'ValidationException',
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
      ),
    },
  ],
  DescribeStream: [
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
  CreateStream: [
    {
      name: 'two-shards',
      summary: 'A stream of two shards',
      stream: 'invoices',
      body: { ShardCount: 2 },
      status: 200,
      answer: {},
    },
    {
      name: 'five-shards',
      summary: 'Without a body the stream has five shards',
      stream: 'payments',
      status: 200,
      answer: {},
    },
    {
      name: 'on-demand',
      summary: 'A stream that grows with its traffic',
      stream: 'clicks',
      body: { StreamMode: 'ON_DEMAND' },
      status: 200,
      answer: {},
    },
    {
      name: 'there-already',
      summary: 'A stream of that name is there',
      body: { ShardCount: 2 },
      status: 409,
      answer: error(
        'ResourceInUseException',
        `Stream orders under account ${ACCOUNT} already exists.`,
      ),
    },
    {
      name: 'count-not-taken',
      summary: 'An on-demand stream takes no count',
      stream: 'invoices',
      body: { StreamMode: 'ON_DEMAND', ShardCount: 2 },
      status: 400,
      answer: error('ValidationException', 'ShardCount is not expected when StreamMode=ON_DEMAND'),
    },
  ],
  DeleteStream: [
    {
      name: 'deleted',
      summary: 'A stream goes, with all its records',
      stream: 'old-orders',
      status: 200,
      answer: {},
    },
    nowhere('Deletion'),
  ],
};
