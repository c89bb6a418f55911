import { loadsOf, percent } from '../../../../hooks/viewer/page/loads';
import { RecordStore } from '../../../../hooks/viewer/page/record-store';
import { sumOf, Traffic } from '../../../../hooks/viewer/page/traffic';
import type { ShardView } from '../../../../hooks/viewer/protocol';
import { record } from '../support';

const SECOND = Date.UTC(2026, 0, 31, 9, 30) / 1000;
const LAST_KEY = (1n << 128n) - 1n;
const HALF = 1n << 127n;
const pause = async () => {};
const never = new AbortController().signal;

function shard(id: string, start: bigint, end: bigint, closed = false): ShardView {
  return { id, range: { start: start.toString(), end: end.toString() }, closed, parents: [] };
}

describe('traffic', () => {
  function trafficOf(...arrivals: readonly [second: number, shard: string, text: string][]) {
    const traffic = new Traffic();
    for (const [second, shardId, text] of arrivals) {
      traffic.add(record({ arrivedAt: (SECOND + second) * 1000 + 7, shardId, text }));
    }
    return traffic;
  }

  test('is counted by shard, in records and bytes', () => {
    const totals = trafficOf([0, 'a', 'xx'], [0, 'b', 'x'], [3, 'a', 'xxx']).totals();
    expect(totals.get('a')).toEqual({ records: 2, bytes: 5 });
    expect(totals.get('b')).toEqual({ records: 1, bytes: 1 });
  });

  test('since a time leaves out what came before', () => {
    const totals = trafficOf([0, 'a', 'x'], [10, 'a', 'x']).totals(SECOND + 5);
    expect(totals.get('a')).toEqual({ records: 1, bytes: 1 });
  });

  test('of the oldest seconds is forgotten before it fills the memory', () => {
    const traffic = new Traffic(20);
    for (let second = 0; second < 100; second++) {
      for (const shardId of ['a', 'b']) {
        traffic.add(record({ arrivedAt: (SECOND + second) * 1000, shardId, text: 'x' }));
      }
    }

    const { records = 0 } = traffic.totals().get('a') ?? {};
    expect(records).toBeGreaterThanOrEqual(9);
    expect(records).toBeLessThanOrEqual(10);
    expect(traffic.first).toBe(SECOND + 100 - records);
  });

  test('of one second is all kept, however many shards it is of', () => {
    const traffic = new Traffic(20);
    for (let index = 0; index < 50; index++) {
      traffic.add(record({ arrivedAt: SECOND * 1000, shardId: `${index}`, text: 'x' }));
    }
    expect(traffic.totals().size).toBe(50);
  });

  test.each([1, 10, 100, 3_600, 86_400, 30 * 86_400])(
    'over %i seconds has bins enough to see and few enough to draw, and loses nothing',
    (span) => {
      const arrivals = Array.from(
        { length: 50 },
        (_, index) => [Math.floor((index * span) / 49), 'a', 'x'] as [number, string, string],
      );
      const bins = trafficOf(...arrivals).bins();
      expect(bins?.bins.length).toBeGreaterThanOrEqual(24);
      expect(bins?.bins.length).toBeLessThanOrEqual(91);
      const counted = bins?.bins.reduce((sum, bin) => sum + sumOf(bin, 'records'), 0);
      expect(counted).toBe(50);
    },
  );

  test('there is nothing to draw before anything is read', () => {
    const traffic = trafficOf([0, 'a', 'x']);
    traffic.clear();
    expect(traffic.bins()).toBeUndefined();
    expect(traffic.first).toBeUndefined();
  });
});

describe('load', () => {
  const shards = [
    shard('a', 0n, HALF - 1n),
    shard('b', HALF, LAST_KEY),
    shard('old', 0n, LAST_KEY, true),
  ];

  test('is traffic in proportion to keys, of open shards', () => {
    const totals = new Map([
      ['a', { records: 90, bytes: 0 }],
      ['b', { records: 10, bytes: 0 }],
      ['old', { records: 1_000, bytes: 0 }],
    ]);
    const loads = loadsOf(shards, totals).map(({ keys, traffic, load }) => [keys, traffic, load]);
    expect(loads).toEqual([
      [0.5, 0.9, 1.8],
      [0.5, 0.1, 0.2],
    ]);
  });

  test('is not told from a handful of records', () => {
    const totals = new Map([['a', { records: 19, bytes: 0 }]]);
    expect(loadsOf(shards, totals).map(({ load }) => load)).toEqual([undefined, undefined]);
  });

  test.each([
    [0, '0%'],
    [0.0001, '<0.1%'],
    [0.075, '7.5%'],
    [0.256, '26%'],
    [1, '100%'],
  ])('%d is %s', (part, expected) => {
    expect(percent(part)).toBe(expected);
  });
});

describe('the records that are kept', () => {
  const numbered = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => record({ text: `${from + index}` }));
  const textsOf = (records: readonly { data: Uint8Array }[]) =>
    records.map(({ data }) => Buffer.from(data).toString());

  test('are filtered, and so is what comes later', async () => {
    const store = new RecordStore();
    store.add(numbered(0, 5_000));
    await store.filter((one) => textsOf([one])[0]?.endsWith('99') ?? false, pause, never);
    store.add(numbered(5_000, 100));
    expect(textsOf(store.shown)).toHaveLength(51);
    expect(store.all).toHaveLength(5_100);
  });

  test('that come while the filter works are not lost', async () => {
    const store = new RecordStore();
    store.add(numbered(0, 5_000));
    let came = false;
    const busy = async () => {
      if (!came) store.add(numbered(5_000, 10));
      came = true;
    };
    await store.filter(() => true, busy, never);
    expect(textsOf(store.shown)).toEqual(textsOf(store.all));
    expect(store.all).toHaveLength(5_010);
  });

  test('make room when there are too many, the oldest first', async () => {
    const store = new RecordStore({ records: 100, bytes: 1_000_000 });
    store.add(numbered(0, 101));
    expect(store.dropped).toBe(11);
    expect(textsOf(store.all)[0]).toBe('11');
    expect(textsOf(store.shown)).toEqual(textsOf(store.all));
  });

  test('make room when they are too large, and the newest stays', () => {
    const store = new RecordStore({ records: 100, bytes: 10 });
    store.add([record({ text: 'x'.repeat(8) }), record({ text: 'y'.repeat(8) })]);
    store.add([record({ text: 'z'.repeat(50) })]);
    expect(textsOf(store.all)).toEqual(['z'.repeat(50)]);
  });

  test('a filter that is overtaken by another has no effect', async () => {
    const store = new RecordStore();
    store.add(numbered(0, 10));
    await store.filter(() => false, pause, AbortSignal.abort());
    await store.filter(() => true, pause, never);
    expect(store.shown).toHaveLength(10);
  });
});
