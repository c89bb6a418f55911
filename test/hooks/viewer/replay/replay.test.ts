import fc from 'fast-check';
import type { ReplayRecord } from '../../../../hooks/viewer/replay/exported-record';
import { WrongLineError } from '../../../../hooks/viewer/replay/exported-record';
import {
  type Outcome,
  type Progress,
  type ReplayTarget,
  replay,
} from '../../../../hooks/viewer/replay/replay';

const MAX = Number.POSITIVE_INFINITY;
const never = new AbortController().signal;

/** Records of these keys, one a line, each a second after the one before. */
const linesOf = (...keys: readonly string[]): ReplayRecord[] =>
  keys.map((partitionKey, index) => ({
    line: index + 1,
    partitionKey,
    data: Buffer.from(`${index + 1}`),
    arrivedAt: 1_000_000 + index * 1_000,
  }));

async function* given(records: readonly ReplayRecord[]) {
  yield* records;
}

function clock() {
  let now = 0;
  return {
    now: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      // As a timer does, later than everything that is ready.
      await new Promise(setImmediate);
      now += ms;
    },
  };
}

type Answer = (
  records: readonly ReplayRecord[],
  times: number,
) => readonly (string | undefined)[] | Error;

/** A stream that answers as it is told, and keeps what it stores, with the moment. */
function streamThat(answer: Answer = (records) => records.map(() => undefined)) {
  const stored: { readonly record: ReplayRecord; readonly at: number }[] = [];
  const requests: (readonly ReplayRecord[])[] = [];
  const time = clock();
  const put: ReplayTarget['put'] = async (records) => {
    requests.push(records);
    const results = answer(records, requests.length);
    if (results instanceof Error) throw results;
    for (const [index, record] of records.entries()) {
      if (results[index] === undefined) stored.push({ record, at: time.now() });
    }
    return results;
  };
  return { put, stored, requests, clock: time };
}

function run(
  records: readonly ReplayRecord[] | AsyncIterable<ReplayRecord>,
  stream: ReturnType<typeof streamThat>,
  { speed = MAX, from = 1, signal = never, onProgress = (_: Progress) => {} } = {},
): Promise<Outcome> {
  const source = Symbol.asyncIterator in records ? records : given(records);
  return replay(source, { ...stream, speed }, from, onProgress, signal);
}

const named = (name: string, message = name) => Object.assign(new Error(message), { name });
const THROTTLED = 'ProvisionedThroughputExceededException';

test('all records are sent, those of many keys together, those of one key one after another', async () => {
  const stream = streamThat();
  const outcome = await run(linesOf('a', 'b', 'a', 'c', 'a'), stream);
  expect(outcome).toMatchObject({ isComplete: true, stored: 5, line: 6, doubled: [], ahead: 0 });
  expect(stream.requests.map((request) => request.map(({ line }) => line))).toEqual([
    [1, 2, 4],
    [3],
    [5],
  ]);
});

test('a request has no more than Kinesis takes', async () => {
  const many = streamThat();
  await run(linesOf(...Array.from({ length: 1_200 }, (_, index) => `k${index}`)), many);
  expect(many.requests.map(({ length }) => length)).toEqual([500, 500, 200]);
  const large = streamThat();
  const data = Buffer.alloc(2 * 1024 * 1024);
  await run(
    linesOf('a', 'b', 'c').map((record) => ({ ...record, data })),
    large,
  );
  expect(large.requests.map(({ length }) => length)).toEqual([2, 1]);
});

test("each key's order is kept, whatever Kinesis refuses and whichever answers are lost", async () => {
  const fault = fc.constantFrom(
    undefined,
    undefined,
    'throttled',
    'failed',
    'lost',
    'late',
    'busy',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }),
      fc.array(fc.array(fault, { minLength: 3, maxLength: 3 }), { maxLength: 20 }),
      async (keys, faults) => {
        const inStream: ReplayRecord[] = [];
        const stream = streamThat((records, times) => {
          const [first, ...rest] = faults[times - 1] ?? [];
          if (first === 'lost') return named('TimeoutError');
          if (first === 'busy') return named(THROTTLED);
          if (first === 'late') {
            inStream.push(...records);
            return named('ECONNRESET');
          }
          const results = records.map((_, index) =>
            [first, ...rest][index] === undefined ? undefined : THROTTLED,
          );
          inStream.push(...records.filter((_, index) => results[index] === undefined));
          return results;
        });
        const { isComplete, doubled } = await run(linesOf(...keys), stream);
        expect(isComplete).toBe(true);
        for (const key of ['a', 'b', 'c']) {
          const lines = inStream.filter((r) => r.partitionKey === key).map(({ line }) => line);
          const once = lines.filter((line, index) => line !== lines[index - 1]);
          expect(once).toEqual(
            linesOf(...keys)
              .filter((r) => r.partitionKey === key)
              .map(({ line }) => line),
          );
          for (const [index, line] of lines.entries()) {
            if (line === lines[index + 1]) expect(doubled).toContain(line);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

describe('the pace', () => {
  test.each([
    [1, [0, 1_000, 2_000, 3_000]],
    [10, [0, 100, 200, 300]],
    [MAX, [0, 0, 0, 0]],
  ])('at speed %p', async (speed, times) => {
    const stream = streamThat();
    await run(linesOf('a', 'a', 'a', 'a'), stream, { speed });
    expect(stream.stored.map(({ at }) => at)).toEqual(times);
  });

  test('begins with the first record, and skips times that go back', async () => {
    const stream = streamThat();
    const [first, second, third] = linesOf('a', 'b', 'c');
    const odd = [
      { ...(first as ReplayRecord), arrivedAt: 5_000 },
      { ...(second as ReplayRecord), arrivedAt: 1_000 },
      { ...(third as ReplayRecord), arrivedAt: 6_000 },
    ];
    await run(odd, stream, { speed: 1 });
    expect(stream.stored.map(({ at }) => at)).toEqual([0, 0, 1_000]);
  });

  test('a long pause is told', async () => {
    const rests: (number | undefined)[] = [];
    const [first, second] = linesOf('a', 'b');
    const apart = [first as ReplayRecord, { ...(second as ReplayRecord), arrivedAt: 1_060_000 }];
    await run(apart, streamThat(), { speed: 1, onProgress: ({ restMs }) => rests.push(restMs) });
    expect(rests).toContain(59_500);
  });
});

describe('what ends it', () => {
  test('an interruption: it says where to go on and what is sent already', async () => {
    const stop = new AbortController();
    const stream = streamThat((records, times) => {
      if (times === 3) stop.abort();
      return records.map(({ partitionKey }) => (partitionKey === 'hot' ? THROTTLED : undefined));
    });
    const keys = ['a', 'hot', ...Array.from({ length: 8 }, (_, index) => `k${index}`)];
    const outcome = await run(linesOf(...keys), stream, { signal: stop.signal });
    expect(outcome).toMatchObject({ isComplete: false, line: 2, stored: 9, ahead: 8, unsure: 0 });
    expect(outcome.error).toBeUndefined();
  });

  test('an interruption while no answer comes: the request is not waited for without end', async () => {
    const stop = new AbortController();
    const stream = streamThat();
    const put = () => {
      stop.abort();
      return new Promise<never>(() => {});
    };
    const target = { ...stream, put };
    expect(await run(linesOf('a', 'b', 'a'), target, { signal: stop.signal })).toMatchObject({
      isComplete: false,
      line: 1,
      stored: 0,
      unsure: 2,
    });
  });

  test('an interruption while a pipe gives nothing', async () => {
    const stop = new AbortController();
    async function* pipe() {
      yield* linesOf('a');
      await new Promise(() => {});
    }
    const onProgress = ({ stored }: Progress) => {
      if (stored === 1) setImmediate(() => stop.abort());
    };
    const outcome = await run(pipe(), streamThat(), { signal: stop.signal, onProgress });
    expect(outcome).toMatchObject({ isComplete: false, stored: 1, line: 2 });
  });

  test('a wrong line: everything before it is sent', async () => {
    async function* lines() {
      yield* linesOf('a', 'a', 'b');
      throw new WrongLineError(4, 'is not JSON');
    }
    const outcome = await run(lines(), streamThat());
    expect(outcome).toMatchObject({ isComplete: false, stored: 3, line: 4 });
    expect(outcome.error).toMatchObject({ line: 4 });
  });

  test('a record that Kinesis refuses: it is found, and the others before it are sent', async () => {
    const refuses = (records: readonly ReplayRecord[]) =>
      records.some(({ line }) => line === 6)
        ? named('ValidationException', 'too large')
        : records.map(() => undefined);
    const keys = Array.from({ length: 9 }, (_, index) => `k${index}`);
    const outcome = await run(linesOf(...keys), streamThat(refuses));
    expect(outcome).toMatchObject({ isComplete: false, refusedLine: 6, line: 6, stored: 5 });
  });

  test('rights that are missing: at once', async () => {
    const stream = streamThat(() => named('AccessDeniedException'));
    const outcome = await run(linesOf('a'), stream);
    expect(outcome).toMatchObject({ isComplete: false, line: 1, unsure: 0 });
    expect(stream.requests).toHaveLength(1);
  });

  test.each([
    ['refuses everything', () => [THROTTLED], 'has stored nothing for 5 minutes', 0],
    ['never answers', () => named('TimeoutError'), 'TimeoutError', 1],
  ])('a Kinesis that %s, after minutes', async (_, answer: Answer, message, unsure) => {
    const stream = streamThat(answer);
    const outcome = await run(linesOf('a'), stream);
    expect(String(outcome.error)).toContain(message);
    expect(outcome).toMatchObject({ isComplete: false, line: 1, unsure });
    expect(stream.clock.now()).toBeGreaterThan(300_000);
    expect(stream.requests.length).toBeLessThan(100);
  });
});

test('an answer that was lost is told once the record is sent again', async () => {
  const stream = streamThat((records, times) =>
    times === 1 ? named('ECONNRESET') : records.map(() => undefined),
  );
  const outcome = await run(linesOf('a', 'b', 'a'), stream);
  expect(outcome).toMatchObject({ isComplete: true, stored: 3, doubled: [1, 2] });
});

test('what is read ahead of a key that is held up is bounded', async () => {
  let read = 0;
  async function* lines() {
    for (const record of linesOf('hot', ...Array.from({ length: 9_000 }, (_, i) => `k${i}`))) {
      read = record.line;
      yield record;
    }
  }
  const stop = new AbortController();
  const stream = streamThat((records, times) => {
    if (times === 20) stop.abort();
    return records.map(({ partitionKey }) => (partitionKey === 'hot' ? THROTTLED : undefined));
  });
  const outcome = await run(lines(), stream, { signal: stop.signal });
  expect(read).toBeLessThan(2_010);
  expect(outcome).toMatchObject({ line: 1, ahead: outcome.stored });
});

test('records of a pipe are sent as they come, not only when many are there', async () => {
  const stream = streamThat();
  let next = () => {};
  async function* pipe() {
    for (const record of linesOf('a', 'b', 'c')) {
      yield record;
      await new Promise<void>((resolve) => {
        next = resolve;
      });
    }
  }
  const onProgress = ({ stored }: Progress) => {
    if (stored > 0) setImmediate(() => next());
  };
  const outcome = await run(pipe(), stream, { onProgress });
  expect(outcome).toMatchObject({ isComplete: true, stored: 3 });
  expect(stream.requests).toHaveLength(3);
});
