import { AwsError } from 'embedded-aws/kinesis';
import { type Position, parsePosition } from '../../../../hooks/viewer/reader/position';
import { StreamReading } from '../../../../hooks/viewer/reader/stream-reading';
import { aggregateOf } from '../opening/aggregates';
import { HALF, readUntil, type TestKinesis, testKinesis } from '../support';

const forever = new AbortController().signal;
const FIRST = 'shardId-000000000000';
const SECOND = 'shardId-000000000001';
const HORIZON: Position = { type: 'TRIM_HORIZON' };

let kinesis: TestKinesis;
beforeEach(() => {
  kinesis = testKinesis();
});

function reading(shard: string | 'all' = 'all', position: Position = HORIZON): StreamReading {
  return new StreamReading(kinesis.context, { stream: 'orders', shard, position });
}

describe('reading from the beginning', () => {
  test('all shards are one sequence, in the order of arrival', async () => {
    await kinesis.create('orders', 2);
    for (let index = 0; index < 20; index++) {
      await kinesis.put('orders', `${index}`, 'k', index % 3 === 0 ? HALF : '0');
    }
    const expected = Array.from({ length: 20 }, (_, index) => `${index}`);
    expect(await readUntil(reading().events(forever), 'tip')).toEqual(expected);
  });

  test('one shard gives its own records only', async () => {
    await kinesis.create('orders', 2);
    await kinesis.put('orders', 'low', 'k', '0');
    await kinesis.put('orders', 'high', 'k', HALF);
    expect(await readUntil(reading(SECOND).events(forever), 'tip')).toEqual(['high']);
  });

  test.each([1, 2, 7])('pages of %i leave nothing out and give nothing twice', async (pageSize) => {
    await kinesis.create('orders', 2);
    for (let index = 0; index < 9; index++) {
      await kinesis.put('orders', `${index}`, 'k', index < 6 ? '0' : HALF);
    }
    const small = reading();
    small.pageSize = pageSize;
    const expected = Array.from({ length: 9 }, (_, index) => `${index}`);
    expect(await readUntil(small.events(forever), 'tip')).toEqual(expected);
  });

  test('an empty stream is at its tip', async () => {
    await kinesis.create('orders', 3);
    const empty = reading();
    expect(await readUntil(empty.events(forever), 'tip')).toEqual([]);
    expect(Object.values(empty.positions())).toEqual(Array(3).fill({ behind: 0 }));
  });
});

describe('starting elsewhere', () => {
  test('latest gives what arrives after the reading began, once it does', async () => {
    await kinesis.create('orders', 2);
    await kinesis.put('orders', 'before');
    const events = reading('all', { type: 'LATEST' }).events(forever);
    expect(await readUntil(events, 'tip')).toEqual([]);
    await kinesis.put('orders', 'after');
    expect(await readUntil(events, 'tip')).toEqual(['after']);
  });

  test('at a timestamp', async () => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'before');
    kinesis.clock.pass(60_000);
    const timestamp = new Date(kinesis.clock.now());
    await kinesis.put('orders', 'after');
    const events = reading('all', { type: 'AT_TIMESTAMP', timestamp }).events(forever);
    expect(await readUntil(events, 'tip')).toEqual(['after']);
  });

  test.each([
    ['', ['b', 'c']],
    ['after:', ['c']],
  ])('%sa sequence number', async (prefix, expected) => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'a');
    const number = await kinesis.put('orders', 'b');
    await kinesis.put('orders', 'c');
    const events = reading(FIRST, parsePosition(prefix + number)).events(forever);
    expect(await readUntil(events, 'tip')).toEqual(expected);
  });

  test('a sequence number says which shard it is from', async () => {
    await kinesis.create('orders', 3);
    await kinesis.put('orders', 'low', 'k', '0');
    const number = await kinesis.put('orders', 'middle', 'k', HALF);
    const started = reading('all', parsePosition(number));
    expect(await readUntil(started.events(forever), 'tip')).toEqual(['middle']);
    expect(started.positions()).toEqual({
      [SECOND]: { behind: 0, sequenceNumber: number, arrivedAt: kinesis.clock.now() },
    });
  });

  test('of a sequence number of another stream is told', async () => {
    await kinesis.create('wide', 4);
    const number = await kinesis.put('wide', 'x', 'k', (BigInt(HALF) * 2n - 1n).toString());
    await kinesis.create('orders', 1);
    const events = reading('all', parsePosition(number)).events(forever);
    await expect(events.next()).rejects.toThrow(
      'is from shardId-000000000003, which stream orders does not have',
    );
  });
});

test('records of an aggregate are given one by one, and its stray ones are marked', async () => {
  await kinesis.create('orders', 2);
  await kinesis.put('orders', aggregateOf(['a', 'one'], ['a', 'two']), 'a', '0');
  await kinesis.put('orders', aggregateOf(['a', 'astray']), 'a', HALF);
  const astray: (boolean | undefined)[] = [];
  for await (const event of reading().events(forever)) {
    if (event.kind === 'tip') break;
    if (event.kind === 'record') astray.push(event.record.aggregate?.isAstray);
  }
  expect(astray).toEqual([undefined, undefined, true]);
});

describe('what happens to streams', () => {
  test('after a split the children are read, and the parent before them', async () => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'parent');
    const events = reading().events(forever);
    expect(await readUntil(events, 'tip')).toEqual(['parent']);
    await kinesis.split('orders', FIRST, HALF);
    await kinesis.put('orders', 'child-low', 'k', '0');
    await kinesis.put('orders', 'child-high', 'k', HALF);
    expect(await readUntil(events, 'resharded')).toEqual([]);
    expect(await readUntil(events, 'tip')).toEqual(['child-low', 'child-high']);
  });

  test('children that could not be listed are read when the reading goes on', async () => {
    await kinesis.create('orders', 1);
    const all = reading();
    expect(await readUntil(all.events(forever), 'tip')).toEqual([]);
    await kinesis.split('orders', FIRST, HALF);
    await kinesis.put('orders', 'child', 'k', HALF);
    const error = new AwsError('InternalFailure', 'for once', { status: 500 });
    kinesis.fail(({ action }) => (action === 'ListShards' ? { error } : undefined));
    await expect(readUntil(all.events(forever), 'resharded')).rejects.toThrow('for once');
    kinesis.fail(undefined);
    expect(await readUntil(all.events(forever), 'tip')).toEqual(['child']);
  });

  test('children that were there when the reading began are read once', async () => {
    await kinesis.create('orders', 2);
    await kinesis.put('orders', 'parent', 'k', '0');
    await kinesis.merge('orders', FIRST, SECOND);
    await kinesis.put('orders', 'child');
    expect(await readUntil(reading().events(forever), 'tip')).toEqual(['parent', 'child']);
  });

  test('a closed shard ends the reading of it', async () => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'last');
    await kinesis.split('orders', FIRST, HALF);
    const closed = reading(FIRST);
    const events = closed.events(forever);
    expect((await events.next()).value).toMatchObject({ kind: 'record' });
    expect((await events.next()).done).toBe(true);
    expect(closed.positions()).toEqual({ [FIRST]: expect.objectContaining({ behind: null }) });
  });

  test('a stream that is not there is an error', async () => {
    await expect(reading().events(forever).next()).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
  });
});

describe('iterators that expire', () => {
  test('the reading goes on after the last record', async () => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'a');
    const events = reading().events(forever);
    expect(await readUntil(events, 'tip')).toEqual(['a']);
    kinesis.clock.pass(301_000);
    await kinesis.put('orders', 'b');
    expect(await readUntil(events, 'tip')).toEqual(['b']);
  });

  test('latest stays where it was when nothing had been read', async () => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'before');
    kinesis.clock.pass(10);
    const events = reading('all', { type: 'LATEST' }).events(forever);
    expect(await readUntil(events, 'tip')).toEqual([]);
    await kinesis.put('orders', 'meanwhile');
    kinesis.clock.pass(301_000);
    expect(await readUntil(events, 'tip')).toEqual(['meanwhile']);
  });

  test('one that expires again and again is an error, not a loop', async () => {
    await kinesis.create('orders', 1);
    kinesis.fail(({ action }) =>
      action === 'GetRecords'
        ? { error: new AwsError('ExpiredIteratorException', 'Iterator expired.') }
        : undefined,
    );
    await expect(reading().events(forever).next()).rejects.toThrow('Iterator expired.');
  });
});

describe('quotas', () => {
  test('a shard is read five times a second at most', async () => {
    await kinesis.create('orders', 1);
    for (let index = 0; index < 30; index++) await kinesis.put('orders', `${index}`);
    const small = reading();
    small.pageSize = 2;
    expect(await readUntil(small.events(forever), 'tip')).toHaveLength(30);
    const reads = kinesis.calls.filter(({ action }) => action === 'GetRecords');
    expect(reads.length).toBeGreaterThan(10);
    for (const [index, { at }] of reads.entries()) {
      const sixth = reads[index + 5];
      if (sixth !== undefined) expect(sixth.at - at).toBeGreaterThanOrEqual(1_000);
    }
  });

  test('a shard whose quota others use is waited for, and the user is told', async () => {
    await kinesis.create('orders', 1);
    await kinesis.put('orders', 'a');
    let refusals = 3;
    kinesis.fail(({ action }) => {
      if (action !== 'GetRecords' || refusals === 0) return undefined;
      refusals -= 1;
      return { error: new AwsError('ProvisionedThroughputExceededException', 'Rate exceeded.') };
    });
    const before = kinesis.clock.now();
    const events = reading().events(forever);
    expect((await events.next()).value).toEqual({ kind: 'throttled', shardId: FIRST });
    expect(await readUntil(events, 'tip')).toEqual(['a']);
    expect(kinesis.clock.now() - before).toBeGreaterThanOrEqual(3_000);
  });
});

test('after an error the reading can be taken up where it was', async () => {
  await kinesis.create('orders', 2);
  await kinesis.put('orders', 'a', 'k', '0');
  const broken = reading();
  const events = broken.events(forever);
  expect(await readUntil(events, 'tip')).toEqual(['a']);
  kinesis.fail(() => ({
    error: new AwsError('InternalFailure', 'Out of order.', { status: 500 }),
  }));
  await expect(events.next()).rejects.toThrow('Out of order.');
  kinesis.fail(undefined);
  await kinesis.put('orders', 'b', 'k', HALF);
  expect(await readUntil(broken.events(forever), 'tip')).toEqual(['b']);
});

test('an abort ends it', async () => {
  await kinesis.create('orders', 1);
  const controller = new AbortController();
  const events = reading().events(controller.signal);
  await readUntil(events, 'tip');
  controller.abort();
  await expect(events.next()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});
