import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { Interrupted } from '../../../hooks/process/interruption';
import type { Target } from '../../../hooks/stage/target';
import type { Check } from '../../../hooks/verify/check';
import { EMBEDDED_PACE } from '../../../hooks/verify/pace';
import { causeOf, failedOf, type Verification, verify } from '../../../hooks/verify/verify';
import { ofThisFile } from '../../support/of-this-file';

const kinesis = ofThisFile(mockClient(KinesisClient));
const notFound = new ResourceNotFoundException({ message: 'not found', $metadata: {} });
const region = 'us-east-1';

beforeEach(() => {
  kinesis.reset();
  kinesis.on(DescribeStreamSummaryCommand).rejects(notFound);
  kinesis.on(DeleteStreamCommand).resolves({});
});

const check = (run: Check['run']): Check => ({
  title: 'a check',
  writes: true,
  requires: [],
  provides: [],
  run,
});

const TARGET = {
  invokeUrl: 'https://api.example/dev',
  deploymentId: 'abc',
  parameters: { restApiId: '' },
} as Target;

function run(one: Check['run'], given: Partial<Verification> = {}) {
  return verify({
    target: TARGET,
    checks: { One: check(one) },
    kinesis: new KinesisClient({ region }),
    apiGateway: new APIGatewayClient({ region }),
    iam: new IAMClient({ region }),
    sign: async (request) => request,
    stream: 'verify-dev-1',
    pace: EMBEDDED_PACE,
    keep: false,
    signal: new AbortController().signal,
    onResult: () => {},
    progress: () => {},
    ...given,
  });
}

const exists = {
  StreamDescriptionSummary: { StreamStatus: 'ACTIVE' },
} as never;

test('a run that passes has nothing failed and no stream left', async () => {
  kinesis.on(DescribeStreamSummaryCommand).resolvesOnce(exists).rejects(notFound);

  const report = await run(async () => ({}));

  expect(failedOf(report)).toEqual([]);
  expect(report).toMatchObject({ teardown: 'complete', interrupted: false });
  expect(kinesis.commandCalls(DeleteStreamCommand)).toHaveLength(1);
});

test.each([
  ['a failure', async () => Promise.reject(new Error('wrong'))],
  [
    'an exception that nobody meant',
    async () => {
      throw new TypeError('undefined is not a function');
    },
  ],
])('after %s the stream is deleted, and the failure is the result', async (_, broken) => {
  kinesis.on(DescribeStreamSummaryCommand).resolvesOnce(exists).rejects(notFound);

  const report = await run(broken);

  expect(failedOf(report)).toHaveLength(1);
  expect(report.teardown).toBe('complete');
  expect(kinesis.commandCalls(DeleteStreamCommand)).toHaveLength(1);
});

test('a deletion that fails is told apart, and does not hide the result', async () => {
  kinesis.on(DescribeStreamSummaryCommand).resolves(exists);
  kinesis.on(DeleteStreamCommand).rejects(new Error('not authorized'));

  const report = await run(async () => Promise.reject(new Error('wrong')));

  expect(failedOf(report)).toHaveLength(1);
  expect(report.teardown).toMatchObject({ failed: { message: 'not authorized' } });
});

describe('with --keep', () => {
  test('the stream stays', async () => {
    kinesis.on(DescribeStreamSummaryCommand).resolves(exists);
    const report = await run(async () => ({}), { keep: true });
    expect(report.teardown).toBe('kept');
    expect(kinesis.commandCalls(DeleteStreamCommand)).toHaveLength(0);
  });

  test('the checks that delete it, and those that see it gone, are left out', async () => {
    kinesis.on(DescribeStreamSummaryCommand).resolves(exists);
    const ran: string[] = [];
    const one = (name: string, more: Partial<Check>) => ({
      ...check(async () => {
        ran.push(name);
        return { gone: true };
      }),
      ...more,
    });
    const checks = {
      Delete: one('Delete', { provides: ['gone'] }),
      Gone: one('Gone', { requires: ['gone'] }),
      Other: one('Other', {}),
    };

    const report = await run(async () => ({}), { keep: true, checks });

    expect(ran).toEqual(['Other']);
    expect(report.results.map(({ outcome }) => outcome)).toMatchObject([
      { status: 'skipped', because: '--keep keeps the stream' },
      { status: 'skipped', because: '--keep keeps the stream' },
      { status: 'passed' },
    ]);
  });

  test('nothing is said to be kept that was never made', async () => {
    const report = await run(async () => Promise.reject(new Error('wrong')), { keep: true });
    expect(report.teardown).toBe('complete');
  });
});

test('where nothing was begun that writes, Kinesis is not asked for the stream', async () => {
  const checks = { One: { ...check(async () => ({})), writes: false } };
  const report = await run(async () => ({}), { checks });
  expect(report.teardown).toBe('complete');
  expect(kinesis.commandCalls(DescribeStreamSummaryCommand)).toHaveLength(0);
});

test('an interruption ends the checks, and the stream is deleted all the same', async () => {
  const interruption = new AbortController();
  kinesis.on(DescribeStreamSummaryCommand).resolvesOnce(exists).rejects(notFound);

  const report = await run(
    async ({ signal }) => {
      interruption.abort(new Interrupted('SIGTERM'));
      signal.throwIfAborted();
      return {};
    },
    { signal: interruption.signal },
  );

  expect(report).toMatchObject({ interrupted: true, results: [], teardown: 'complete' });
});

test('a run that takes too long blames nobody, and the stream is deleted', async () => {
  const report = await run(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    { pace: { ...EMBEDDED_PACE, runMs: 1 } },
  );
  expect(failedOf(report)).toEqual([]);
  expect(causeOf(report)).toBe('The run took longer than 0.001 s');
  expect(report).toMatchObject({ interrupted: false, teardown: 'complete' });
});

test('its time is up also when garbage was collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const report = await run(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        setImmediate(collectGarbage);
      }),
    { pace: { ...EMBEDDED_PACE, runMs: 50 } },
  );
  expect(causeOf(report)).toContain('longer than 0.05 s');
});
