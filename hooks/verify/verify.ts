import { setTimeout as pause } from 'node:timers/promises';
import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { interruptionOf } from '../process/interruption';
import { within } from '../process/within';
import { patientClients } from '../stage/clients';
import { Rates, sharesOf } from '../stage/rates';
import { sharesApi, type Target } from '../stage/target';
import { Access } from './access/access';
import { type ApiClient, createApiClient } from './api-client';
import type { Check, Pace } from './check';
import type { Door } from './doors/door';
import { OWN_DOOR } from './doors/own';
import type { Direct, Sign } from './exchange';
import { type Checks, type Outcome, type Result, runChecks, withoutDeletion } from './run-checks';
import { emptyTally, type Tally } from './tally';
import { deleteStream, streamSummary } from './throw-away-stream';
import { createRuleFinder } from './web-acl';

/** A stream on AWS takes up to half a minute to come and as long to go. */
const TEARDOWN_WITHIN_MS = 120_000;

export interface Verification {
  readonly target: Target;
  /** The API that is verified; this service's own unless told. */
  readonly door?: Door;
  readonly checks: Checks;
  readonly kinesis: KinesisClient;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  /** Adds the stage's credentials: signs requests, adds the key, or leaves them as they are. */
  readonly sign: Sign;
  /** How the run comes in at a stage that asks for tokens. */
  readonly access?: Access;
  /** Name of the throw-away stream. */
  readonly stream: string;
  /** True for a stream that is there already: it is not deleted. */
  readonly isNamed?: boolean;
  readonly pace: Pace;
  /** Keeps the stream for the user to look at. */
  readonly keep: boolean;
  /** Ends the checks; the stream is still deleted. */
  readonly signal: AbortSignal;
  readonly transport?: typeof fetch;
  /** A shorter way to the API, in place of a transport. */
  readonly direct?: Direct;
  /** Reaches a backend without the API; by default `fetch`. */
  readonly backend?: typeof fetch;
  /** Called with each result as soon as there is one. */
  readonly onResult: (result: Result) => void;
  readonly progress: (text: string) => void;
}

/** The result of a run. */
export interface Report {
  readonly target: Target;
  readonly stream: string;
  readonly startedAt: Date;
  readonly ms: number;
  readonly results: readonly Result[];
  readonly interrupted: boolean;
  readonly tally: Readonly<Tally>;
  /** The outcome of deleting the throw-away stream. */
  readonly teardown: 'complete' | 'kept' | { readonly failed: unknown };
}

/**
 * Runs the checks on one throw-away stream and deletes it in any case. Nothing that goes wrong
 * in the run is thrown: it is in the report.
 */
export async function verify(verification: Verification): Promise<Report> {
  const { target, stream, pace, keep, signal } = verification;
  const startedAt = new Date();
  const tally = emptyTally();
  const late = `The run took longer than ${pace.runMs / 1000} s`;
  const writing = noticed(keep ? withoutDeletion(verification.checks) : verification.checks);
  const results = await within(pace.runMs, signal, late, (ended) =>
    check({ ...verification, checks: writing.checks, signal: ended }, tally),
  );
  const isToDelete = writing.began() && !verification.isNamed;
  const teardown = isToDelete ? await tearDown(verification, stream) : 'complete';
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

/** Notices whether one of the checks began that may make the stream. */
function noticed(checks: Checks): { readonly checks: Checks; began(): boolean } {
  let began = false;
  const noticing = Object.entries(checks).map(([name, one]): [string, Check] => {
    if (!one.writes) return [name, one];
    const run: Check['run'] = (context) => {
      began = true;
      return one.run(context);
    };
    return [name, { ...one, run }];
  });
  return { checks: Object.fromEntries(noticing), began: () => began };
}

async function check(
  { target, checks, stream, pace, signal, onResult, ...given }: Verification,
  tally: Tally,
): Promise<Result[]> {
  const { retryMs, busyMs, requestMs } = pace;
  const rates = new Rates({
    shares: sharesOf(target),
    factor: pace.rateFactor,
    signal,
    streams: target.streams,
  });
  const { door = OWN_DOOR, access = new Access(target) } = given;
  const onBusy = () => {
    tally.busy += 1;
  };
  const asked = patientClients(
    { kinesis: given.kinesis, apiGateway: given.apiGateway, iam: given.iam },
    { signal, retryMs, busyMs, requestMs, onBusy, rates },
  );
  const sleep = (ms: number) => pause(ms, undefined, { signal });
  const api = createApiClient({
    ruleOf: createRuleFinder({ apiGateway: asked.apiGateway, target, signal, sleep }),
    invokeUrl: target.invokeUrl,
    deploymentId: door.isOwn ? target.deploymentId : undefined,
    sharesApi: sharesApi(target),
    sign: given.sign,
    requireWayIn: (request) => access.requireWayIn(request),
    renews: (request, answer) => access.renews(request, answer),
    hide: (text) => access.tokens.hidden(text),
    signal,
    rates,
    retryMs,
    busyMs,
    requestMs,
    tally,
    ...(given.transport && { transport: given.transport }),
    ...(given.direct && { direct: given.direct }),
  });
  const { progress, backend = fetch, isNamed = false } = given;
  const context = {
    target,
    door,
    api,
    access,
    backend,
    ...asked,
    stream,
    isNamed,
    pace,
    readers: new Map(),
    progress,
    signal,
  };
  if (sharesApi(target)) await untilLive(api);
  return runChecks(checks, context, onResult);
}

/**
 * A shared gateway answers unknown routes like callers without permission, so access can be checked
 * only after the routes are live. Errors are ignored here: the checks will report them.
 */
async function untilLive(api: ApiClient): Promise<void> {
  await api.send({ method: 'GET', path: '/streams' }).catch(() => undefined);
}

/** Deletes the stream, or checks that the stream to keep exists. */
async function tearDown(
  { kinesis: client, pace, keep, target }: Verification,
  stream: string,
): Promise<Report['teardown']> {
  const { retryMs, busyMs, requestMs } = pace;
  const waits = { retryMs, busyMs, requestMs };
  const never = new AbortController().signal;
  const late = `it is still there after ${TEARDOWN_WITHIN_MS / 1000} s`;
  try {
    return await within(TEARDOWN_WITHIN_MS, never, late, async (signal) => {
      const rates = new Rates({ shares: sharesOf(target), factor: pace.rateFactor, signal });
      const { kinesis } = patientClients({ kinesis: client }, { ...waits, signal, rates });
      if (keep) return (await streamSummary({ kinesis, stream })) ? 'kept' : 'complete';
      await deleteStream(kinesis, stream, signal);
      return 'complete';
    });
  } catch (failed) {
    return { failed };
  }
}

const withStatus = ({ results }: Pick<Report, 'results'>, status: Outcome['status']) =>
  results.filter(({ outcome }) => outcome.status === status);

export const failedOf = (report: Pick<Report, 'results'>): Result[] => withStatus(report, 'failed');

/** The checks that could not be completed. */
export const unaskedOf = (report: Pick<Report, 'results'>): Result[] =>
  withStatus(report, 'unasked');

/** The checks that something else than a fault of the stage kept from running. */
export const notRunOf = (report: Pick<Report, 'results'>): Result[] =>
  withStatus(report, 'not run');

/** The reason why a run is incomplete, in one sentence; undefined where it is complete. */
export function causeOf(report: Pick<Report, 'results'>): string | undefined {
  const [first] = [...unaskedOf(report), ...notRunOf(report)];
  return first && 'because' in first.outcome ? first.outcome.because : undefined;
}
