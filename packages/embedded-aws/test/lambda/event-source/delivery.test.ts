import { type CallResult, deliver, pauseAfter } from '../../../src/lambda/event-source/delivery';
import type { Discarded } from '../../../src/lambda/event-source/discarded';
import type { EventRecord } from '../../../src/lambda/event-source/event';
import { DEFAULT_SETTINGS, type MappingSettings } from '../../../src/lambda/event-source/settings';
import { numbersOf, recordsOf } from './records';

type Behaviour = (numbers: readonly number[], call: number) => Partial<CallResult>;

/** Delivers a batch to a function; what was called, handled and given up. */
async function delivered(
  batch: readonly EventRecord[],
  behaviour: Behaviour,
  settings: Partial<MappingSettings> = {},
  { now = 0, retentionMs = 86_400_000, stopAfter = Number.POSITIVE_INFINITY } = {},
) {
  const calls: number[][] = [];
  const handled: number[] = [];
  const discarded: Discarded[] = [];
  const pauses: number[] = [];
  const stop = new AbortController();
  let time = now;
  const isWhole = await deliver(batch, {
    settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    retentionMs: () => retentionMs,
    call: async (records) => {
      calls.push(numbersOf(records));
      if (calls.length === stopAfter) stop.abort();
      const result = behaviour(numbersOf(records), calls.length);
      return { requestId: 'r', version: '$LATEST', failed: false, payload: 'null', ...result };
    },
    handled: (records) => handled.push(...numbersOf(records)),
    discard: (given) => discarded.push(given),
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      time += milliseconds;
    },
    now: () => time,
    signal: stop.signal,
  });
  const given = discarded.map(({ records, condition, calls: made }) => [
    condition,
    numbersOf(records),
    made,
  ]);
  return { isWhole, calls, handled, given, pauses };
}

const FAILED = { failed: true };
const failingWith =
  (bad: number): Behaviour =>
  (numbers) => ({ failed: numbers.includes(bad) });
const reporting =
  (bad: number): Behaviour =>
  (numbers) => ({
    payload: JSON.stringify({
      batchItemFailures: numbers.includes(bad) ? [{ itemIdentifier: String(bad) }] : [],
    }),
  });
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] } as const;

describe('a batch', () => {
  test('that is handled is delivered once', async () => {
    expect(await delivered(recordsOf(3), () => ({}))).toEqual({
      isWhole: true,
      calls: [[1, 2, 3]],
      handled: [1, 2, 3],
      given: [],
      pauses: [],
    });
  });

  test.each([
    [0, 1],
    [1, 2],
    [2, 3],
  ])(
    'that fails with %d retries is called %d times and given up',
    async (MaximumRetryAttempts, count) => {
      const { calls, handled, given } = await delivered(recordsOf(2), () => FAILED, {
        MaximumRetryAttempts,
      });

      expect(calls).toEqual(Array.from({ length: count }, () => [1, 2]));
      expect(given).toEqual([['RetryAttemptsExhausted', [1, 2], count]]);
      expect(handled).toEqual([1, 2]);
    },
  );

  test('that fails with no limit is tried until it is handled, at longer and longer intervals', async () => {
    const { calls, pauses } = await delivered(recordsOf(1), (_numbers, call) => ({
      failed: call < 12,
    }));

    expect(calls).toHaveLength(12);
    // Recorded on AWS: eight calls within a minute.
    const started = pauses.map((_pause, index) =>
      pauses.slice(0, index + 1).reduce((sum, pause) => sum + pause, 0),
    );
    expect(started.filter((time) => time <= 60_000)).toHaveLength(7);
    expect(pauseAfter(12)).toBe(60_000);
  });

  test('is not given up for what is not its fault', async () => {
    const { calls, given } = await delivered(
      recordsOf(1),
      (_numbers, call) => {
        if (call < 5) throw new Error('no function');
        return {};
      },
      { MaximumRetryAttempts: 0 },
    );

    expect({ calls: calls.length, given }).toEqual({ calls: 5, given: [] });
  });

  test('is left when the mapping stops', async () => {
    const { isWhole, handled } = await delivered(recordsOf(4), reporting(3), REPORTS, {
      stopAfter: 1,
    });

    expect({ isWhole, handled }).toEqual({ isWhole: false, handled: [1, 2] });
  });

  test('whose only record is too large for an event is given up without retries', async () => {
    const [record] = recordsOf(1);
    const large = { ...record, bytes: 7_000_000 } as EventRecord;

    const { calls, given } = await delivered([large], () => FAILED);

    expect(calls).toHaveLength(1);
    expect(given).toEqual([['RetryAttemptsExhausted', [1], 1]]);
  });
});

describe('BisectBatchOnFunctionError', () => {
  test('narrows a failure down to its record, in order; halving is no retry', async () => {
    const { calls, handled, given } = await delivered(recordsOf(6), failingWith(5), {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
    });

    expect(calls).toEqual([[1, 2, 3, 4, 5, 6], [1, 2, 3], [4, 5, 6], [4, 5], [4], [5], [5], [6]]);
    expect(given).toEqual([['RetryAttemptsExhausted', [5], 2]]);
    expect(handled).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('ReportBatchItemFailures', () => {
  test('delivers from the first failed record on, as a batch that was never called', async () => {
    // Recorded on AWS: test_kinesis_report_batch_item_failures, six records by three, three retries.
    const first = await delivered(recordsOf(3), reporting(6), REPORTS);
    const second = await delivered(recordsOf(6).slice(3), reporting(6), {
      ...REPORTS,
      MaximumRetryAttempts: 3,
    });

    expect(first.calls).toEqual([[1, 2, 3]]);
    expect(second.calls).toEqual([[4, 5, 6], [6], [6], [6], [6]]);
    expect(second.given).toEqual([['RetryAttemptsExhausted', [6], 4]]);
  });

  test('is not looked at unless the mapping says so', async () => {
    expect((await delivered(recordsOf(3), reporting(2))).calls).toEqual([[1, 2, 3]]);
  });

  test('with BisectBatchOnFunctionError cuts where the report says', async () => {
    const { calls } = await delivered(recordsOf(4), reporting(4), {
      ...REPORTS,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
    });

    expect(calls).toEqual([[1, 2, 3, 4], [4]]);
  });
});

describe('records that are too old', () => {
  test('leave the batch alone', async () => {
    // Recorded on AWS: one old, five young.
    const { calls, given, handled } = await delivered(
      recordsOf(6),
      () => ({}),
      { MaximumRecordAgeInSeconds: 60 },
      { now: 60_500 },
    );

    expect(calls).toEqual([[2, 3, 4, 5, 6]]);
    expect(given).toEqual([['RecordAgeExceeded', [1], 0]]);
    expect(handled).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('are given up while they are tried again', async () => {
    const { calls, given } = await delivered(recordsOf(1), () => FAILED, {
      MaximumRecordAgeInSeconds: 60,
    });

    expect(calls).toHaveLength(8);
    expect(given).toEqual([['RecordAgeExceeded', [1], 8]]);
  });

  test('are those, too, that the stream no longer has', async () => {
    const { given } = await delivered(recordsOf(1), () => FAILED, {}, { retentionMs: 3_600_000 });

    expect(given).toEqual([['RecordAgeExceeded', [1], expect.any(Number)]]);
  });
});
