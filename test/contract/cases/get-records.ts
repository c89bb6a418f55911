import { type CaseRequest, type ContractCase, listOf, type World } from '../case';

const MIB = 1_048_576;

const oldest = (world: World) => world.iterator({ 'shard-id': world.record.shardId });

/** A shard with 9 MiB in it: 12 MiB in base64, more than one answer of API Gateway holds. */
async function fullShard(world: World): Promise<string> {
  const stream = await world.newStream();
  const records = Array.from({ length: 9 }, () => ({
    data: 'x'.repeat(MIB - 1),
    'partition-key': 'k',
  }));
  await world.send('PutRecords', { stream, body: { records } });
  return world.iterator({ 'shard-id': 'shardId-000000000000' }, stream);
}

export const cases: readonly ContractCase[] = [
  ...[
    [
      'the iterator as a query parameter',
      (iterator: string) => ({ query: { 'shard-iterator': iterator } }),
    ],
    [
      'the iterator as a header',
      (iterator: string) => ({ headers: { 'Shard-Iterator': iterator } }),
    ],
    [
      'both: the header counts',
      (iterator: string) => ({
        headers: { 'Shard-Iterator': iterator },
        query: { 'shard-iterator': 'x' },
      }),
    ],
  ].map(([title, place]) => ({
    title: String(title),
    status: 200,
    request: async (world: World) =>
      (place as (iterator: string) => CaseRequest)(await oldest(world)),
    holds: (answer: Parameters<typeof listOf>[0], { record }: World) =>
      expect(listOf(answer, 'Records')[0]).toMatchObject({
        SequenceNumber: record.sequenceNumber,
        Data: record.data,
        PartitionKey: record.partitionKey,
      }),
  })),
  {
    title: 'limit: that many records, and an iterator to go on with',
    status: 200,
    request: async (world) => ({
      query: { 'shard-iterator': await oldest(world), limit: '1' },
    }),
    holds: (answer) => {
      expect(listOf(answer, 'Records')).toHaveLength(1);
      expect(answer.json).toMatchObject({ NextShardIterator: expect.any(String) });
    },
  },
  {
    title: 'nothing to read: no records, and an iterator to go on with',
    status: 200,
    request: async (world) => ({
      query: {
        'shard-iterator': await world.iterator({
          'shard-id': world.record.shardId,
          'shard-iterator-type': 'LATEST',
        }),
      },
    }),
    holds: (answer) => {
      expect(listOf(answer, 'Records')).toEqual([]);
      expect(answer.json).toMatchObject({ NextShardIterator: expect.any(String) });
    },
  },
  {
    title: 'large records, a few at a time',
    status: 200,
    request: async (world) => ({ query: { 'shard-iterator': await fullShard(world), limit: '5' } }),
    holds: (answer) => expect(listOf(answer, 'Records')).toHaveLength(5),
    localOnly: true,
  },
  { title: 'no iterator', status: 400, code: 'ValidationException', request: {} },
  {
    title: 'limit=0 is out of range',
    status: 400,
    code: 'ValidationException',
    request: async (world) => ({ query: { 'shard-iterator': await oldest(world), limit: '0' } }),
  },
  {
    title: 'limit=few is no number',
    status: 400,
    code: 'SerializationException',
    request: async (world) => ({ query: { 'shard-iterator': await oldest(world), limit: 'few' } }),
  },
  ...['iterator', '","Limit":"1', 'é'].map((iterator) => ({
    title: `an iterator that Kinesis never gave: ${iterator}`,
    status: 400,
    code: 'InvalidArgumentException',
    request: { query: { 'shard-iterator': iterator } },
  })),
  {
    title: 'the stream went after its iterator was given',
    status: 404,
    code: 'ResourceNotFoundException',
    request: async (world) => {
      const stream = await world.newStream();
      const iterator = await world.iterator({ 'shard-id': 'shardId-000000000000' }, stream);
      await world.send('DeleteStream', { stream });
      return world.poll(async () => {
        const { status } = await world.send('DescribeStream', { stream });
        return status === 404 ? { query: { 'shard-iterator': iterator } } : undefined;
      }, `${stream} to be gone`);
    },
  },
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: async (world) => ({
      query: { 'shard-iterator': await oldest(world) },
      contentType: 'text/plain',
    }),
  },
  {
    title: 'large records, as many as there are: the answer is more than the gateway takes',
    status: 500,
    code: 'API_CONFIGURATION_ERROR',
    request: async (world) => ({ query: { 'shard-iterator': await fullShard(world) } }),
    localOnly: true,
  },
];
