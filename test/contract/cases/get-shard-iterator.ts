import { type Answer, type ContractCase, type Holds, listOf, members, type World } from '../case';
import { mentions } from './bodies';

const SHARD = 'shardId-000000000000';

/** The first record that the iterator leads to; null when there is none. */
async function first(answer: Answer, world: World) {
  let iterator = String(members(answer.json).ShardIterator);
  return world.poll(async () => {
    const query = { 'shard-iterator': iterator, limit: '1' };
    const page = await world.send('GetRecords', { query });
    const { NextShardIterator: next, MillisBehindLatest: behind } = members(page.json);
    iterator = String(next);
    const [record] = listOf(page, 'Records');
    return record ?? (behind === 0 ? null : undefined);
  }, 'the first record of a shard, or its end');
}

const at = (type: string) => (world: World) => ({
  query: {
    'shard-id': world.record.shardId,
    'shard-iterator-type': type,
    'starting-sequence-number': world.record.sequenceNumber,
  },
});

const leadsToRecord: Holds = async (answer, world) => {
  expect(await first(answer, world)).toMatchObject({
    SequenceNumber: world.record.sequenceNumber,
    Data: world.record.data,
    PartitionKey: world.record.partitionKey,
  });
};

const leadsElsewhere: Holds = async (answer, world) => {
  const { SequenceNumber: number } = (await first(answer, world)) ?? {};
  expect(number).not.toBe(world.record.sequenceNumber);
};

export const cases: readonly ContractCase[] = [
  {
    title: 'no type: the oldest record',
    status: 200,
    request: ({ record }) => ({ query: { 'shard-id': record.shardId } }),
    holds: leadsToRecord,
  },
  {
    title: 'TRIM_HORIZON: the oldest record',
    status: 200,
    request: ({ record }) => ({
      query: { 'shard-id': record.shardId, 'shard-iterator-type': 'TRIM_HORIZON' },
    }),
    holds: leadsToRecord,
  },
  {
    title: 'LATEST: nothing that is there already',
    status: 200,
    request: ({ record }) => ({
      query: { 'shard-id': record.shardId, 'shard-iterator-type': 'LATEST' },
    }),
    holds: async (answer, world) => expect(await first(answer, world)).toBeNull(),
  },
  {
    title: 'AT_TIMESTAMP: the first record since then',
    status: 200,
    request: ({ record }) => ({
      query: {
        'shard-id': record.shardId,
        'shard-iterator-type': 'AT_TIMESTAMP',
        timestamp: String(record.createdAt),
      },
    }),
    holds: leadsToRecord,
  },
  {
    title: 'AT_SEQUENCE_NUMBER: that record',
    status: 200,
    request: at('AT_SEQUENCE_NUMBER'),
    holds: leadsToRecord,
  },
  {
    title: 'AFTER_SEQUENCE_NUMBER: the one after it',
    status: 200,
    request: at('AFTER_SEQUENCE_NUMBER'),
    holds: leadsElsewhere,
  },
  {
    title: 'no shard-id',
    status: 400,
    code: 'ValidationException',
    request: {},
    holds: mentions('Missing required request parameters: [shard-id]'),
  },
  {
    title: 'a type that is none',
    status: 400,
    code: 'ValidationException',
    request: { query: { 'shard-id': SHARD, 'shard-iterator-type': 'OLDEST' } },
  },
  {
    title: 'a starting-sequence-number that is none',
    status: 400,
    code: 'ValidationException',
    request: {
      query: {
        'shard-id': SHARD,
        'shard-iterator-type': 'AT_SEQUENCE_NUMBER',
        'starting-sequence-number': 'first","ShardId":"x',
      },
    },
  },
  {
    title: 'a timestamp that is none',
    status: 400,
    code: 'SerializationException',
    request: {
      query: { 'shard-id': SHARD, 'shard-iterator-type': 'AT_TIMESTAMP', timestamp: 'yesterday' },
    },
  },
  ...[
    ['AT_TIMESTAMP without timestamp', { 'shard-iterator-type': 'AT_TIMESTAMP' }],
    [
      'a timestamp in the future',
      { 'shard-iterator-type': 'AT_TIMESTAMP', timestamp: '9999999999' },
    ],
    [
      'AFTER_SEQUENCE_NUMBER without starting-sequence-number',
      { 'shard-iterator-type': 'AFTER_SEQUENCE_NUMBER' },
    ],
    [
      'a starting-sequence-number of another stream',
      { 'shard-iterator-type': 'AT_SEQUENCE_NUMBER', 'starting-sequence-number': '7' },
    ],
  ].map(([what, query]) => ({
    title: `${what}`,
    status: 400,
    code: 'InvalidArgumentException',
    request: { query: { 'shard-id': SHARD, ...members(query) } as Record<string, string> },
  })),
  {
    title: 'a stream outside what the role may touch',
    status: 403,
    code: 'AccessDeniedException',
    request: ({ forbiddenStream }) => ({ stream: forbiddenStream, query: { 'shard-id': SHARD } }),
    localOnly: true,
  },
  {
    title: 'no stream of that name',
    status: 404,
    code: 'ResourceNotFoundException',
    request: (world) => ({ stream: world.newName(), query: { 'shard-id': SHARD } }),
  },
  {
    title: 'no such shard in the stream',
    status: 404,
    code: 'ResourceNotFoundException',
    request: { query: { 'shard-id': 'shardId-000000000099' } },
  },
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { query: { 'shard-id': SHARD }, contentType: 'text/plain' },
  },
];
