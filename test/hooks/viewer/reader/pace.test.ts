import { Pace, readEveryMs } from '../../../../hooks/viewer/reader/pace';

function paceOf() {
  const waits: number[] = [];
  let now = 1_000_000;
  const clock = {
    now: () => now,
    async sleep(ms: number) {
      waits.push(ms);
    },
  };
  return { pace: new Pace(clock, 210), waits, pass: (ms: number) => (now += ms) };
}

test('turns that are asked for at once are 210 milliseconds apart', async () => {
  const { pace, waits } = paceOf();
  await Promise.all(Array.from({ length: 5 }, () => pace.turn('orders', '0')));
  expect(waits).toEqual([210, 420, 630, 840]);
});

test('shards do not wait for each other, nor do streams', async () => {
  const { pace, waits } = paceOf();
  await pace.turn('orders', '0');
  await pace.turn('orders', '1');
  await pace.turn('returns', '0');
  expect(waits).toEqual([]);
});

test('who comes late does not wait', async () => {
  const { pace, waits, pass } = paceOf();
  await pace.turn('orders', '0');
  pass(500);
  await pace.turn('orders', '0');
  expect(waits).toEqual([]);
});

test('a shard at rest is left alone', async () => {
  const { pace, waits } = paceOf();
  await pace.turn('orders', '0');
  pace.rest('orders', '0', 1_000);
  await pace.turn('orders', '0');
  expect(waits).toEqual([1_000]);
});

test('who has given up does not wait', async () => {
  const { pace } = paceOf();
  await expect(pace.turn('orders', '0', AbortSignal.abort())).rejects.toThrow('aborted');
});

test.each([
  [{}, 500],
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 210],
  [{ AWS_ENDPOINT_URL_KINESIS: 'https://kinesis.us-east-1.amazonaws.com' }, 500],
  [
    {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ENDPOINT_URL_KINESIS: 'https://kinesis.us-east-1.amazonaws.com',
    },
    500,
  ],
])('with %j a shard is read every %d milliseconds: others read it on AWS', (environment, ms) => {
  expect(readEveryMs(environment)).toBe(ms);
});
