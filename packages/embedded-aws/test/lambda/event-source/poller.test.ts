import {
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { testCaller } from '../../support/aws-request';
import { resourceContext } from '../../support/resource-context';
import {
  consumerOf,
  type Handler,
  READING,
  type Seen,
  STREAM_ARN,
  TOPIC_ARN,
  textOf,
} from './support';

type Options = Parameters<typeof consumerOf>[0];

// A second between reads, windows and pauses between tries pass at once.
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
});

/** Waits until a condition holds, for as long as the clock of the test says. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await jest.advanceTimersByTimeAsync(10);
    await new Promise(setImmediate);
  }
}

const running: { close(): Promise<void> }[] = [];

/** A consumer whose mappings are read. */
async function startedConsumer(options?: Options) {
  const consumer = await consumerOf(options);
  running.push(consumer.lambda);
  consumer.lambda.start('http://127.0.0.1:4566');
  const result = async (UUID: string | undefined) =>
    (await consumer.client.send(new GetEventSourceMappingCommand({ UUID }))).LastProcessingResult;
  return { ...consumer, result };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((lambda) => lambda.close()));
  jest.useRealTimers();
});

/** Texts `a0`, `a1`, … of a key `a`. */
const texts = (key: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `${key}${from + index}`);

/** True for a call of Kinesis that returned records. */
const hasRecords = ({ value }: { readonly value?: unknown }): boolean => {
  const { Records } = (value ?? {}) as { readonly Records?: readonly unknown[] };
  return (Records?.length ?? 0) > 0;
};

const failing =
  (isBad: (text: string) => boolean): Handler =>
  (records) => {
    if (records.map(textOf).some(isBad)) throw new Error('broken');
  };

describe('the event', () => {
  test('has the members of AWS, in their order', async () => {
    const events: Seen[][] = [];
    const { map, put, role } = await startedConsumer({
      handler: (records) => events.push([...records]),
    });
    await put(['größe'], 'ключ');

    await map();
    await until(() => events.length > 0);

    const [record] = events[0] ?? [];
    expect(JSON.stringify(record)).toBe(
      JSON.stringify({
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'ключ',
          sequenceNumber: record?.kinesis.sequenceNumber,
          data: Buffer.from('größe').toString('base64'),
          approximateArrivalTimestamp: record?.kinesis.approximateArrivalTimestamp,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `shardId-000000000000:${record?.kinesis.sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: role.arn,
        awsRegion: 'us-east-1',
        eventSourceARN: STREAM_ARN,
      }),
    );
    expect(record?.kinesis.approximateArrivalTimestamp).toBeCloseTo(Date.now() / 1000, -1);
  });
});

describe('where a mapping starts', () => {
  test('TRIM_HORIZON: at the first record that is there', async () => {
    const { map, put, calls } = await startedConsumer();
    await put(['a0']);

    await map({ StartingPosition: 'TRIM_HORIZON' });
    await put(['a1']);

    await until(() => calls.flat().length === 2);
    expect(calls.flat()).toEqual(['a0', 'a1']);
  });

  test('LATEST: after the records that are there, and misses none after that', async () => {
    const { map, put, calls } = await startedConsumer({ shards: 2 });
    await put([...texts('a', 5), ...texts('b', 5)]);

    await map({ StartingPosition: 'LATEST' });
    await put(['a5', 'b5']);

    await until(() => calls.flat().length >= 2);
    expect(calls.flat().sort()).toEqual(['a5', 'b5']);
  });

  test('AT_TIMESTAMP: at a time', async () => {
    const { map, put, calls, advance } = await startedConsumer();
    await put(['a0']);
    advance(60_000);
    await put(['a1']);

    await map({
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: new Date(Date.now() + 30_000),
    });

    await until(() => calls.flat().length > 0);
    expect(calls.flat()).toEqual(['a1']);
  });

  test('switched off, where it stopped', async () => {
    const { map, put, calls, client, advance, result } = await startedConsumer();
    const { UUID } = await map({ StartingPosition: 'LATEST' });
    await put(['a0']);
    await until(async () => (await result(UUID)) === 'OK');
    const enable = async (Enabled: boolean) => {
      advance(1_000);
      await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    };

    await enable(false);
    await put(['a1', 'a2']);
    await enable(true);

    await until(() => calls.flat().length >= 3);
    expect(calls.flat()).toEqual(['a0', 'a1', 'a2']);
  });

  test('created switched off, where it is when it is first switched on', async () => {
    const { map, put, calls, client, advance } = await startedConsumer();
    const { UUID } = await map({ StartingPosition: 'LATEST', Enabled: false });
    await put(['a0']);
    advance(1_000);

    await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await put(['a1']);

    await until(() => calls.flat().length > 0);
    expect(calls.flat()).toEqual(['a1']);
  });
});

describe('batches', () => {
  test('have at most BatchSize records, of one shard each', async () => {
    const shards: string[][] = [];
    const { map, put, calls } = await startedConsumer({
      shards: 3,
      handler: (records) => shards.push(records.map(({ eventID }) => eventID.split(':')[0] ?? '')),
    });
    await put(['a', 'b', 'c', 'd', 'e', 'f'].flatMap((key) => texts(key, 10)));

    await map({ BatchSize: 7 });

    await until(() => calls.flat().length === 60);
    expect(Math.max(...calls.map(({ length }) => length))).toBe(7);
    for (const ids of shards) expect(new Set(ids).size).toBe(1);
  });

  test('have at most 6 MB', async () => {
    const sizes: number[] = [];
    const { map, kinesis } = await startedConsumer({
      handler: (records) => sizes.push(Buffer.byteLength(JSON.stringify({ Records: records }))),
    });
    for (let index = 0; index < 9; index++) {
      const input = { StreamName: 'orders', PartitionKey: 'a', Data: Buffer.alloc(1_000_000, 'x') };
      kinesis.invoke(testCaller, 'PutRecord', input);
    }

    await map();

    await until(() => sizes.length === 3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6 * 1024 * 1024);
  });

  test('wait for more during the batching window', async () => {
    const { map, put, calls } = await startedConsumer();
    await map({ MaximumBatchingWindowInSeconds: 1 });

    await put(['a0']);
    await put(['a1']);
    await put(['a2']);

    await until(() => calls.length > 0);
    expect(calls).toEqual([['a0', 'a1', 'a2']]);
  });

  test('do not wait once they are full', async () => {
    const { map, put, calls } = await startedConsumer();
    await map({ MaximumBatchingWindowInSeconds: 300, BatchSize: 3 });

    await put(texts('a', 4));

    await until(() => calls.length > 0);
    expect(calls).toEqual([['a0', 'a1', 'a2']]);
  });

  test('lose nothing that was read in the window before a read that fails', async () => {
    const { map, put, calls, grant, kinesis } = await startedConsumer();
    const invoke = jest.spyOn(kinesis, 'invoke');
    const failures = () => invoke.mock.results.filter(({ type }) => type === 'throw').length;
    await map({ MaximumBatchingWindowInSeconds: 1 });
    await put(['a0']);
    await until(() => invoke.mock.results.some(hasRecords));

    grant(['logs:PutLogEvents']);
    await put(['a1']);
    await until(() => failures() > 0);
    grant(READING);

    await until(() => calls.flat().length === 2);
    expect(calls.flat()).toEqual(['a0', 'a1']);
  });

  test('wait no longer once the window is changed', async () => {
    const { map, put, calls, client, advance } = await startedConsumer();
    const { UUID } = await map({ MaximumBatchingWindowInSeconds: 300 });
    await put(['a0']);
    advance(1_000);

    const MaximumBatchingWindowInSeconds = 0;
    await client.send(
      new UpdateEventSourceMappingCommand({ UUID, MaximumBatchingWindowInSeconds }),
    );

    await until(() => calls.length > 0);
  });

  test('of a shard are handled at the same time, keys apart and in order', async () => {
    let running = 0;
    let most = 0;
    const perKey = new Map<string, string[]>();
    const { map, put } = await startedConsumer({
      handler: async (records) => {
        running++;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        for (const text of records.map(textOf)) {
          const key = text.charAt(0);
          perKey.set(key, [...(perKey.get(key) ?? []), text]);
        }
        running--;
      },
    });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    await put(
      Array.from({ length: 60 }, (_, index) => `${keys[index % 6]}${Math.floor(index / 6)}`),
    );

    await map({ ParallelizationFactor: 3, BatchSize: 4 });

    await until(() => [...perKey.values()].flat().length === 60);
    expect(most).toBe(3);
    for (const key of keys) expect(perKey.get(key)).toEqual(texts(key, 10));
  });
});

describe('filters', () => {
  test('decide which records are delivered; the others are done with', async () => {
    const { map, put, calls, result } = await startedConsumer();
    await put(['{"type":"a","n":1}', 'no JSON', '{"type":"b"}', '{"type":"a","n":2}'], 'k');

    const { UUID } = await map({
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"type":["a"]}}' }] },
    });

    await until(async () => (await result(UUID)) === 'OK');
    expect(calls.flat()).toEqual(['{"type":"a","n":1}', '{"type":"a","n":2}']);
  });
});

describe('a function that fails', () => {
  test('gets its batch again, as often as MaximumRetryAttempts says, and the destination is told', async () => {
    const { map, put, calls, messages, result } = await startedConsumer({
      handler: failing((text) => text === 'a1'),
    });
    await put(texts('a', 3));

    const { UUID } = await map({
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: TOPIC_ARN } },
    });
    await until(() => messages.length > 0);
    await put(['a3']);
    await until(async () => (await result(UUID)) === 'OK');

    expect(calls).toEqual([texts('a', 3), texts('a', 3), ['a3']]);
    expect(messages).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          functionError: 'Unhandled',
        },
        KinesisBatchInfo: { shardId: 'shardId-000000000000', batchSize: 3, streamArn: STREAM_ARN },
      },
    ]);
  });

  test('is in LastProcessingResult', async () => {
    const { map, put, result } = await startedConsumer({ handler: failing(() => true) });
    await put(['a0']);

    const { UUID } = await map();

    await until(async () => (await result(UUID)) === 'PROBLEM: Function call failed');
  });

  test('stops its shard, and no other one', async () => {
    const { map, put, calls } = await startedConsumer({
      shards: 2,
      handler: failing((text) => text.startsWith('a')),
    });
    await put(['a0', 'b0', 'b1']);

    await map({ BatchSize: 1 });

    await until(() => calls.flat().includes('b1'));
    await until(() => calls.filter(([text]) => text === 'a0').length > 1);
  });

  test('that is mended gets its records at once, whatever pause they are in', async () => {
    const { map, put, calls, redeploy } = await startedConsumer({ handler: failing(() => true) });
    await put(['a0']);
    await map();
    await until(() => calls.length === 3);

    await redeploy(() => undefined);
    await until(() => calls.length === 4);
    await put(['a1']);
    await until(() => calls.length === 5);

    expect(calls.at(-1)).toEqual(['a1']);
  });
});

test('settings that change end the pause between tries', async () => {
  const { map, put, calls, reports, client, advance } = await startedConsumer({
    handler: failing(() => true),
  });
  await put(['a0']);
  const { UUID } = await map();
  // The next pause is longer than this test may take.
  await until(() => calls.length === 4);
  advance(1_000);

  await client.send(new UpdateEventSourceMappingCommand({ UUID, MaximumRetryAttempts: 0 }));

  await until(() => reports.some((line) => line.includes('RetryAttemptsExhausted')));
});

test('a mapping without records reads once a second, as on AWS', async () => {
  const { map, kinesis } = await startedConsumer();
  const invoke = jest.spyOn(kinesis, 'invoke');
  const start = performance.now();

  await map();

  const reads = () => invoke.mock.calls.filter(([, action]) => action === 'GetRecords').length;
  await until(() => reads() === 2);
  expect(performance.now() - start).toBeGreaterThan(900);
});

describe('what a mapping depends on', () => {
  test('a function that is deleted and made again: nothing is lost, no retry used up', async () => {
    const { map, put, calls, fn, code, messages, result } = await startedConsumer();
    const { UUID } = await map({ MaximumRetryAttempts: 0 });
    await fn.delete(resourceContext(), 'consumer', {});
    await put(['a0']);
    await until(async () => (await result(UUID))?.startsWith('PROBLEM') === true);

    await fn.create(resourceContext(), code('exports.handler = 2;'));

    await until(() => calls.length > 0);
    expect({ calls, messages }).toEqual({ calls: [['a0']], messages: [] });
  });

  test('rights that are taken away and given back', async () => {
    const { map, put, calls, grant, result } = await startedConsumer();
    const { UUID } = await map();
    grant(['logs:PutLogEvents']);
    await put(['a0']);
    await until(
      async () => (await result(UUID))?.includes(`Cannot access stream ${STREAM_ARN}`) === true,
    );

    grant(READING);

    await until(() => calls.length > 0);
  });

  test('a stream that is deleted and made again is read from its beginning', async () => {
    const { map, put, calls, kinesis, result, advance } = await startedConsumer();
    const { UUID } = await map({ StartingPosition: 'LATEST' });
    await put(['a0']);
    await until(() => calls.length === 1);
    kinesis.invoke(testCaller, 'DeleteStream', { StreamName: 'orders' });
    await until(async () => (await result(UUID))?.startsWith('PROBLEM') === true);

    advance(2_000);
    kinesis.invoke(testCaller, 'CreateStream', { StreamName: 'orders', ShardCount: 1 });
    await put(['a1']);

    await until(() => calls.length === 2);
    expect(calls).toEqual([['a0'], ['a1']]);
  });
});

describe('a stream that is resharded', () => {
  test.each([
    ['TRIM_HORIZON', 'GetRecords'],
    ['LATEST', 'GetRecords'],
    ['TRIM_HORIZON', 'enhanced fan-out'],
  ] as const)(
    'from %s, by %s: children follow their parents, each key in order',
    async (StartingPosition, way) => {
      const order: string[] = [];
      const { map, put, kinesis, calls } = await startedConsumer({
        actions: ['kinesis:*'],
        handler: (records) =>
          order.push(...records.map(({ eventID }) => eventID.split(':')[0] ?? '')),
      });
      let source = STREAM_ARN;
      if (way === 'enhanced fan-out') {
        const { Consumer } = kinesis.invoke(testCaller, 'RegisterStreamConsumer', {
          StreamARN: STREAM_ARN,
          ConsumerName: 'fast',
        });
        source = Consumer.ConsumerARN;
      }
      const split = (ShardToSplit: string, hash: bigint) =>
        kinesis.invoke(testCaller, 'SplitShard', {
          StreamName: 'orders',
          ShardToSplit,
          NewStartingHashKey: String(hash),
        });
      const keys = ['a', 'b', 'c', 'd'];
      const round = (index: number) => put(keys.map((key) => `${key}${index}`));

      await map({ StartingPosition, EventSourceArn: source, BatchSize: 1 });
      await round(0);
      split('shardId-000000000000', 2n ** 127n);
      await round(1);
      kinesis.invoke(testCaller, 'MergeShards', {
        StreamName: 'orders',
        ShardToMerge: 'shardId-000000000001',
        AdjacentShardToMerge: 'shardId-000000000002',
      });
      await round(2);

      await until(() => calls.flat().length === 12);
      for (const key of keys) {
        expect(calls.flat().filter((text) => text.startsWith(key))).toEqual(texts(key, 3));
      }
      const first = (id: number) => order.indexOf(`shardId-00000000000${id}`);
      const last = (id: number) => order.lastIndexOf(`shardId-00000000000${id}`);
      expect(Math.min(...[1, 2].map(first).filter((at) => at !== -1))).toBeGreaterThan(last(0));
      expect(first(3)).toBeGreaterThan(Math.max(last(1), last(2)));
    },
  );
});

test('a shard that expires before it is read to its end holds up neither its children nor the rest', async () => {
  const { map, put, kinesis, calls, advance, redeploy, result } = await startedConsumer({
    handler: failing((text) => text === 'a0'),
  });
  await put(['a0']);
  const { UUID } = await map();
  await until(() => calls.length > 0);
  kinesis.invoke(testCaller, 'SplitShard', {
    StreamName: 'orders',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: String(2n ** 127n),
  });
  // The stream applies the split, and then its retention.
  kinesis.invoke(testCaller, 'DescribeStream', { StreamName: 'orders' });
  advance(25 * 3_600_000);

  await put(['b0', 'c0']);
  await redeploy(() => undefined);

  await until(() => ['b0', 'c0'].every((text) => calls.flat().includes(text)));
  await until(async () => (await result(UUID)) === 'OK');
});

test('a consumer with enhanced fan-out is named as the source of the events', async () => {
  const sources: string[] = [];
  const { map, put, kinesis } = await startedConsumer({
    actions: ['kinesis:SubscribeToShard', 'kinesis:DescribeStreamSummary'],
    handler: (records) => sources.push(...records.map(({ eventSourceARN }) => eventSourceARN)),
  });
  const { Consumer } = kinesis.invoke(testCaller, 'RegisterStreamConsumer', {
    StreamARN: STREAM_ARN,
    ConsumerName: 'fast',
  });
  await put(['a0']);

  await map({ EventSourceArn: Consumer.ConsumerARN });
  await put(['a1']);

  await until(() => sources.length === 2);
  expect(new Set(sources)).toEqual(new Set([Consumer.ConsumerARN]));
});

test('a mapping that is deleted reads no more', async () => {
  const { map, put, calls, client, advance } = await startedConsumer();
  const { UUID } = await map();
  await put(['a0']);
  await until(() => calls.length === 1);
  advance(1_000);

  await client.send(new DeleteEventSourceMappingCommand({ UUID }));
  await put(['a1']);
  // Another mapping reads what this one would have.
  advance(1_000);
  await map({ StartingPosition: 'TRIM_HORIZON' });

  await until(() => calls.flat().filter((text) => text === 'a1').length === 1);
  expect(calls.flat()).toEqual(['a0', 'a0', 'a1']);
});

test('nothing is lost, doubled or out of order while settings and function change', async () => {
  const { map, put, calls, client, advance, redeploy } = await startedConsumer({ shards: 2 });
  const { UUID } = await map({ BatchSize: 10 });
  for (let round = 0; round < 20; round++) {
    await put(['a', 'b', 'c'].flatMap((key) => texts(key, 5, round * 5)));
    advance(1_000);
    await client.send(
      new UpdateEventSourceMappingCommand({ UUID, BatchSize: 1 + round, Enabled: round % 4 !== 3 }),
    );
    await redeploy(() => undefined, `exports.handler = ${round};`);
  }
  advance(1_000);
  await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));

  await until(() => calls.flat().length >= 300);
  for (const key of ['a', 'b', 'c']) {
    expect(calls.flat().filter((text) => text.startsWith(key))).toEqual(texts(key, 100));
  }
});
