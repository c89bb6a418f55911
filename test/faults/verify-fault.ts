import type { Target } from '../../hooks/stage/target';
import { throwAwayName } from '../../hooks/stage/throw-away-name';
import { Tokens } from '../../hooks/verify/access/tokens';
import type { Pace } from '../../hooks/verify/check';
import { type CheckName, checks, checksOf } from '../../hooks/verify/checks';
import { stackChecks } from '../../hooks/verify/checks/stack';
import { eventChecks } from '../../hooks/verify/events';
import { preflight } from '../../hooks/verify/preflight';
import { failure } from '../../hooks/verify/report';
import type { Checks, Result } from '../../hooks/verify/run-checks';
import { type Report, verify } from '../../hooks/verify/verify';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import { type Fault, isEventPath } from './fault';
import { deployStage, type Stage, type Transport } from './stage';

/**
 * Nothing here takes time to spread, so nothing is asked again; all other times are generous, for a
 * busy machine must not look like a fault. A run ends with its test at the latest.
 */
const PACE: Pace = {
  runMs: 3_600_000,
  retryMs: 0,
  requestMs: 30_000,
  streamMs: 30_000,
  encryptionMs: 0,
  readMs: 0,
  jsonSpacing: 'exact',
};

export interface VerifyOptions {
  /** Compares the stack with the checkout; true by default. */
  readonly comparesCheckout?: boolean | undefined;
  readonly pace?: Partial<Pace> | undefined;
  readonly transport?: Transport | undefined;
  /** Reaches the backends without the API; the stage's own way there unless told. */
  readonly backend?: typeof fetch | undefined;
  /** Variables with the run's tokens. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** As `--without-token`. */
  readonly withoutToken?: boolean;
  readonly checks?: Checks;
  readonly onResult?: (result: Result) => void;
}

/** Runs the checks on a stage, all of them unless told which. */
export async function verifyStage(stage: Stage, options: VerifyOptions = {}): Promise<Report> {
  const { target, kinesis, apiGateway, iam } = stage;
  const { comparesCheckout = true, transport, backend = stage.backend } = options;
  const { environment = {}, withoutToken = false } = options;
  const ways = await preflight(target, stage, {
    tokens: new Tokens({ environment }),
    acceptsNone: withoutToken,
  });
  return verify({
    target: comparesCheckout ? target : withoutCheckout(target),
    checks: options.checks ?? checksOf(target.streams),
    kinesis,
    apiGateway,
    iam,
    ...ways,
    backend,
    stream: throwAwayName(target),
    pace: { ...PACE, ...options.pace },
    keep: false,
    signal: new AbortController().signal,
    ...(transport ? { transport: transport as typeof fetch } : { direct: stage.direct }),
    onResult: options.onResult ?? (() => {}),
    progress: () => {},
  });
}

const withoutCheckout = (target: Target): Target => ({
  ...target,
  stack: target.stack && { ...target.stack, service: undefined },
});

/** The verifier's result for a fault. */
export interface Verdict {
  readonly failed: readonly CheckName[];
  /** Checks that should have failed and did not, with how they ended. */
  readonly missed: readonly string[];
  /** Checks that failed and blame something that is sound. */
  readonly misleading: readonly CheckName[];
  /** True if the broken part is named. */
  readonly isNamed: boolean;
  /** The report's text about each failed check. */
  readonly said: Readonly<Record<string, string>>;
  readonly teardown: string;
}

const LAST: CheckName = 'Steady';

/**
 * Plants a fault in a stage of its own and verifies that: with all checks, or of a fault about a
 * declared stream with those of streams, for the others know nothing of it.
 * @param given how, where that is not as the fault itself says
 */
export async function verifyFault(
  fault: Fault,
  given: Pick<VerifyOptions, 'backend' | 'checks'> = {},
): Promise<Verdict> {
  const { parameters, existingApi, whole, streams, template, authorizer } = fault;
  const stage = await deployStage({
    parameters,
    existingApi,
    whole,
    streams,
    template,
    kinesis: fault.kinesis?.(),
    authorizer,
  });
  await fault.byHand?.(stage);
  const report = await verifyStage(stage, {
    ...(streams && { checks: { ...stackChecks, ...eventChecks(stage.target.streams) } }),
    ...(fault.checks && { checks: fault.checks }),
    ...given,
    comparesCheckout: fault.comparesCheckout ?? (template === undefined && !whole),
    environment: await fault.tokens?.(),
    pace: fault.pace,
    transport: fault.network?.(stage),
    // A stream that is stuck must not hold up the end of the run as well.
    onResult: ({ name }) => {
      if (name === LAST) stage.skipTime();
    },
  });
  return judge(fault, report);
}

function judge(fault: Fault, report: Report): Verdict {
  const { blames, alsoBreaks = [], caughtBy, mayFail = [] } = fault;
  const said: Record<string, string> = {};
  for (const { name, check, outcome } of report.results) {
    if (outcome.status !== 'failed') continue;
    said[name] = [check.title, ...failure(outcome, report.target)].join('\n');
  }
  const failed = Object.keys(said) as CheckName[];
  const isBroken = (id: EndpointId | undefined) =>
    id !== undefined && (id === blames || alsoBreaks.includes(id));
  const isAllowed = (name: CheckName) =>
    mayFail === 'any' ||
    [...caughtBy, ...mayFail].includes(name) ||
    isBroken(endpointOfCheck(name)) ||
    isOfPath(name, blames);
  return {
    failed,
    missed: caughtBy
      .filter((name) => !failed.includes(name))
      .map((name) => `${name}: ${endOf(report, name)}`),
    misleading: failed.filter((name) => !isAllowed(name)),
    isNamed: failed.some((name) => names(blames, name, said[name] ?? '')),
    said,
    teardown: typeof report.teardown === 'string' ? report.teardown : 'failed',
  };
}

/** `not run, The run took longer than 120 s`: a check that was cut off is not a blind one. */
function endOf({ results }: Report, name: CheckName): string {
  const outcome = results.find((each) => each.name === name)?.outcome;
  if (outcome === undefined) return 'not of this run';
  const because = 'because' in outcome ? [outcome.because] : [];
  const notes = 'notes' in outcome ? (outcome.notes ?? []) : [];
  return [outcome.status, ...because, ...notes].join(', ');
}

/** True for a check of the event endpoint that is broken, and not of one below it. */
const isOfPath = (name: CheckName, blames: Fault['blames']) =>
  typeof blames === 'string' && name.slice(0, name.lastIndexOf('/')) === blames.slice(1);

const endpointOfCheck = (name: CheckName) => (checks as Checks)[name]?.endpoint;

function names(blames: Fault['blames'], name: CheckName, said: string): boolean {
  if (typeof blames !== 'string') return said.includes(blames.says);
  if (isEventPath(blames)) return new RegExp(`(POST|GET) ${blames}(?![/\\w])`).test(said);
  const { method, path } = endpointOf(blames);
  // The route's path, and not the beginning of a longer one.
  const route = new RegExp(`${method} ${path.replace(/[{}]/g, '\\$&')}(?![/\\w])`);
  return endpointOfCheck(name) === blames || route.test(said);
}
