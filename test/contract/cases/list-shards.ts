import { type ContractCase, members } from '../case';
import { OTHER_STREAMS } from './other-streams';

export const cases: readonly ContractCase[] = [
  {
    title: 'the shards of the stream',
    status: 200,
    holds: ({ json }) =>
      expect(json).toMatchObject({
        Shards: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }],
      }),
  },
  {
    title: 'limit: a page of that many',
    status: 200,
    request: { query: { limit: '1' } },
    holds: ({ json }) =>
      expect(json).toMatchObject({
        Shards: [{ ShardId: 'shardId-000000000000' }],
        NextToken: expect.any(String),
      }),
  },
  {
    title: 'next-token: the page after that one, with a limit of its own',
    status: 200,
    request: async (world) => {
      const { json } = await world.send('ListShards', { query: { limit: '1' } });
      return { query: { 'next-token': String(members(json).NextToken), limit: '1' } };
    },
    holds: ({ json }) => {
      expect(json).toMatchObject({ Shards: [{ ShardId: 'shardId-000000000001' }] });
      expect(json).not.toHaveProperty('NextToken');
    },
  },
  {
    title: 'exclusive-start-shard-id: the shards that come after it',
    status: 200,
    request: { query: { 'exclusive-start-shard-id': 'shardId-000000000000' } },
    holds: ({ json }) =>
      expect(json).toMatchObject({ Shards: [{ ShardId: 'shardId-000000000001' }] }),
  },
  {
    title: 'limit=10001 is out of range',
    status: 400,
    code: 'ValidationException',
    request: { query: { limit: '10001' } },
  },
  {
    title: 'limit=many is no number',
    status: 400,
    code: 'SerializationException',
    request: { query: { limit: 'many' } },
  },
  {
    title: 'next-token is none of Kinesis',
    status: 400,
    code: 'InvalidArgumentException',
    request: { query: { 'next-token': 'token' } },
    localOnly: true,
  },
  {
    title: 'a name that no stream can have',
    status: 400,
    code: 'ValidationException',
    request: { stream: 'näme' },
  },
  ...OTHER_STREAMS,
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { contentType: 'text/plain' },
  },
];
