import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import { deployInProcess, type InProcessStage } from '../support/in-process-stage';

// Requests that the templates reject, as clients see it: near-misses of known members, and records
// that could be written but never read.

const JSON_TYPE = 'application/json';
const KINESIS_TYPE = 'application/x-amz-json-1.1';

let stage: InProcessStage;
let url: string;
let kinesis: KinesisClient;

beforeAll(async () => {
  stage = await deployInProcess({ authorization: 'NONE' });
  url = (await stage.target()).invokeUrl;
  kinesis = new KinesisClient(stage.sdk());
  const large = { StreamName: 'orders', ShardCount: 1, MaxRecordSizeInKiB: 10_240 };
  await kinesis.send(new CreateStreamCommand(large));
  await summaryOf('orders');
});
afterAll(() => kinesis.destroy());

async function send(method: string, path: string, body: unknown, type = JSON_TYPE) {
  const response = await stage.transport(
    new Request(`${url}/streams/${path}`, {
      method,
      headers: { 'content-type': type },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const answer = (await response.json()) as { code?: string; message?: string };
  return { status: response.status, ...answer };
}

/** Summary of a stream once it is created. */
async function summaryOf(StreamName: string) {
  for (;;) {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    if (summary?.StreamStatus === 'ACTIVE') return summary;
    await sleep(2);
  }
}

async function records() {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: 'orders',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records;
}

let streams = 0;

const ON_DEMAND = { StreamMode: 'ON_DEMAND' };
const PROVISIONED = { StreamMode: 'PROVISIONED' };

describe('POST /streams/{stream-name}', () => {
  test.each<[type: string, body: unknown, shards: number, mode: string]>([
    [JSON_TYPE, undefined, 5, 'PROVISIONED'],
    [JSON_TYPE, { SomeOtherField: 'some value' }, 5, 'PROVISIONED'],
    [JSON_TYPE, { StreamName: 'another', ShardCount: 2 }, 2, 'PROVISIONED'],
    [
      JSON_TYPE,
      { Tags: { a: 'b' }, MaxRecordSizeInKiB: 1024, Shared: true, Name: 'x', Model: 1, Harsh: 1 },
      5,
      'PROVISIONED',
    ],
    [JSON_TYPE, { StreamModeDetails: ON_DEMAND }, 4, 'ON_DEMAND'],
    [JSON_TYPE, { StreamMode: 'ON_DEMAND' }, 4, 'ON_DEMAND'],
    [JSON_TYPE, { StreamMode: 'ON_DEMAND', StreamModeDetails: ON_DEMAND }, 4, 'ON_DEMAND'],
    [JSON_TYPE, { StreamMode: null, StreamModeDetails: ON_DEMAND }, 4, 'ON_DEMAND'],
    [JSON_TYPE, { StreamModeDetails: PROVISIONED, ShardCount: 1 }, 1, 'PROVISIONED'],
    [KINESIS_TYPE, { StreamName: 'another', ShardCount: 3 }, 3, 'PROVISIONED'],
    [KINESIS_TYPE, { StreamModeDetails: ON_DEMAND, SomeOtherField: 1 }, 4, 'ON_DEMAND'],
  ])('%s %j makes %i shards, %s', async (type, body, shards, mode) => {
    const name = `made-${++streams}`;
    expect(await send('POST', name, body, type)).toEqual({ status: 200 });
    const { OpenShardCount, StreamModeDetails } = await summaryOf(name);
    expect([OpenShardCount, StreamModeDetails?.StreamMode]).toEqual([shards, mode]);
  });

  const SHARDS = [
    'shardCount',
    'Shards',
    'shards',
    'shard_count',
    'Shardcount',
    'SHARDCOUNT',
    'shard-count',
    'ShardCounts',
    'ShardCuont',
    'ShradCount',
    'SharCount',
    'hardCount',
    'OpenShardCount',
    'numberOfShards',
    'shard',
    'Shard Count',
    'shard"count',
    "sh'ardCount",
  ];
  const MODES = [
    'streamMode',
    'stream-mode',
    'StreamModeDetail',
    'streamModeDetails',
    'Streammode',
    'Mode',
    'mode',
    'StreamModes',
    'SteamMode',
    'StreamMoed',
    'CapacityMode',
    'onDemand',
  ];

  test.each([
    ...SHARDS.map((name) => [name, 'ShardCount']),
    ...MODES.map((name) => [name, 'StreamMode']),
  ])('%j is refused by name, with %s as what to write', async (name, right) => {
    for (const [type, more] of [
      [JSON_TYPE, {}],
      [KINESIS_TYPE, { ShardCount: 1 }],
    ] as const) {
      const answer = await send('POST', 'misspelt', { ...more, [name]: 1 }, type);
      expect(answer).toMatchObject({ status: 400, code: 'ValidationException' });
      expect(answer.message).toContain(`${name} is not a member here. Write ${right}`);
    }
    await expect(summaryOf('misspelt')).rejects.toThrow('not found');
  });

  test('a member that is right does not save one that is not', async () => {
    const body = { ShardCount: 1, shardCount: 9 };
    expect(await send('POST', 'misspelt', body)).toMatchObject({ status: 400 });
  });

  test('two modes are refused', async () => {
    const body = { StreamMode: 'PROVISIONED', StreamModeDetails: ON_DEMAND };
    const answer = await send('POST', 'misspelt', body);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.message).toContain('StreamMode and StreamModeDetails say different modes');
  });

  test.each([
    [{ StreamModeDetails: { streamMode: 'ON_DEMAND' } }, 'StreamMode'],
    [{ StreamModeDetails: { StreamMode: 'on_demand' } }, 'ON_DEMAND'],
    [{ StreamModeDetails: 'ON_DEMAND' }, 'object'],
    [{ StreamMode: 'on-demand' }, 'ON_DEMAND'],
  ])('%j is refused by the model', async (body, named) => {
    const answer = await send('POST', 'misspelt', body);
    expect(answer).toMatchObject({ status: 400, code: 'ValidationException' });
    expect(answer.message).toContain(named);
  });
});

/**
 * How a client may send one record more to each route: what it is put into, and the hash key's name
 * there.
 */
const WRITES = [
  [
    'record',
    JSON_TYPE,
    (more: object) => ({ Data: 'x', PartitionKey: 'k', ...more }),
    'ExplicitHashKey',
  ],
  [
    'record',
    KINESIS_TYPE,
    (more: object) => ({ Data: 'eA==', PartitionKey: 'k', ...more }),
    'ExplicitHashKey',
  ],
  [
    'records',
    JSON_TYPE,
    (more: object) => ({
      records: [
        { data: 'y', 'partition-key': 'k' },
        { data: 'x', 'partition-key': 'k', ...more },
      ],
    }),
    'explicit-hash-key',
  ],
  [
    'records',
    KINESIS_TYPE,
    (more: object) => ({
      Records: [
        { Data: 'eA==', PartitionKey: 'k' },
        { Data: 'eA==', PartitionKey: 'k', ...more },
      ],
    }),
    'ExplicitHashKey',
  ],
] as const;

const HASH_KEYS = [
  'ExplicitHashKey',
  'explicit-hash-key',
  'explicitHashKey',
  'ExplicitHashkey',
  'explicit_hash_key',
  'EXPLICITHASHKEY',
  'explictHashKey',
  'explicitHash',
  'hashKey',
  'Hash-Key',
  'ExplicitHashKeys"',
];

describe.each(WRITES)('PUT …/%s as %s', (route, type, bodyWith, right) => {
  test.each(HASH_KEYS.filter((name) => name !== right))(
    '%s is refused, and nothing stored',
    async (name) => {
      const before = (await records()).length;
      const answer = await send('PUT', `orders/${route}`, bodyWith({ [name]: '1' }), type);
      expect(answer).toMatchObject({ status: 400, code: 'ValidationException' });
      expect(answer.message).toContain(name);
      expect(answer.message).toContain(`is nearly ${right}`);
      expect(await records()).toHaveLength(before);
    },
  );

  test('its own spelling is taken, and members that are like none are ignored', async () => {
    const more = {
      [right]: '1',
      StreamName: 'x',
      SequenceNumber: '1',
      hash: 'x',
      key: 'y',
      Größe: 1,
    };
    expect(await send('PUT', `orders/${route}`, bodyWith(more), type)).toMatchObject({
      status: 200,
    });
  });
});

test.each([
  'sequenceNumberForOrdering',
  'sequence-number-for-ordering',
  'SequenceNumberForOrder',
  'SequnceNumberForOrdering',
  'SequenceNumberFroOrdering',
])('a record whose order hangs on %s is refused', async (name) => {
  for (const [route, type, bodyWith] of WRITES.slice(0, 2)) {
    const answer = await send('PUT', `orders/${route}`, bodyWith({ [name]: '1' }), type);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.message).toContain('SequenceNumberForOrdering');
  }
});

describe('a record that could be written and never read', () => {
  const READABLE = 7_800_000;

  /** Records of so many bytes, as the routes take them. */
  const writes = (bytes: number): [string, string, unknown][] => {
    const text = 'x'.repeat(bytes);
    const base64 = Buffer.from(text).toString('base64');
    return [
      ['record', JSON_TYPE, { Data: text, PartitionKey: 'é'.repeat(256) }],
      ['records', JSON_TYPE, { records: [{ data: text, 'partition-key': 'k' }] }],
      ['record', KINESIS_TYPE, { Data: base64, PartitionKey: 'k' }],
      ['records', KINESIS_TYPE, { Records: [{ Data: base64, PartitionKey: 'k' }] }],
    ];
  };

  test('is refused, and says how large it may be', async () => {
    const before = (await records()).length;
    for (const [route, type, body] of writes(READABLE + 3)) {
      const answer = await send('PUT', `orders/${route}`, body, type);
      expect(answer).toMatchObject({ status: 400, code: 'ValidationException' });
      expect(answer.message).toContain('too large to be read through this API');
      expect(answer.message).toContain('7,800,000 bytes');
    }
    expect(await records()).toHaveLength(before);
  });

  test('the largest that is taken can be read, alone', async () => {
    await kinesis.send(
      new CreateStreamCommand({ StreamName: 'large', ShardCount: 1, MaxRecordSizeInKiB: 10_240 }),
    );
    await summaryOf('large');
    for (const [route, type, body] of writes(READABLE)) {
      expect(await send('PUT', `large/${route}`, body, type)).toMatchObject({ status: 200 });
    }
    const first = await send('GET', 'large/sharditerator?shard-id=0', undefined);
    let iterator = (first as { ShardIterator?: string }).ShardIterator;
    for (const [,] of writes(1)) {
      const answer = await send(
        'GET',
        `large/records?limit=1&shard-iterator=${encodeURIComponent(iterator ?? '')}`,
        undefined,
      );
      const { Records, NextShardIterator } = answer as unknown as {
        Records: { Data: string }[];
        NextShardIterator: string;
      };
      expect(answer.status).toBe(200);
      expect(Buffer.from(Records[0]?.Data ?? '', 'base64')).toHaveLength(READABLE);
      iterator = NextShardIterator;
    }
  });
});
