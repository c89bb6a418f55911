import {
  cheapestStream,
  gatewayCost,
  monthlyCost,
  mostRecords,
  obstacles,
  SECONDS_A_MONTH,
  shardsFor,
} from '../../scripts/scaling/model';
import { PRICES, QUOTAS } from '../../scripts/scaling/sources';

const KB = 1024;

describe('API Gateway', () => {
  test.each([
    [0, 0],
    [1_000_000, 3.5],
    [333_000_000, 1_165.5],
    // Each million is billed at its own tier, not all of them at the last one.
    [1_000_000_000, 1_165.5 + 667 * 2.8],
    [20_000_000_000, 1_165.5 + 667 * 2.8 + 19_000 * 2.38],
    [21_000_000_000, 1_165.5 + 667 * 2.8 + 19_000 * 2.38 + 1_000 * 1.51],
  ])('%d requests a month', (requests, dollars) => {
    expect(gatewayCost(requests)).toBeCloseTo(dollars, 6);
  });

  test('a batch is one request', () => {
    const single = monthlyCost({ rate: 100, bytes: KB, batch: 1 });
    const batch = monthlyCost({ rate: 100, bytes: KB, batch: 100 });
    expect(single.gateway / batch.gateway).toBeCloseTo(100, 6);
    expect(single.logs / batch.logs).toBeCloseTo(100, 6);
    expect(batch.provisioned).toBe(single.provisioned);
  });
});

describe('shards', () => {
  test.each([
    ['many small records', { rate: 5_000, bytes: 100 }, 5],
    ['few large ones', { rate: 10, bytes: 1024 * KB }, 10],
    ['hardly any', { rate: 0.01, bytes: 1 }, 1],
    ['one more than a shard takes', { rate: 1_001, bytes: 1 }, 2],
  ])('%s', (_, load, shards) => {
    expect(shardsFor({ ...load, batch: 1 })).toBe(shards);
  });
});

describe('the rounding of records', () => {
  const costs = (bytes: number) => monthlyCost({ rate: 10, bytes, batch: 1 });

  test('provisioned counts 25 KB, on-demand 1 KB, Firehose 5 KB', () => {
    expect(costs(25 * KB).provisioned).toBe(costs(1).provisioned);
    expect(costs(25 * KB + 1).provisioned).toBeGreaterThan(costs(25 * KB).provisioned);
    expect(costs(KB).standard).toBe(costs(1).standard);
    expect(costs(KB + 1).standard).toBeGreaterThan(costs(KB).standard);
    expect(costs(5 * KB).firehose).toBe(costs(1).firehose);
  });

  test('a day of records of 1 KB, by hand', () => {
    const { standard } = monthlyCost({ rate: 1_048_576 / SECONDS_A_MONTH, bytes: KB, batch: 1 });
    // A gigabyte in and out, and 720 hours of a stream.
    expect(standard).toBeCloseTo(0.08 + 0.04 + 720 * 0.04, 6);
  });
});

test('On-demand Advantage is billed for 25 MB/s in and out whatever comes', () => {
  const little = monthlyCost({ rate: 1, bytes: KB, batch: 1 }).advantage;
  const hours = SECONDS_A_MONTH;
  expect(little).toBeCloseTo(((25 * hours) / 1024) * (0.032 + 0.016), 6);
  expect(monthlyCost({ rate: 20_000, bytes: KB, batch: 1 }).advantage).toBe(little);
  expect(monthlyCost({ rate: 50_000, bytes: KB, batch: 1 }).advantage).toBeGreaterThan(little);
});

test('the cheapest stream is one that nothing is cheaper than', () => {
  const cost = monthlyCost({ rate: 10, bytes: 20, batch: 1 });
  const { dollars } = cheapestStream(cost);
  expect(dollars).toBe(Math.min(cost.provisioned, cost.standard, cost.advantage));
});

describe('what a load runs into', () => {
  const load = { bytes: KB, batch: 1 };

  test('nothing below the stage throttle, and something at it', () => {
    expect(obstacles({ ...load, rate: 999 }, 1_000)).toEqual([]);
    expect(obstacles({ ...load, rate: 1_000 }, 1_000).join()).toContain('throttleRate');
    expect(obstacles({ ...load, rate: 10_000 }, 1_000).join()).toContain('throttleRate');
  });

  test('the account, how often over', () => {
    expect(obstacles({ ...load, rate: 25_000 }, 1_000)).toEqual([
      "3 times the account's quota of requests",
    ]);
  });

  test('a body that is too large, and more shards than there are', () => {
    const found = obstacles({ rate: 25_000_000, bytes: 30_000, batch: 500 }, 1_000_000);
    expect(found.join()).toContain('payload');
    expect(found.join()).toContain('shards');
  });
});

test('a batch holds no more than fits into a payload and into PutRecords', () => {
  expect(mostRecords(10, 200, 10_000)).toBe(10 * QUOTAS.batchRecords.value);
  expect(mostRecords(1, 1_000_000, 500)).toBe(9);
});

test('every figure has a source on a page of AWS', () => {
  for (const { source } of [...Object.values(PRICES), ...Object.values(QUOTAS)]) {
    expect(source.url).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\//);
  }
});
