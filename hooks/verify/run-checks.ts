import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { type Check, type CheckContext, CheckFailure, type Finding, type Findings } from './check';
import { mappingLog } from './diagnosis';
import { interruptionOf } from './interruption';

export type Outcome =
  | { readonly status: 'passed'; readonly ms: number }
  | {
      readonly status: 'failed';
      readonly ms: number;
      readonly error: unknown;
      /** What API Gateway's own log has to say. */
      readonly log: readonly string[];
    }
  /** Something that it builds on is broken. */
  | { readonly status: 'skipped'; readonly because: string }
  /** There is nothing to check on this stage. */
  | { readonly status: 'left out'; readonly because: string };

export interface Result {
  readonly name: string;
  readonly check: Check;
  readonly outcome: Outcome;
}

export type Checks = Readonly<Record<string, Check>>;

/**
 * Runs the checks one after another; one whose requirements no check provided is skipped. What a
 * check has begun and has to wait for is waited for only when a check builds on it. An interruption
 * ends the run without a result for what it cut off.
 * @param told called with each result as soon as there is one
 * @returns the results in the order of the checks
 */
export async function runChecks(
  checks: Checks,
  given: Omit<CheckContext, 'findings'>,
  told: (result: Result) => void,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const findings: Partial<Record<Finding, unknown>> = {};
  const context: CheckContext = { ...given, findings: findings as Partial<Findings> };
  const provide = (provided: Partial<Findings>) => {
    Object.assign(findings, provided);
  };
  const tell = (name: string, check: Check, outcome: Outcome) => {
    // Whoever ends a run has found nothing wrong with the API.
    if (interruptionOf(context.signal)) return;
    const result = { name, check, outcome };
    results.set(name, result);
    told(result);
  };
  const waiting: { readonly check: Check; readonly over: Promise<void> }[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const needed = waiting.filter((each) => providesFor(each.check, check));
    await Promise.all(needed.map(({ over }) => over));
    if (interruptionOf(context.signal)) break;
    const begun = await outcomeOf(check, context, provide, [...results.values()]);
    if (begun.status !== 'passed' || check.settle === undefined) {
      tell(name, check, begun);
    } else {
      const over = settle(check, context, provide, begun.ms).then((outcome) =>
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

async function outcomeOf(
  check: Check,
  context: CheckContext,
  provide: Provide,
  before: readonly Result[],
): Promise<Outcome> {
  const leftOut = check.leftOut?.(context.target);
  if (leftOut !== undefined) return { status: 'left out', because: leftOut };
  const missing = check.requires.filter((name) => context.findings[name] === undefined);
  if (missing.length > 0) return { status: 'skipped', because: blame(missing, before) };
  return timed(check, context, async () => provide(await check.run(context)));
}

/** @param ms that it has taken so far */
function settle(
  check: Check,
  context: CheckContext,
  provide: Provide,
  ms: number,
): Promise<Outcome> {
  return timed(check, context, async () => provide((await check.settle?.(context)) ?? {}), ms);
}

async function timed(
  check: Check,
  context: CheckContext,
  act: () => Promise<void>,
  before = 0,
): Promise<Outcome> {
  const started = performance.now();
  const ms = () => before + performance.now() - started;
  try {
    context.signal.throwIfAborted();
    await act();
    return { status: 'passed', ms: ms() };
  } catch (error) {
    const took = ms();
    return { status: 'failed', ms: took, error, log: await logOf(check, error, context) };
  }
}

/** Which checks should have provided what is missing. */
function blame(missing: readonly Finding[], before: readonly Result[]): string {
  const guilty = before.filter(({ check }) =>
    check.provides.some((name) => missing.includes(name)),
  );
  const titles = guilty.map(({ check, outcome }) =>
    outcome.status === 'failed' ? `${check.title} failed` : `${check.title} did not run`,
  );
  return titles.join(', ') || `nothing provided ${missing.join(', ')}`;
}

async function logOf(
  { action }: Check,
  error: unknown,
  { apiGateway, target, signal }: CheckContext & { apiGateway: APIGatewayClient },
): Promise<string[]> {
  if (action === undefined || signal.aborted || target.stack === undefined) return [];
  if (!(error instanceof CheckFailure) || error.exchange === undefined) return [];
  return mappingLog(apiGateway, target, action, error.exchange);
}

/** The checks that were asked for by name, and those that they build on. */
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
