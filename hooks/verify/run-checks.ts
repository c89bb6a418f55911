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
 * Runs the checks one after another; one whose requirements no check provided is skipped. An
 * interruption ends the run without a result for what it cut off.
 * @param told called with each result as soon as there is one
 */
export async function runChecks(
  checks: Checks,
  given: Omit<CheckContext, 'findings'>,
  told: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const findings: Partial<Record<Finding, unknown>> = {};
  const context: CheckContext = { ...given, findings: findings as Partial<Findings> };
  for (const [name, check] of Object.entries(checks)) {
    const outcome = await outcomeOf(
      check,
      context,
      (provided) => {
        Object.assign(findings, provided);
      },
      results,
    );
    // Whoever ends a run has found nothing wrong with the API.
    if (interruptionOf(context.signal)) break;
    const result = { name, check, outcome };
    results.push(result);
    told(result);
  }
  return results;
}

async function outcomeOf(
  check: Check,
  context: CheckContext,
  provide: (findings: Partial<Findings>) => void,
  before: readonly Result[],
): Promise<Outcome> {
  const leftOut = check.leftOut?.(context.target);
  if (leftOut !== undefined) return { status: 'left out', because: leftOut };
  const missing = check.requires.filter((name) => context.findings[name] === undefined);
  if (missing.length > 0) return { status: 'skipped', because: blame(missing, before) };
  const started = performance.now();
  const ms = () => performance.now() - started;
  try {
    context.signal.throwIfAborted();
    provide(await check.run(context));
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
