import type { FaultPlan } from '../../../src/kinesis';
import { injectorOf } from '../../../src/kinesis/faults/rules';
import { ACCOUNT, error, shardId, streamArn, TestKinesis } from '../support';

const put = (StreamName: string) => ({ StreamName, PartitionKey: 'k', Data: '' });

/** A Kinesis with this fault plan and these streams. */
async function prepare(faults: FaultPlan, ...names: string[]): Promise<TestKinesis> {
  const kinesis = new TestKinesis({ faults });
  for (const StreamName of names) {
    kinesis.kinesis.invoke(CALLER, 'CreateStream', { StreamName, ShardCount: 1 });
  }
  kinesis.advance(1_000);
  return kinesis;
}
const CALLER = {
  accountId: ACCOUNT,
  region: 'us-east-1',
  arn: '',
  accessKeyId: '',
  authorize: () => {},
};

/** The error types of `count` puts; undefined for successful ones. */
async function errorTypes(kinesis: TestKinesis, stream: string, count: number) {
  const types: unknown[] = [];
  for (let nth = 0; nth < count; nth++) {
    types.push((await kinesis.send('PutRecord', put(stream))).body.__type);
  }
  return types;
}

describe('throttling', () => {
  const always: FaultPlan = { rules: [{ streams: 'slow-*', throttleRate: 1 }] };
  const throttled = error(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${shardId(0)} in stream slow-one under account ${ACCOUNT}.`,
  );

  test('refuses writes and reads as a busy shard does', async () => {
    const kinesis = await prepare(always, 'slow-one');
    const { ShardIterator } = kinesis.kinesis.invoke(CALLER, 'GetShardIterator', {
      StreamName: 'slow-one',
      ShardId: shardId(0),
      ShardIteratorType: 'LATEST',
    });

    expect(await kinesis.send('PutRecord', put('slow-one'))).toEqual(throttled);
    expect(await kinesis.send('GetRecords', { ShardIterator })).toEqual(throttled);
    expect(await kinesis.texts('slow-one').catch(() => 'refused')).toBe('refused');
  });

  test('refuses some records of a batch and stores the others', async () => {
    const kinesis = await prepare({ rules: [{ actions: ['PutRecords'], throttleRate: 0.5 }] }, 's');
    const Records = Array.from({ length: 500 }, () => ({ PartitionKey: 'k', Data: '' }));

    const { FailedRecordCount } = await kinesis.ok('PutRecords', { StreamName: 's', Records });

    expect(FailedRecordCount).toBeGreaterThan(200);
    expect(FailedRecordCount).toBeLessThan(300);
    expect(await kinesis.texts('s')).toHaveLength(500 - FailedRecordCount);
  });

  test('refuses other actions as if they were called too often', async () => {
    const kinesis = await prepare(always, 'slow-one');

    expect(await kinesis.send('DescribeStream', { StreamARN: streamArn('slow-one') })).toEqual(
      error(
        'LimitExceededException',
        `Rate exceeded for stream slow-one under account ${ACCOUNT}.`,
      ),
    );
  });

  test('leaves other streams alone', async () => {
    const kinesis = await prepare(always, 'slow-one', 'quick');

    expect(await errorTypes(kinesis, 'quick', 5)).toEqual(Array(5).fill(undefined));
  });
});

describe('errors', () => {
  test('occur at the given rate', async () => {
    const kinesis = await prepare({ rules: [{ errorRate: 0.25 }] }, 's');

    const failed = (await errorTypes(kinesis, 's', 400)).filter(
      (type) => type === 'InternalFailure',
    );

    expect(failed.length).toBeGreaterThan(60);
    expect(failed.length).toBeLessThan(140);
  });

  test('are the ones that the rule names', async () => {
    const kinesis = await prepare(
      {
        rules: [
          {
            actions: ['ListStreams'],
            errorRate: 1,
            error: { code: 'ServiceUnavailable', message: 'Later.', status: 503 },
          },
        ],
      },
      's',
    );

    expect(await kinesis.send('ListStreams', {})).toEqual({
      status: 503,
      body: { __type: 'ServiceUnavailable', message: 'Later.' },
    });
    expect(await errorTypes(kinesis, 's', 1)).toEqual([undefined]);
  });
});

describe('latency', () => {
  const delayOf = (latencyMs: number | [number, number], nth = 1) => {
    const injector = injectorOf({ rules: [{ latencyMs }] });
    const target = { action: 'PutRecord', streamName: 's' };
    return Array.from({ length: nth }, () => injector(target)?.delayMs ?? 0);
  };

  test('is the one that the rule gives', () => {
    expect(delayOf(250)).toEqual([250]);
  });

  test('varies between two bounds', () => {
    const delays = delayOf([10, 20], 100);

    expect(Math.min(...delays)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...delays)).toBeLessThan(20);
    expect(new Set(delays).size).toBeGreaterThan(50);
  });
});

describe('a seed', () => {
  const half = (seed?: number): FaultPlan => ({ seed, rules: [{ throttleRate: 0.5 }] });

  test('gives the same faults in every run, whatever other streams do', async () => {
    const alone = await prepare(half(7), 's');
    const together = await prepare(half(7), 's', 'other');
    const expected = await errorTypes(alone, 's', 30);

    const found: unknown[] = [];
    for (let nth = 0; nth < 30; nth++) {
      await errorTypes(together, 'other', 1);
      found.push(...(await errorTypes(together, 's', 1)));
    }

    expect(found).toEqual(expected);
    expect(new Set(expected).size).toBe(2);
  });

  test('gives other faults than another seed', async () => {
    const one = await errorTypes(await prepare(half(1), 's'), 's', 30);
    const two = await errorTypes(await prepare(half(2), 's'), 's', 30);

    expect(one).not.toEqual(two);
    expect(one).toEqual(await errorTypes(await prepare(half(), 's'), 's', 30));
  });
});

test('only the first rule that matches applies', async () => {
  const kinesis = await prepare(
    { rules: [{ streams: 'exempt' }, { streams: '*', errorRate: 1 }] },
    'exempt',
    's',
  );

  expect(await errorTypes(kinesis, 'exempt', 1)).toEqual([undefined]);
  expect(await errorTypes(kinesis, 's', 1)).toEqual(['InternalFailure']);
  expect((await kinesis.send('ListStreams', {})).status).toBe(200);
});

test('a consumer belongs to its stream', async () => {
  const kinesis = await prepare({ rules: [{ streams: 's', errorRate: 1 }] }, 's');

  const { status } = await kinesis.send('DescribeStreamConsumer', {
    ConsumerARN: `${streamArn('s')}/consumer/c:1`,
  });

  expect(status).toBe(500);
});
