import { type Answer, type ContractCase, members } from '../case';
import { OTHER_STREAMS } from './other-streams';

const description = (answer: Answer) => members(members(answer.json).StreamDescription);

export const cases: readonly ContractCase[] = [
  {
    title: 'the stream and its shards',
    status: 200,
    holds: (answer, { stream }) => {
      expect(description(answer)).toMatchObject({
        StreamName: stream,
        StreamARN: expect.stringMatching(new RegExp(`:stream/${stream}$`)),
        StreamStatus: 'ACTIVE',
        HasMoreShards: false,
        Shards: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }],
      });
    },
  },
  {
    title: 'limit: a page of that many shards',
    status: 200,
    request: { query: { limit: '1' } },
    holds: (answer) =>
      expect(description(answer)).toMatchObject({
        HasMoreShards: true,
        Shards: [{ ShardId: 'shardId-000000000000' }],
      }),
  },
  {
    title: 'exclusive-start-shard-id: the shards that come after it',
    status: 200,
    request: { query: { 'exclusive-start-shard-id': 'shardId-000000000000' } },
    holds: (answer) =>
      expect(description(answer)).toMatchObject({ Shards: [{ ShardId: 'shardId-000000000001' }] }),
  },
  {
    title: 'limit=0 is out of range',
    status: 400,
    code: 'ValidationException',
    request: { query: { limit: '0' } },
  },
  {
    title: 'limit=all is no number',
    status: 400,
    code: 'SerializationException',
    request: { query: { limit: 'all' } },
  },
  {
    title: 'a name that no stream can have',
    status: 400,
    code: 'ValidationException',
    request: { stream: 'no "name"' },
  },
  ...OTHER_STREAMS,
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { contentType: 'application/xml' },
  },
];
