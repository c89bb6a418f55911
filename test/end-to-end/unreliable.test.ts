import type { Pace } from '../../hooks/verify/check';
import { causeOf, failedOf, notRunOf, type Report, unaskedOf } from '../../hooks/verify/verify';
import { deployStage, type Stage, type Transport } from '../faults/stage';
import { verifyStage } from '../faults/verify-fault';
import { complaints, handlerOf, lost, PACE, withHandler } from './support/bad-network';

// A network that ends, credentials that end, answers that are wrong at first: the verifier does not
// blame a sound stage, says what it could not ask, and still sees what is wrong. lossy.test.ts has
// what it only has to wait out.

const outcomeOf = ({ results }: Report, wanted: string) =>
  results.find(({ name }) => name === wanted)?.outcome;

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
  const injecting = (
    { transport }: Stage,
    answer: () => Response,
    nths: readonly number[],
  ): Transport => {
    let nth = 0;
    return async (request) => {
      nth += 1;
      return nths.includes(nth) ? answer() : transport(request);
    };
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
