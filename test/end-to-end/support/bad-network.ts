import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Pace } from '../../../hooks/verify/check';
import { failure } from '../../../hooks/verify/report';
import type { Report } from '../../../hooks/verify/verify';
import type { Stage } from '../../faults/stage';

// What verifications behind a bad network have in common.

/** All that is not well, in a line each. */
export function complaints({ results, teardown, target }: Report): string[] {
  const told = results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'failed') return [`${name}: ${failure(outcome, target).join('\n')}`];
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    return [`${name} ${outcome.status}: ${outcome.because}`];
  });
  return teardown === 'complete' ? told : [...told, JSON.stringify(teardown)];
}

/** As on AWS, in less time. */
export const PACE: Partial<Pace> = { retryMs: 20_000, requestMs: 20_000 };
export const lost = () => new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });

type Handle = (request: unknown) => Promise<unknown>;

export const handlerOf = ({ config }: KinesisClient) => config.requestHandler as { handle: Handle };

/** The stage, with another way to Kinesis for the verifier itself. */
export function withHandler(stage: Stage, handle: Handle): Stage {
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
