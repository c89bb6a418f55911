import { once } from 'node:events';
import { Readings } from '../../../../hooks/viewer/server/readings';
import { type TestKinesis, testKinesis } from '../support';

const forever = new AbortController().signal;
const PLAN = { stream: 'orders', shard: 'all', position: { type: 'TRIM_HORIZON' } } as const;

let kinesis: TestKinesis;
beforeEach(async () => {
  kinesis = testKinesis();
  await kinesis.create('orders', 1);
});

test('what is on its way when a page is given up is given to the next', async () => {
  await kinesis.put('orders', 'a');
  const reading = new Readings(kinesis.context).start(PLAN);
  const gone = new AbortController();
  const given = reading.next(gone.signal);
  gone.abort();
  await expect(given).rejects.toThrow('aborted');
  expect(await reading.next(forever)).toMatchObject({ kind: 'record' });
  expect(await reading.next(forever)).toEqual({ kind: 'tip' });
});

test('that a page given up was at the tip does not end the next, for which there may be more', async () => {
  const reading = new Readings(kinesis.context).start(PLAN);
  const gone = new AbortController();
  const given = reading.next(gone.signal);
  gone.abort();
  await expect(given).rejects.toThrow('aborted');
  while (!kinesis.calls.some(({ action }) => action === 'GetRecords')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await kinesis.put('orders', 'a');

  expect(await reading.next(forever)).toMatchObject({ kind: 'record' });
});

test('a reading is found again by its id, and only there', () => {
  const readings = new Readings(kinesis.context);
  const reading = readings.start(PLAN);
  expect(readings.find(reading.id)).toBe(reading);
  expect(readings.find('another')).toBeUndefined();
});

test('the oldest idle readings make room, busy and used ones stay', () => {
  const readings = new Readings(kinesis.context);
  const [used, busy, idle] = [readings.start(PLAN), readings.start(PLAN), readings.start(PLAN)];
  void busy.hold(new AbortController(), () => new Promise(() => {}));
  for (let count = 0; count < 10; count++) {
    readings.find(used.id);
    readings.start(PLAN);
  }
  expect(readings.find(used.id)).toBe(used);
  expect(readings.find(busy.id)).toBe(busy);
  expect(readings.find(idle.id)).toBeUndefined();
});

test('after an error the reading goes on', async () => {
  const reading = new Readings(kinesis.context).start(PLAN);
  kinesis.fail(() => ({ throttledShare: 1 }));
  await expect(reading.next(forever)).rejects.toThrow();
  kinesis.fail(undefined);
  expect(await reading.next(forever)).toEqual({ kind: 'tip' });
});

test('a request ends the one that still reads, and waits until it has', async () => {
  const reading = new Readings(kinesis.context).start(PLAN);
  const order: string[] = [];
  const first = new AbortController();
  const held = reading.hold(first, async () => {
    if (!first.signal.aborted) await once(first.signal, 'abort');
    order.push('first ends');
  });
  await reading.hold(new AbortController(), async () => {
    order.push('second begins');
  });
  await held;
  expect(order).toEqual(['first ends', 'second begins']);
  expect(reading.busy).toBe(false);
});
