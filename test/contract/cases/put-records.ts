import { type Answer, type CaseRequest, type ContractCase, type Holds, listOf } from '../case';
import { mentions, misfits, refusedBodies } from './bodies';

const MIB = 1_048_576;

const batch = (records: readonly unknown[]): CaseRequest => ({ body: { records } });
const plain = (count: number, data: unknown = 'text') =>
  Array.from({ length: count }, (_, n) => ({ data, 'partition-key': `key-${n}` }));

/** Ten records of nearly 1 MiB each: as much as fits one request to API Gateway. */
const LARGEST = (() => {
  const overhead = JSON.stringify({ records: plain(10, '') }).length;
  return plain(10, 'x'.repeat(Math.floor((10 * MIB - overhead) / 10)));
})();

const allTaken =
  (count: number): Holds =>
  (answer) => {
    expect(answer.json).toMatchObject({ FailedRecordCount: 0 });
    expect(listOf(answer, 'Records')).toHaveLength(count);
    expect(listOf(answer, 'Records').every(({ SequenceNumber: number }) => number)).toBe(true);
  };

const failed = (answer: Answer) => listOf(answer, 'Records').filter((result) => result.ErrorCode);

export const cases: readonly ContractCase[] = [
  {
    title: "the lesson's two records",
    status: 200,
    request: batch([
      { data: 'Hello, Kinesis!', 'partition-key': 'partition-1' },
      { data: 'Another message', 'partition-key': 'partition-2' },
    ]),
    holds: async (answer, world, request) => {
      allTaken(2)(answer, world, request);
      const [first] = listOf(answer, 'Records');
      expect(await world.stored(first)).toEqual({
        bytes: Buffer.from('Hello, Kinesis!'),
        partitionKey: 'partition-1',
      });
    },
  },
  { title: 'one record', status: 200, request: batch(plain(1)), holds: allTaken(1) },
  { title: '500 records', status: 200, request: batch(plain(500)), holds: allTaken(500) },
  {
    title: 'data of every kind, empty ones among them',
    status: 200,
    request: batch(
      ['', {}, [], null, 0, false, 'é 漢 🎉', { constructor: { __proto__: null } }].map((data) => ({
        data,
        'partition-key': 'key',
      })),
    ),
    holds: async (answer, world, request) => {
      allTaken(8)(answer, world, request);
      const texts: string[] = [];
      for (const result of listOf(answer, 'Records')) {
        texts.push((await world.stored(result)).bytes.toString());
      }
      expect(texts).toEqual([
        '',
        '{}',
        '[]',
        'null',
        '0',
        'false',
        'é 漢 🎉',
        '{"constructor":{}}',
      ]);
    },
    localOnly: true,
  },
  {
    title: 'explicit-hash-key decides the shard, record by record',
    status: 200,
    request: batch([
      { data: 'a', 'partition-key': 'key', 'explicit-hash-key': '0' },
      { data: 'b', 'partition-key': 'key', 'explicit-hash-key': (2n ** 128n - 1n).toString() },
    ]),
    holds: ({ json }) =>
      expect(json).toMatchObject({
        Records: [{ ShardId: 'shardId-000000000000' }, { ShardId: 'shardId-000000000001' }],
      }),
  },
  {
    title: 'a request of nearly 10 MiB',
    status: 200,
    request: async (world) => ({ ...batch(LARGEST), stream: await world.newStream(10) }),
    holds: allTaken(10),
    localOnly: true,
  },
  {
    title: 'a content type with a charset',
    status: 200,
    request: { ...batch(plain(1)), contentType: 'application/json;charset=UTF-8' },
    holds: allTaken(1),
  },
  {
    title: "Kinesis's own JSON, with base64 data",
    status: 200,
    request: {
      contentType: 'application/x-amz-json-1.1',
      body: { Records: [{ Data: 'SGVsbG8=', PartitionKey: 'key', ExplicitHashKey: '0' }] },
    },
    holds: async (answer, world, request) => {
      allTaken(1)(answer, world, request);
      const [result] = listOf(answer, 'Records');
      expect((await world.stored(result)).bytes.toString()).toBe('Hello');
    },
  },
  {
    title: 'Kinesis refuses all records',
    status: 207,
    request: batch(plain(3)),
    fault: { throttledShare: 1 },
    holds: (answer) => {
      expect(answer.json).toMatchObject({ FailedRecordCount: 3 });
      expect(failed(answer)).toHaveLength(3);
    },
  },
  {
    title: 'Kinesis refuses some records: those have an ErrorCode, in the place of their record',
    status: 207,
    request: batch(plain(500)),
    fault: { throttledShare: 0.5 },
    holds: (answer) => {
      const results = listOf(answer, 'Records');
      expect(results).toHaveLength(500);
      expect(failed(answer).length).toBeGreaterThan(0);
      expect(failed(answer).length).toBeLessThan(500);
      expect(answer.json).toMatchObject({ FailedRecordCount: failed(answer).length });
      for (const result of results) {
        expect('ErrorCode' in result).toBe(!('SequenceNumber' in result));
      }
    },
  },
  ...misfits([
    ['no records', {}, 'missing required properties (["records"])'],
    ['an empty list', { records: [] }, 'must have at least 1 elements'],
    ['501 records', { records: plain(501) }, 'must have at most 500 elements'],
    ['records an object', { records: {} }, 'instance type (object)'],
    ['records null', { records: null }, 'instance type (null)'],
    ['a record that is no object', { records: ['text'] }, 'instance type (string)'],
    ['no data', { records: [{ 'partition-key': 'key' }] }, 'properties (["data"])'],
    ['no partition-key', { records: [{ data: 'x' }] }, 'properties (["partition-key"])'],
    [
      'the names of Kinesis in application/json',
      { Records: [{ Data: 'eA==', PartitionKey: 'key' }] },
      'missing required properties (["records"])',
    ],
    [
      'a partition-key too long',
      { records: [...plain(1), { data: 'x', 'partition-key': 'k'.repeat(257) }] },
      'is too long',
    ],
    [
      'an explicit-hash-key that is no number',
      { records: [{ data: 'x', 'partition-key': 'key', 'explicit-hash-key': '-1' }] },
      'does not match input string',
    ],
    [
      'explicitHashKey, which is nearly a member',
      { records: [...plain(1), { data: 'x', 'partition-key': 'key', explicitHashKey: '0' }] },
      'is nearly explicit-hash-key',
    ],
  ]),
  { title: 'no body', status: 400, code: 'ValidationException', request: {} },
  {
    title: 'one of the records is larger than 1 MiB: none is written',
    status: 400,
    code: 'ValidationException',
    request: batch([...plain(1), ...plain(1, 'x'.repeat(MIB))]),
    holds: mentions('records.2.member.data'),
  },
  {
    title: 'an explicit-hash-key beyond 128 bits',
    status: 400,
    code: 'InvalidArgumentException',
    request: batch([
      { data: 'x', 'partition-key': 'key', 'explicit-hash-key': (2n ** 128n).toString() },
    ]),
  },
  {
    title: "data that is no base64 in Kinesis's own JSON",
    status: 400,
    code: 'SerializationException',
    request: {
      contentType: 'application/x-amz-json-1.1',
      body: { Records: [{ Data: '%%%', PartitionKey: 'key' }] },
    },
  },
  {
    title: 'a stream outside what the role may touch',
    status: 403,
    code: 'AccessDeniedException',
    request: ({ forbiddenStream }) => ({ ...batch(plain(1)), stream: forbiddenStream }),
    localOnly: true,
  },
  {
    title: 'no stream of that name',
    status: 404,
    code: 'ResourceNotFoundException',
    request: (world) => ({ ...batch(plain(1)), stream: world.newName() }),
  },
  ...refusedBodies({ records: plain(1) }),
];
