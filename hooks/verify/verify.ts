import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { type ApiClient, createApiClient, type Direct, type Sign, type Tally } from './api-client';
import type { Pace } from './check';
import { interruptionOf } from './interruption';
import { type Checks, type Result, runChecks } from './run-checks';
import { sharesApi, type Target } from './target';
import { deleteStream } from './throw-away-stream';
import { within } from './within';

/** A stream on AWS takes up to half a minute to come and as long to go. */
const TEARDOWN_WITHIN_MS = 120_000;

export interface Verification {
  readonly target: Target;
  readonly checks: Checks;
  readonly kinesis: KinesisClient;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  /** What the stage lets in: signs requests, adds the key, or leaves them as they are. */
  readonly sign: Sign;
  /** Name of the throw-away stream. */
  readonly stream: string;
  readonly pace: Pace;
  /** Leaves the stream for somebody to look at. */
  readonly keep: boolean;
  /** Ends the checks; the stream is deleted all the same. */
  readonly signal: AbortSignal;
  readonly transport?: typeof fetch;
  /** A shorter way to the API, in place of a transport. */
  readonly direct?: Direct;
  /** Reaches a backend without the API; `fetch` unless told otherwise. */
  readonly backend?: typeof fetch;
  /** Called with each result as soon as there is one. */
  readonly told: (result: Result) => void;
  readonly progress: (text: string) => void;
}

/** What a run found. */
export interface Report {
  readonly target: Target;
  readonly stream: string;
  readonly startedAt: Date;
  readonly ms: number;
  readonly results: readonly Result[];
  readonly interrupted: boolean;
  readonly tally: Readonly<Tally>;
  /** What became of the throw-away stream. */
  readonly teardown: 'complete' | 'kept' | { readonly failed: unknown };
}

/**
 * Runs the checks on one throw-away stream and deletes it, whatever happened. Nothing that goes wrong
 * in the run is thrown: it is in the report.
 */
export async function verify(verification: Verification): Promise<Report> {
  const { target, stream, kinesis, pace, keep, signal } = verification;
  const startedAt = new Date();
  const late = `The run took longer than ${pace.runMs / 1000} s`;
  const { results, tally } = await within(pace.runMs, signal, late, (ended) =>
    check({ ...verification, signal: ended }, startedAt),
  );
  const teardown = keep ? 'kept' : await tearDown(kinesis, stream);
  return {
    target,
    stream,
    startedAt,
    ms: Date.now() - startedAt.getTime(),
    results,
    interrupted: interruptionOf(signal) !== undefined,
    tally,
    teardown,
  };
}

async function check(
  { target, checks, stream, kinesis, pace, signal, told, ...given }: Verification,
  startedAt: Date,
): Promise<Pick<Report, 'results' | 'tally'>> {
  const api = createApiClient({
    invokeUrl: target.invokeUrl,
    deploymentId: target.deploymentId,
    sharesApi: sharesApi(target),
    sign: given.sign,
    signal,
    retryUntil: startedAt.getTime() + pace.retryMs,
    requestMs: pace.requestMs,
    ...(given.transport && { transport: given.transport }),
    ...(given.direct && { direct: given.direct }),
  });
  const { backend = fetch, ...used } = given;
  const { apiGateway, iam, progress } = used;
  const clients = { api, kinesis, apiGateway, iam, backend };
  const context = { target, ...clients, stream, pace, progress, signal };
  if (sharesApi(target)) await untilLive(api);
  const results = await runChecks(checks, context, told);
  return { results, tally: api.tally };
}

/**
 * Somebody else's gateway refuses what it does not know yet as it refuses who may not call, so that a
 * closed door must not be looked for before the routes are there. What this meets, the checks will tell.
 */
async function untilLive(api: ApiClient): Promise<void> {
  await api.send({ method: 'GET', path: '/streams' }).catch(() => undefined);
}

async function tearDown(kinesis: KinesisClient, stream: string): Promise<Report['teardown']> {
  try {
    await deleteStream(kinesis, stream, AbortSignal.timeout(TEARDOWN_WITHIN_MS));
    return 'complete';
  } catch (failed) {
    return { failed };
  }
}

export const failedOf = ({ results }: Pick<Report, 'results'>): Result[] =>
  results.filter(({ outcome }) => outcome.status === 'failed');
