import { type Answer, type ContractCase, listOf, members, type World } from '../case';

const names = (answer: Answer) => members(answer.json).StreamNames;

/** The name that comes right before the suite's stream. */
const before = ({ stream }: World) => stream.slice(0, -1);

export const cases: readonly ContractCase[] = [
  {
    title: 'the names of the streams',
    status: 200,
    request: (world) => ({ query: { 'exclusive-start-stream-name': before(world) } }),
    holds: (answer, { stream }) => {
      expect(names(answer)).toContain(stream);
      expect(listOf(answer, 'StreamSummaries')[0]).toMatchObject({ StreamStatus: 'ACTIVE' });
    },
  },
  { title: 'no parameter: the first page', status: 200 },
  {
    title: 'limit: a page of that many, and whether there are more',
    status: 200,
    request: (world) => ({
      query: { limit: '1', 'exclusive-start-stream-name': before(world) },
    }),
    holds: (answer, { stream }) => {
      expect(names(answer)).toEqual([stream]);
      expect(answer.json).toMatchObject({ HasMoreStreams: true, NextToken: expect.any(String) });
    },
  },
  {
    title: 'exclusive-start-stream-name: what comes after it',
    status: 200,
    request: ({ stream }) => ({ query: { 'exclusive-start-stream-name': stream } }),
    holds: (answer, { stream, otherStream }) => {
      expect(names(answer)).toContain(otherStream);
      expect(names(answer)).not.toContain(stream);
    },
  },
  {
    title: 'next-token: the page after that one',
    status: 200,
    request: async (world) => {
      const query = { limit: '1', 'exclusive-start-stream-name': before(world) };
      const first = await world.send('ListStreams', { query });
      const { NextToken: token } = members(first.json);
      return { query: { limit: '1', 'next-token': String(token) } };
    },
    holds: (answer, { otherStream }) => expect(names(answer)).toEqual([otherStream]),
  },
  {
    title: 'a body and a charset are no matter',
    status: 200,
    request: { contentType: 'application/json; charset=utf-8' },
  },
  ...['0', '10001'].map((limit) => ({
    title: `limit=${limit} is out of range`,
    status: 400,
    code: 'ValidationException',
    request: { query: { limit } },
  })),
  ...['ten', '1.5', '1,"NextToken":"x', '99999999999'].map((limit) => ({
    title: `limit=${limit} is no number that Kinesis reads`,
    status: 400,
    code: 'SerializationException',
    request: { query: { limit } },
  })),
  {
    title: 'exclusive-start-stream-name is no name of a stream',
    status: 400,
    code: 'ValidationException',
    request: { query: { 'exclusive-start-stream-name': 'no such "name"' } },
  },
  {
    title: 'next-token is none of Kinesis',
    status: 400,
    code: 'InvalidArgumentException',
    request: { query: { 'next-token': 'token' } },
    localOnly: true,
  },
  {
    title: 'next-token and exclusive-start-stream-name together',
    status: 400,
    code: 'InvalidArgumentException',
    request: async (world) => {
      const query = { limit: '1', 'exclusive-start-stream-name': before(world) };
      const { json } = await world.send('ListStreams', { query });
      return { query: { ...query, 'next-token': String(members(json).NextToken) } };
    },
  },
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { contentType: 'text/plain' },
  },
];
