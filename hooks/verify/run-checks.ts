import type { Check, CheckContext, CheckName } from './check';
import { interruptionOf } from './interruption';

export type Outcome =
  | { readonly status: 'passed'; readonly ms: number }
  | { readonly status: 'failed'; readonly ms: number; readonly error: unknown }
  | { readonly status: 'skipped'; readonly because: readonly CheckName[] };

export interface Result {
  readonly name: CheckName;
  readonly check: Check;
  readonly outcome: Outcome;
}

/**
 * Runs the checks one after another; a check whose requirement did not pass is skipped. An
 * interruption ends the run without a result for what it cut off.
 * @param told called with each result as soon as there is one
 */
export async function runChecks(
  checks: Readonly<Record<CheckName, Check>>,
  context: CheckContext,
  told: (result: Result) => void,
): Promise<Result[]> {
  const results = new Map<CheckName, Result>();
  for (const [name, check] of Object.entries(checks) as [CheckName, Check][]) {
    const because = check.requires.filter(
      (required) => results.get(required)?.outcome.status !== 'passed',
    );
    const outcome: Outcome =
      because.length > 0 ? { status: 'skipped', because } : await runOne(check, context);
    // Whoever ends a run has found nothing wrong with the API.
    if (interruptionOf(context.signal)) break;
    const result = { name, check, outcome };
    results.set(name, result);
    told(result);
  }
  return [...results.values()];
}

async function runOne(check: Check, context: CheckContext): Promise<Outcome> {
  const started = performance.now();
  try {
    context.signal.throwIfAborted();
    await check.run(context);
    return { status: 'passed', ms: performance.now() - started };
  } catch (error) {
    return { status: 'failed', ms: performance.now() - started, error };
  }
}
