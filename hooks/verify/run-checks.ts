import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { endpointOf } from '../../resources/endpoints';
import { interruptionOf } from '../process/interruption';
import { causesOf, unaskedIn } from '../stage/unasked';
import { NoWayIn } from './access/no-way-in';
import {
  type Check,
  type CheckContext,
  CheckFailure,
  type Finding,
  type Findings,
  Inapplicable,
} from './check';
import { mappingLog } from './diagnosis';
import { NotDescribed } from './doors/door';
import type { Exchange } from './exchange';

export type Outcome =
  | {
      readonly status: 'passed';
      readonly ms: number;
      /** Notes of a check that passed. */
      readonly notes?: readonly string[];
      readonly leftOpen?: readonly LeftOpen[];
    }
  | {
      readonly status: 'failed';
      readonly ms: number;
      readonly error: unknown;
      /** Lines of API Gateway's own log. */
      readonly log: readonly string[];
    }
  /** It could not be checked, which is not the stage's fault. */
  | { readonly status: 'unasked'; readonly ms: number; readonly because: string }
  /** The obstacle of another check keeps this one from running too. */
  | { readonly status: 'not run'; readonly because: string }
  /** A check that it builds on failed. */
  | { readonly status: 'blocked'; readonly because: string }
  /** The check does not apply to this stage, or the user has left it out. */
  | {
      readonly status: 'skipped';
      readonly because: string;
      /** True for want of a token, which the user knows. */
      readonly lacksToken?: boolean;
    };

/** An opening that the API leaves, and the request that shows it. */
export interface LeftOpen {
  readonly text: string;
  readonly exchange: Exchange;
}

export interface Result {
  readonly name: string;
  readonly check: Check;
  readonly outcome: Outcome;
}

export type Checks = Readonly<Record<string, Check>>;

/**
 * Runs the checks one after another; one whose requirements no check provided is skipped. What a
 * check has begun and has to wait for is waited for only when a check builds on it. An interruption
 * ends the run without a result for what it cut off. Where nothing more can be asked, or the time
 * is up, the rest is not run.
 * @param onResult called with each result as soon as there is one
 * @returns the results in the order of the checks
 */
export async function runChecks(
  checks: Checks,
  given: Omit<CheckContext, 'findings' | 'note' | 'leftOpen'>,
  onResult: (result: Result) => void,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const findings: Partial<Record<Finding, unknown>> = {};
  const context = { ...given, findings: findings as Partial<Findings> };
  /** The reason why nothing more is run. */
  let end: string | undefined;
  const provide = (provided: Partial<Findings>) => {
    Object.assign(findings, provided);
  };
  const tell = (name: string, check: Check, { endsRun, ...met }: Ended) => {
    // An interrupted run has found nothing wrong with the API.
    if (interruptionOf(context.signal)) return;
    const isCutOff = met.status === 'unasked' && end !== undefined;
    const outcome: Outcome = isCutOff ? { status: 'not run', because: end ?? '' } : met;
    if (endsRun && 'because' in outcome) end ??= outcome.because;
    const result = { name, check, outcome };
    results.set(name, result);
    onResult(result);
  };
  const waiting: { readonly check: Check; readonly over: Promise<void> }[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const needed = waiting.filter((each) => providesFor(each.check, check));
    await Promise.all(needed.map(({ over }) => over));
    if (interruptionOf(context.signal)) break;
    const begun = await outcomeOf(check, context, provide, { end, before: [...results.values()] });
    if (begun.status !== 'passed' || check.settle === undefined) {
      tell(name, check, begun);
    } else {
      const over = settle(check, context, provide, begun).then((outcome) =>
        tell(name, check, outcome),
      );
      waiting.push({ check, over });
    }
  }
  await Promise.all(waiting.map(({ over }) => over));
  return Object.keys(checks).flatMap((name) => results.get(name) ?? []);
}

const providesFor = (provider: Check, { requires }: Check) =>
  provider.provides.some((finding) => requires.includes(finding));

type Provide = (findings: Partial<Findings>) => void;

/** The context that all checks share. */
type Given = Omit<CheckContext, 'note' | 'leftOpen'>;

type Passed = Extract<Outcome, { status: 'passed' }>;

/** How a check ended, and whether the run is over with it. */
type Ended = Outcome & { readonly endsRun?: boolean };

async function outcomeOf(
  check: Check,
  context: Given,
  provide: Provide,
  { end, before }: { readonly end: string | undefined; readonly before: readonly Result[] },
): Promise<Ended> {
  const skipReason = check.skipReason?.(context.target);
  if (skipReason !== undefined) return { status: 'skipped', because: skipReason };
  if (end !== undefined) return { status: 'not run', because: end };
  const missing = check.requires.filter((name) => context.findings[name] === undefined);
  if (missing.length > 0) return withoutGround(missing, before);
  return timed(context, check, async (own) => provide(await check.run(own)));
}

/** @param begun how its beginning went */
function settle(check: Check, context: Given, provide: Provide, begun: Passed): Promise<Ended> {
  const act = async (own: CheckContext) => provide((await check.settle?.(own)) ?? {});
  return timed(context, check, act, begun);
}

async function timed(
  context: Given,
  check: Check,
  act: (own: CheckContext) => Promise<void>,
  before: Omit<Passed, 'status'> = { ms: 0 },
): Promise<Ended> {
  const started = performance.now();
  const ms = () => before.ms + performance.now() - started;
  const notes = [...(before.notes ?? [])];
  const leftOpen = [...(before.leftOpen ?? [])];
  const own: CheckContext = {
    ...context,
    note: (text) => void notes.push(text),
    leftOpen(text, exchange) {
      notes.push(`left open: ${text}`);
      leftOpen.push({ text, exchange });
    },
  };
  try {
    context.signal.throwIfAborted();
    await act(own);
    return {
      status: 'passed',
      ms: ms(),
      ...(notes.length > 0 && { notes }),
      ...(leftOpen.length > 0 && { leftOpen }),
    };
  } catch (error) {
    const took = ms();
    if (error instanceof NotDescribed) {
      return { status: 'skipped', because: `not described: ${error.message}` };
    }
    if (error instanceof Inapplicable) return { status: 'skipped', because: error.message };
    const unasked = unaskedIn(error);
    if (unasked instanceof NoWayIn && unasked.isAccepted) {
      return { status: 'skipped', because: unasked.message, lacksToken: true };
    }
    if (unasked?.isKnown) return { status: 'not run', because: unasked.message };
    if (unasked !== undefined) {
      const { message: because, endsRun } = unasked;
      return { status: 'unasked', ms: took, because, endsRun };
    }
    // A check that was interrupted by the timeout proves nothing, unless it has already failed.
    if (context.signal.aborted && !(error instanceof CheckFailure)) {
      return { status: 'unasked', ms: took, because: reasonOf(context.signal), endsRun: true };
    }
    return { status: 'failed', ms: took, error, log: await logOf(check, error, own) };
  }
}

const reasonOf = ({ reason }: AbortSignal): string => causesOf(reason)[0]?.message ?? `${reason}`;

/** The outcome of a check whose required findings are missing. */
function withoutGround(missing: readonly Finding[], before: readonly Result[]): Outcome {
  const guilty = before.filter(({ check }) =>
    check.provides.some((name) => missing.includes(name)),
  );
  for (const { outcome } of guilty) {
    const { status } = outcome;
    if (status === 'unasked' || status === 'not run') {
      return { status: 'not run', because: outcome.because };
    }
  }
  const [first] = guilty;
  // A door lacks what this builds on as well.
  if (
    first?.outcome.status === 'skipped' &&
    guilty.every(({ outcome: { status } }) => status === 'skipped')
  ) {
    return first.outcome;
  }
  const titles = guilty.map(({ check, outcome }) =>
    outcome.status === 'failed' ? `${check.title} failed` : `${check.title} did not run`,
  );
  const because = titles.join(', ') || `nothing provided ${missing.join(', ')}`;
  return { status: 'blocked', because };
}

async function logOf(
  { endpoint, event }: Check,
  error: unknown,
  { apiGateway, target, signal }: CheckContext & { apiGateway: APIGatewayClient },
): Promise<string[]> {
  const { path } = endpoint === undefined ? (event ?? {}) : endpointOf(endpoint);
  if (path === undefined || signal.aborted || target.stack === undefined) return [];
  if (!(error instanceof CheckFailure) || error.exchange === undefined) return [];
  return mappingLog(apiGateway, target, path, error.exchange);
}

/** The checks of these names, and those that they build on. */
export function only(checks: Checks, names: readonly string[]): Checks {
  const wanted = new Set(names);
  for (const name of wanted) {
    for (const need of checks[name]?.requires ?? []) {
      for (const [provider, check] of Object.entries(checks)) {
        if (check.provides.includes(need)) wanted.add(provider);
      }
    }
  }
  return Object.fromEntries(Object.entries(checks).filter(([name]) => wanted.has(name)));
}

/** The checks for a run that keeps its stream: none deletes it or expects it to be deleted. */
export function withoutDeletion(checks: Checks): Checks {
  const isAboutGone = ({ provides, requires }: Check) =>
    [...provides, ...requires].includes('gone');
  const kept = ([name, check]: [string, Check]) => [
    name,
    isAboutGone(check) ? { ...check, skipReason: () => '--keep keeps the stream' } : check,
  ];
  return Object.fromEntries(Object.entries(checks).map(kept));
}
