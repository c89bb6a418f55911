import { EMBEDDED_PACE } from '../../hooks/verify/pace';
import { deployStage, type Stage, type StageOptions, type Transport } from '../faults/stage';
import { verifyStage } from '../faults/verify-fault';
import { complaints, handlerOf, lost, PACE, withHandler } from './support/bad-network';

// A sound stage behind a network that loses answers, or before a Kinesis that is slow or busy, is
// blamed for none of that. The verifier waits here more than it works, so the tests run at the same
// time.

// Each takes as long as all on a machine that is busy otherwise.
jest.setTimeout(600_000);

/** Loses answers of requests that were carried out. */
const losing =
  ({ transport }: Stage, isLost: (request: Request) => boolean): Transport =>
  async (request) => {
    const answer = await transport(request.clone());
    if (isLost(request)) throw lost();
    return answer;
  };

/** Returns a predicate that is true for the first request of each kind. */
function firstOfItsKind(): (request: Request) => boolean {
  const seen = new Set<string>();
  return ({ method, url }) => {
    const key = `${method} ${url}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  };
}

/** Numbers, 0 to below 1, that are the same in every run. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

describe('an answer that is lost after the request was carried out', () => {
  test.concurrent.each(['PUT', 'POST', 'DELETE', 'GET'])(
    'of every %s, the first time',
    async (method) => {
      const stage = await deployStage();
      const isFirst = firstOfItsKind();
      const transport = losing(stage, (request) => isFirst(request) && request.method === method);

      const report = await verifyStage(stage, { transport, pace: PACE });

      expect(complaints(report)).toEqual([]);
      expect(report.tally.lost).toBeGreaterThan(0);
    },
  );

  test.concurrent('of every second write: what the stream holds twice was sent twice', async () => {
    const stage = await deployStage();
    let writes = 0;
    const transport = losing(stage, ({ method }) => {
      if (method !== 'PUT') return false;
      writes += 1;
      return writes % 2 === 1;
    });

    expect(complaints(await verifyStage(stage, { transport, pace: PACE }))).toEqual([]);
  });

  test.concurrent('of a stage that does not manage streams', async () => {
    const stage = await deployStage({ parameters: { manageStreams: 'false' } });
    const isFirst = firstOfItsKind();
    const transport = losing(stage, isFirst);

    expect(complaints(await verifyStage(stage, { transport, pace: PACE }))).toEqual([]);
  });
});

describe('a flaky network', () => {
  test.concurrent.each([1, 2, 3, 4, 5])(
    'one in ten connections dropped, before or after: %d',
    async (seed) => {
      const stage = await deployStage({ parameters: { authorization: 'AWS_IAM' } });
      const chance = chances(seed);
      const transport: Transport = async (request) => {
        if (chance() < 0.05) throw lost();
        const answer = await stage.transport(request);
        if (chance() < 0.05) throw lost();
        return answer;
      };

      expect(complaints(await verifyStage(stage, { transport, pace: PACE }))).toEqual([]);
    },
  );

  test.concurrent('one in ten answers never comes', async () => {
    const stage = await deployStage();
    const chance = chances(7);
    const transport: Transport = async (request) => {
      const answer = await stage.transport(request);
      return chance() < 0.1 ? new Promise(() => {}) : answer;
    };
    const pace = { ...PACE, requestMs: 2_000 };

    expect(complaints(await verifyStage(stage, { transport, pace }))).toEqual([]);
  });

  test.concurrent('between the verifier and AWS', async () => {
    const stage = await deployStage({ parameters: { manageStreams: 'false' } });
    const chance = chances(11);
    const { handle } = handlerOf(stage.kinesis);
    const flaky = withHandler(stage, async (request) => {
      if (chance() < 0.15)
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      const answer = await handle(request);
      if (chance() < 0.15)
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      return answer;
    });

    expect(complaints(await verifyStage(flaky, { pace: PACE }))).toEqual([]);
  });
});

/** Settings of the embedded Kinesis, including README's examples. */
const KINESES: readonly (readonly [string, StageOptions])[] = [
  ['shards that keep to their limits', { kinesis: { enforceThroughput: true } }],
  [
    'a stage that takes twenty requests a second',
    { parameters: { throttleRate: '20', throttleBurst: '5' } },
  ],
  ['quotas', { kinesis: { enforceQuotas: true, createMs: 200, deleteMs: 200 } }],
  ['streams that take long to come and go', { kinesis: { createMs: 6_000, deleteMs: 2_000 } }],
  ['slow answers', { kinesis: { faults: { rules: [{ latencyMs: [5, 40] }] } } }],
  ['errors', { kinesis: { faults: { seed: 3, rules: [{ errorRate: 0.05 }] } } }],
  [
    'throttled writes',
    {
      parameters: { streams: 'orders-*' },
      kinesis: {
        enforceThroughput: true,
        faults: {
          seed: 7,
          rules: [
            { streams: 'orders-*', actions: ['PutRecord', 'PutRecords'], throttleRate: 0.2 },
            { streams: 'slow', latencyMs: [50, 400], errorRate: 0.05 },
          ],
        },
      },
    },
  ],
];

test.concurrent.each(KINESES)('three runs at once: %s', async (_, options) => {
  const stage = await deployStage(options);
  const run = () => verifyStage(stage, { pace: { ...EMBEDDED_PACE, runMs: 600_000 } });

  const reports = await Promise.all([run(), run(), run()]);

  expect(reports.flatMap(complaints)).toEqual([]);
});
