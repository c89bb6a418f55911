import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Pace } from '../../hooks/verify/check';
import { EMBEDDED_PACE } from '../../hooks/verify/pace';
import { failure } from '../../hooks/verify/report';
import { causeOf, failedOf, notRunOf, type Report, unaskedOf } from '../../hooks/verify/verify';
import { deployStage, type Stage, type StageOptions, type Transport } from '../faults/stage';
import { verifyStage } from '../faults/verify-fault';

// A sound stage behind a bad network, a busy Kinesis or with credentials that end: the verifier
// blames it for none of that, says what it could not ask, and still sees what is wrong.

/** All that is not well, in a line each. */
function complaints({ results, teardown, target }: Report): string[] {
  const told = results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'failed') return [`${name}: ${failure(outcome, target).join('\n')}`];
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    return [`${name} ${outcome.status}: ${outcome.because}`];
  });
  return teardown === 'complete' ? told : [...told, JSON.stringify(teardown)];
}

const outcomeOf = ({ results }: Report, wanted: string) =>
  results.find(({ name }) => name === wanted)?.outcome;

/** As on AWS, in less time. */
const PACE: Partial<Pace> = { retryMs: 20_000, requestMs: 20_000 };
const lost = () => new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });

/** Loses answers of requests that were carried out. */
const losing =
  ({ transport }: Stage, isLost: (request: Request, nth: number) => boolean): Transport =>
  async (request) => {
    nth += 1;
    const mine = nth;
    const answer = await transport(request.clone());
    if (isLost(request, mine)) throw lost();
    return answer;
  };
let nth = 0;
beforeEach(() => {
  nth = 0;
});

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
  test.each(['PUT', 'POST', 'DELETE', 'GET'])('of every %s, the first time', async (method) => {
    const stage = await deployStage();
    const isFirst = firstOfItsKind();
    const transport = losing(stage, (request) => isFirst(request) && request.method === method);

    const report = await verifyStage(stage, { transport, pace: PACE });

    expect(complaints(report)).toEqual([]);
    expect(report.tally.lost).toBeGreaterThan(0);
  });

  test('of every second write: what the stream holds twice was sent twice', async () => {
    const stage = await deployStage();
    let writes = 0;
    const transport = losing(stage, ({ method }) => {
      if (method !== 'PUT') return false;
      writes += 1;
      return writes % 2 === 1;
    });

    expect(complaints(await verifyStage(stage, { transport, pace: PACE }))).toEqual([]);
  });

  test('of a stage that does not manage streams', async () => {
    const stage = await deployStage({ parameters: { manageStreams: 'false' } });
    const isFirst = firstOfItsKind();
    const transport = losing(stage, isFirst);

    expect(complaints(await verifyStage(stage, { transport, pace: PACE }))).toEqual([]);
  });
});

test.each(['record', 'records'])(
  'records that something stores twice are caught: %s',
  async (end) => {
    const stage = await deployStage();
    const transport: Transport = async (request) => {
      const isWrite = request.method === 'PUT' && request.url.endsWith(`/${end}`);
      if (isWrite) await stage.transport(request.clone());
      return stage.transport(request);
    };

    const report = await verifyStage(stage, { transport });

    const check = end === 'record' ? 'Single' : 'Batch';
    const outcome = outcomeOf(report, check);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: {
        message: expect.stringContaining('the stream holds 2 records with the partition key'),
      },
    });
  },
);

describe('a flaky network', () => {
  test.each([1, 2, 3, 4, 5])(
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

  test('one in ten answers never comes', async () => {
    const stage = await deployStage();
    const chance = chances(7);
    const transport: Transport = async (request) => {
      const answer = await stage.transport(request);
      return chance() < 0.1 ? new Promise(() => {}) : answer;
    };
    const pace = { ...PACE, requestMs: 4_000 };

    expect(complaints(await verifyStage(stage, { transport, pace }))).toEqual([]);
  });

  test('between the verifier and AWS', async () => {
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

type Handle = (request: unknown) => Promise<unknown>;

const handlerOf = ({ config }: KinesisClient) => config.requestHandler as { handle: Handle };

/** The stage, with another way to Kinesis for the verifier itself. */
function withHandler(stage: Stage, handle: Handle): Stage {
  const { config } = stage.kinesis;
  const kinesis = new KinesisClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: config.credentials,
    maxAttempts: 1,
    requestHandler: { handle } as never,
  });
  return { ...stage, kinesis };
}

describe('what cannot be asked', () => {
  const QUICK: Partial<Pace> = { requestMs: 400, retryMs: 0 };

  test('Kinesis swallows connections: one cause, no failure', async () => {
    const stage = await deployStage();
    const { handle } = handlerOf(stage.kinesis);
    let isSilent = false;
    const silent = withHandler(stage, (request) =>
      isSilent ? new Promise(() => {}) : handle(request),
    );

    const report = await verifyStage(silent, {
      pace: QUICK,
      onResult: ({ name }) => {
        isSilent ||= name === 'PutRecords';
      },
    });

    expect(failedOf(report)).toEqual([]);
    const cause = 'Kinesis does not answer (no answer in 400 ms, asked 5 times)';
    expect(unaskedOf(report).map(({ name }) => name)).toEqual(['KinesisJsonBatch']);
    expect(causeOf(report)).toContain(cause);
    expect(notRunOf(report).length).toBeGreaterThan(20);
    for (const { outcome } of notRunOf(report)) {
      expect(outcome).toMatchObject({ because: expect.stringContaining(cause) });
    }
  });

  test('the API is gone from some moment on', async () => {
    const stage = await deployStage();
    let isGone = false;
    const report = await verifyStage(stage, {
      pace: QUICK,
      transport: async (request) => {
        if (isGone) throw lost();
        return stage.transport(request);
      },
      onResult: ({ name }) => {
        isGone ||= name === 'PutRecord';
      },
    });

    expect(failedOf(report)).toEqual([]);
    expect(unaskedOf(report)).toHaveLength(1);
    expect(causeOf(report)).toContain('does not answer (read ECONNRESET, asked 5 times)');
    expect(report.teardown).toBe('complete');
  });

  test('API Gateway refuses credentials that expire meanwhile', async () => {
    const stage = await deployStage({ parameters: { authorization: 'AWS_IAM' } });
    let isExpired = false;
    let asked = 0;
    const report = await verifyStage(stage, {
      pace: PACE,
      transport: async (request) => {
        if (!isExpired) return stage.transport(request);
        asked += 1;
        const message = 'The security token included in the request is expired';
        return Response.json(
          { message },
          {
            status: 403,
            headers: {
              'x-amzn-errortype': 'ExpiredTokenException',
              'x-deployment-id': stage.target.deploymentId,
            },
          },
        );
      },
      onResult: ({ name }) => {
        isExpired ||= name === 'PutRecord';
      },
    });

    expect(asked).toBe(1);
    expect(failedOf(report)).toEqual([]);
    expect(unaskedOf(report)).toHaveLength(1);
    expect(causeOf(report)).toMatch(/^AWS rejects the credentials \(.*ExpiredToken.*Sign in again/);
  });

  test('Kinesis refuses them', async () => {
    const stage = await deployStage();
    const { handle } = handlerOf(stage.kinesis);
    let isExpired = false;
    let asked = 0;
    const refusing = withHandler(stage, async (request) => {
      if (!isExpired) return handle(request);
      asked += 1;
      throw Object.assign(new Error('The security token included in the request is expired'), {
        name: 'ExpiredTokenException',
        $metadata: { httpStatusCode: 400 },
      });
    });

    const report = await verifyStage(refusing, {
      onResult: ({ name }) => {
        isExpired ||= name === 'PutRecords';
      },
    });

    expect(failedOf(report)).toEqual([]);
    expect(unaskedOf(report)).toHaveLength(1);
    // Once by a check, once to delete the stream.
    expect(asked).toBe(2);
    expect(report.teardown).toMatchObject({ failed: { obstacle: 'credentials' } });
  });
});

describe('answers that are wrong at first', () => {
  const injecting =
    ({ transport }: Stage, answer: () => Response, nths: readonly number[]): Transport =>
    async (request) => {
      nth += 1;
      return nths.includes(nth) ? answer() : transport(request);
    };

  test('a few 500s pass, and are told', async () => {
    const stage = await deployStage();
    const nths = [10, 20, 30, 40, 50, 60, 70];
    const transport = injecting(stage, () => Response.json({}, { status: 500 }), nths);

    const report = await verifyStage(stage, { transport, pace: PACE });

    expect(complaints(report)).toEqual([]);
    const outcome = outcomeOf(report, 'Steady');
    const notes = outcome?.status === 'passed' ? (outcome.notes ?? []) : [];
    expect(notes[0]).toBe(`7 of ${report.tally.answers} answers needed a retry`);
    expect(notes).toHaveLength(8);
    expect(notes[1]).toMatch(/^\w+ \/\S+: status 500$/);
  });

  test('where none was, that is told too', async () => {
    const stage = await deployStage();
    const report = await verifyStage(stage);
    const notes = [`0 of ${report.tally.answers} answers needed a retry`];
    expect(outcomeOf(report, 'Steady')).toMatchObject({ status: 'passed', notes });
  });

  test.each([3, 25, 60, 100])('a page with status 200 fails, as answer %d', async (at) => {
    const stage = await deployStage();
    const page = () =>
      new Response('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } });

    const report = await verifyStage(stage, {
      transport: injecting(stage, page, [at]),
      pace: PACE,
    });

    expect(failedOf(report)[0]?.outcome).toMatchObject({
      error: { message: 'the answer (200) is text/html, not JSON' },
    });
  });
});

/** Settings of the embedded Kinesis, including README's examples. */
const KINESES: readonly (readonly [string, StageOptions])[] = [
  ['shards that keep to their limits', { kinesis: { enforceThroughput: true } }],
  [
    'a stage that takes ten requests a second',
    { parameters: { throttleRate: '10', throttleBurst: '5' } },
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

test.each(KINESES)('three runs at once: %s', async (_, options) => {
  const stage = await deployStage(options);
  const run = () => verifyStage(stage, { pace: EMBEDDED_PACE });

  const reports = await Promise.all([run(), run(), run()]);

  expect(reports.flatMap(complaints)).toEqual([]);
});
