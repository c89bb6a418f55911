import type { CaseRequest, ContractCase, Holds } from '../case';
import { mentions, misfits, refusedBodies } from './bodies';

const MIB = 1_048_576;
/** The largest record that Kinesis accepts: data and key together. */
const LARGEST = 'x'.repeat(MIB - 'key'.length);
/** Lies in the second of two shards. */
const UPPER_HASH_KEY = '170141183460469231731687303715884105728';

const record = (data: unknown, more: Readonly<Record<string, unknown>> = {}): CaseRequest => ({
  body: { Data: data, PartitionKey: 'key', ...more },
});

/** The record lies in the stream with these bytes. */
const holdsBytes =
  (text: string, key = 'key'): Holds =>
  async (answer, world) => {
    const { bytes, partitionKey } = await world.stored(answer.json);
    expect(bytes.equals(Buffer.from(text))).toBe(true);
    expect(partitionKey).toBe(key);
  };

export const cases: readonly ContractCase[] = [
  ...[
    ['an object', { index: 1, name: 'Maya' }, '{"index":1,"name":"Maya"}'],
    ['a string', 'Hello, Kinesis!', 'Hello, Kinesis!'],
    ['an empty string', '', ''],
    ['an empty object', {}, '{}'],
    ['an empty list', [], '[]'],
    ['null', null, 'null'],
    ['a number', 0, '0'],
    ['false', false, 'false'],
    ['text in many scripts', 'é 漢 🎉 "quoted" \\ /', 'é 漢 🎉 "quoted" \\ /'],
    ['members named as prototypes', { constructor: 1 }, '{"constructor":1}'],
  ].map(([what, data, bytes]) => ({
    title: `${what} as data`,
    status: 200,
    request: record(data),
    holds: holdsBytes(String(bytes)),
  })),
  {
    title: 'a name of __proto__ is a name like any other',
    status: 200,
    request: { text: '{"Data": {"__proto__": 1}, "PartitionKey": "__proto__"}' },
    holds: holdsBytes('{"__proto__":1}', '__proto__'),
  },
  {
    title: 'ExplicitHashKey decides the shard',
    status: 200,
    request: record('text', { ExplicitHashKey: UPPER_HASH_KEY }),
    holds: ({ json }) => expect(json).toMatchObject({ ShardId: 'shardId-000000000001' }),
  },
  {
    title: 'SequenceNumberForOrdering: a larger number is given',
    status: 200,
    request: ({ record: earlier }) =>
      record('text', {
        PartitionKey: earlier.partitionKey,
        SequenceNumberForOrdering: earlier.sequenceNumber,
      }),
    holds: ({ json }, { record: earlier }) => {
      const { SequenceNumber: number } = json as { SequenceNumber: string };
      expect(BigInt(number)).toBeGreaterThan(BigInt(earlier.sequenceNumber));
    },
  },
  {
    title: 'members that are none of the route are ignored, StreamName among them',
    status: 200,
    request: record('text', { StreamName: 'another', StreamARN: 'x', DryRun: true }),
    holds: holdsBytes('text'),
  },
  {
    title: 'a record of 1 MiB',
    status: 200,
    request: record(LARGEST),
    holds: holdsBytes(LARGEST),
  },
  {
    title: 'a partition key of 256 characters',
    status: 200,
    request: record('text', { PartitionKey: '漢'.repeat(256) }),
    holds: holdsBytes('text', '漢'.repeat(256)),
  },
  {
    title: 'a content type with a charset',
    status: 200,
    request: { ...record('é'), contentType: 'application/json; charset=utf-8' },
    holds: holdsBytes('é'),
  },
  {
    title: "Kinesis's own JSON, with base64 data",
    status: 200,
    request: { ...record('SGVsbG8='), contentType: 'application/x-amz-json-1.1' },
    holds: holdsBytes('Hello'),
  },
  ...misfits([
    ['no Data', { PartitionKey: 'key' }, 'missing required properties (["Data"])'],
    ['no PartitionKey', { Data: 'text' }, 'missing required properties (["PartitionKey"])'],
    ['neither', {}, 'missing required properties'],
    ['an empty PartitionKey', { Data: 'x', PartitionKey: '' }, 'is too short'],
    ['a PartitionKey too long', { Data: 'x', PartitionKey: 'k'.repeat(257) }, 'is too long'],
    ['PartitionKey a number', { Data: 'x', PartitionKey: 7 }, 'instance type (integer)'],
    ['PartitionKey null', { Data: 'x', PartitionKey: null }, 'instance type (null)'],
    [
      'an ExplicitHashKey that is no number',
      { Data: 'x', PartitionKey: 'key', ExplicitHashKey: '0x1' },
      'does not match input string',
    ],
    [
      'explicitHashKey, which is nearly a member',
      { Data: 'x', PartitionKey: 'key', explicitHashKey: '0' },
      'is nearly ExplicitHashKey',
    ],
    [
      'SequenceNumberForOrdering a number',
      { Data: 'x', PartitionKey: 'key', SequenceNumberForOrdering: 7 },
      'instance type (integer)',
    ],
  ]),
  { title: 'no body', status: 400, code: 'ValidationException', request: {} },
  {
    title: 'SequenceNumberForOrdering that is no sequence number',
    status: 400,
    code: 'ValidationException',
    request: record('text', { SequenceNumberForOrdering: 'first' }),
  },
  {
    title: 'a record one byte larger than 1 MiB',
    status: 400,
    code: 'ValidationException',
    request: record(`${LARGEST}x`),
  },
  {
    title: 'an ExplicitHashKey beyond 128 bits',
    status: 400,
    code: 'InvalidArgumentException',
    request: record('text', { ExplicitHashKey: (2n ** 128n).toString() }),
  },
  {
    title: "data that is no base64 in Kinesis's own JSON",
    status: 400,
    code: 'SerializationException',
    request: { ...record('???'), contentType: 'application/x-amz-json-1.1' },
  },
  {
    title: "data that is no text in Kinesis's own JSON",
    status: 400,
    code: 'ValidationException',
    request: { ...record({ a: 1 }), contentType: 'application/x-amz-json-1.1' },
    holds: mentions('instance type (object)'),
  },
  {
    title: 'a stream outside what the role may touch',
    status: 403,
    code: 'AccessDeniedException',
    request: ({ forbiddenStream }) => ({ ...record('text'), stream: forbiddenStream }),
    localOnly: true,
  },
  {
    title: 'no stream of that name',
    status: 404,
    code: 'ResourceNotFoundException',
    request: (world) => ({ ...record('text'), stream: world.newName() }),
  },
  ...refusedBodies({ Data: 'text', PartitionKey: 'key' }),
];
