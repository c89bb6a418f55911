import {
  batchesOf,
  eventBytes,
  lanesOf,
  MAX_EVENT_BYTES,
} from '../../../src/lambda/event-source/batches';
import { Checkpoint } from '../../../src/lambda/event-source/checkpoint';
import { numbersOf, recordsOf } from './records';

test('records are cut by number and by size; a large one is a batch of its own', () => {
  const records = recordsOf(7).map((item, index) => ({
    ...item,
    bytes: index === 3 ? MAX_EVENT_BYTES : 2_500_000,
  }));

  const batches = batchesOf(records, 2);

  expect(batches.map(numbersOf)).toEqual([[1, 2], [3], [4], [5, 6], [7]]);
  expect(batchesOf([], 2)).toEqual([]);
});

test('the size of an event is that of its JSON', () => {
  const views = [{ a: 'é' }, { b: 1 }];
  const records = recordsOf(2).map((item, index) => {
    const view = views[index] ?? {};
    return { ...item, view, bytes: Buffer.byteLength(JSON.stringify(view)) };
  });

  expect(eventBytes(records)).toBeGreaterThanOrEqual(
    Buffer.byteLength(JSON.stringify({ Records: views })),
  );
  expect(eventBytes(records)).toBeLessThan(40);
});

test('lanes keep the records of a key together, in order', () => {
  const records = Array.from({ length: 40 }, (_, index) => ({
    ...(recordsOf(1, { partitionKey: `key${index % 8}`, sequenceNumber: String(index) })[0] ??
      never()),
  }));

  const lanes = lanesOf(records, 4);

  expect(lanes.length).toBeGreaterThan(1);
  expect(lanes.flat()).toHaveLength(40);
  for (const lane of lanes) expect(numbersOf(lane)).toEqual(numbersOf(lane).sort((a, b) => a - b));
  for (let key = 0; key < 8; key++) {
    const with_ = lanes.filter((lane) =>
      lane.some(({ record }) => record.partitionKey === `key${key}`),
    );
    expect(with_).toHaveLength(1);
  }
});

function never(): never {
  throw new Error('no record');
}

test('a checkpoint moves only past records that are all handled', () => {
  const records = recordsOf(4);
  const checkpoint = new Checkpoint(records);

  expect(checkpoint.handled(records.slice(1, 2))).toBeUndefined();
  expect(checkpoint.handled(records.slice(0, 1))).toBe('2');
  expect(checkpoint.isComplete).toBe(false);
  expect(checkpoint.handled(records.slice(3))).toBe('2');
  expect(checkpoint.handled(records.slice(2, 3))).toBe('4');
  expect(checkpoint.isComplete).toBe(true);
});
