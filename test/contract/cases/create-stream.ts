import { type CaseRequest, type ContractCase, type Holds, members, type World } from '../case';
import { refusedBodies } from './bodies';

const create = (request: CaseRequest) => (world: World) => ({
  stream: world.newName(),
  ...request,
});

/** The stream that was made is one of this kind. */
const made =
  (shards: number, mode: string): Holds =>
  async ({ json }, world, { stream }) => {
    expect(json).toEqual({});
    const description = await world.poll(async () => {
      const answer = await world.send('DescribeStream', { stream });
      const found = members(members(answer.json).StreamDescription);
      return found.StreamStatus === 'CREATING' ? undefined : found;
    }, `${stream} to be made`);
    expect(description.Shards).toHaveLength(shards);
    expect(description.StreamModeDetails).toEqual({ StreamMode: mode });
  };

export const cases: readonly ContractCase[] = [
  {
    title: 'ShardCount',
    status: 200,
    request: create({ body: { ShardCount: 2 } }),
    holds: made(2, 'PROVISIONED'),
  },
  {
    title: 'no body: five shards',
    status: 200,
    request: create({}),
    holds: made(5, 'PROVISIONED'),
  },
  ...[{}, { ShardCount: null }, { ShardCount: '' }, { StreamName: 'another' }].map((body) => ({
    title: `${JSON.stringify(body)}: five shards in the stream that the path names`,
    status: 200,
    request: create({ body }),
    holds: made(5, 'PROVISIONED'),
    localOnly: true as const,
  })),
  {
    title: 'StreamMode ON_DEMAND',
    status: 200,
    request: create({ body: { StreamMode: 'ON_DEMAND' } }),
    holds: made(4, 'ON_DEMAND'),
  },
  ...[null, '', 'PROVISIONED'].map((mode) => ({
    title: `StreamMode ${JSON.stringify(mode)}`,
    status: 200,
    request: create({ body: { StreamMode: mode, ShardCount: 1 } }),
    holds: made(1, 'PROVISIONED'),
    localOnly: true as const,
  })),
  {
    title: "Kinesis's own spelling of the mode",
    status: 200,
    request: create({ body: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } }),
    holds: made(4, 'ON_DEMAND'),
  },
  {
    title: "Kinesis's own JSON",
    status: 200,
    request: create({
      contentType: 'application/x-amz-json-1.1',
      body: { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: 1 },
    }),
    holds: made(1, 'PROVISIONED'),
  },
  {
    title: 'a content type with a charset',
    status: 200,
    request: create({ contentType: 'application/json; charset=utf-8', body: { ShardCount: 1 } }),
    holds: made(1, 'PROVISIONED'),
  },
  ...[0, -1, 1.5, 'two', true, [2], { count: 2 }].map((count) => ({
    title: `ShardCount ${JSON.stringify(count)}`,
    status: 400,
    code: 'ValidationException',
    request: create({ body: { ShardCount: count } }),
    holds: (answer: { text: string }) =>
      expect(answer.text).toContain('instance failed to match at least one required schema'),
  })),
  ...['shardCount', 'Shards', 'streamMode'].map((name) => ({
    title: `${name}, which is nearly a member`,
    status: 400,
    code: 'ValidationException',
    request: create({ body: { [name]: 1 } }),
    holds: (answer: { text: string }) =>
      expect(answer.text).toContain(`${name} is not a member here. Write S`),
  })),
  {
    title: 'StreamMode SOMETIMES',
    status: 400,
    code: 'ValidationException',
    request: create({ body: { StreamMode: 'SOMETIMES' } }),
  },
  {
    title: 'an on-demand stream takes no ShardCount',
    status: 400,
    code: 'ValidationException',
    request: create({ body: { StreamMode: 'ON_DEMAND', ShardCount: 3 } }),
  },
  {
    title: "a mistyped member in Kinesis's own JSON",
    status: 400,
    code: 'SerializationException',
    request: create({
      contentType: 'application/x-amz-json-1.1',
      body: { StreamModeDetails: { StreamMode: 7 } },
    }),
  },
  {
    title: 'a name that no stream can have',
    status: 400,
    code: 'ValidationException',
    request: { stream: 'x'.repeat(129), body: { ShardCount: 1 } },
  },
  {
    title: 'a stream outside what the role may touch',
    status: 403,
    code: 'AccessDeniedException',
    request: ({ forbiddenStream }) => ({ stream: forbiddenStream, body: { ShardCount: 1 } }),
    localOnly: true,
  },
  {
    title: 'a stream of that name is there',
    status: 409,
    code: 'ResourceInUseException',
    request: { body: { ShardCount: 1 } },
  },
  {
    title: 'more shards than the account may have',
    status: 429,
    code: 'LimitExceededException',
    // More is refused as a number: 100,000 is the most that any stream may have.
    request: create({ body: { ShardCount: 100_000 } }),
  },
  ...refusedBodies({ ShardCount: 1 }),
];
