import { interleaved, median, percentile, sampleOf, sideBySide } from 'dev-kit/bench/statistics';
import { growthOf } from '../../bench/measurements/templates';

describe('median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9], 9.5],
    [[7], 7],
  ])('of %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });

  test('leaves what it was given in its order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('%d of 1 to 100', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  test('of few values p99 is the largest', () => {
    expect(percentile([1, 2, 30], 0.99)).toBe(30);
  });

  test('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('of more values than a call can have arguments', () => {
    const many = Array.from({ length: 300_000 }, (_, index) => index);
    expect(percentile(many, 0.5)).toBe(149_999);
  });
});

test('a sample has its ends', () => {
  expect(sampleOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5, runs: 3 });
});

describe('interleaved', () => {
  test('takes turns, and does not count the round that warms up', async () => {
    const order: string[] = [];
    const say = (name: string) => () => {
      order.push(name);
      return order.length;
    };

    const results = await interleaved(2, { a: say('a'), b: say('b') });

    expect(order.join('')).toBe('ababab');
    expect(results).toEqual({ a: [3, 5], b: [4, 6] });
  });

  test('ends with the first that fails', async () => {
    const failing = interleaved(1, {
      a: () => Promise.reject(new Error('refused')),
      b: () => 1,
    });
    await expect(failing).rejects.toThrow('refused');
  });
});

test('things side by side are timed', async () => {
  const { waiting } = await sideBySide(2, {
    waiting: () => new Promise((resolve) => setTimeout(resolve, 5)),
  });
  expect(waiting.runs).toBe(2);
  expect(waiting.min).toBeGreaterThan(0);
});

test('growth is the most that a later value is of an earlier one', () => {
  expect(growthOf([8, 2, 3, 1])).toBe(1.5);
  expect(growthOf([8, 4, 2])).toBe(0.5);
});
