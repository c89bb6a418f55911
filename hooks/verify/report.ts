import type { Target } from '../stage/target';
import { CheckFailure } from './check';
import { evidence } from './diagnosis';
import type { Outcome, Result } from './run-checks';

const MARKS: Readonly<Record<Outcome['status'], string>> = {
  passed: '✔',
  failed: '✖',
  unasked: '?',
  'not run': '–',
  blocked: '–',
  skipped: '·',
};

/**
 * The line of a check, and under a failed one the request and its answer. Checks that were skipped or
 * not run have no line of their own: see `skippedLine` and `notRunLines`.
 */
export function line({ name, check, outcome }: Result, target: Target): string | undefined {
  const mark = MARKS[outcome.status];
  switch (outcome.status) {
    case 'passed':
      return [
        `${mark} ${check.title}  ${milliseconds(outcome.ms)}`,
        ...(outcome.notes ?? []).map((text) => `    ${text}`),
      ].join('\n');
    case 'unasked':
      return `${mark} ${check.title} (${name})  could not be checked: ${outcome.because}`;
    case 'blocked':
      return `${mark} ${check.title}  blocked: ${outcome.because}`;
    case 'not run':
    case 'skipped':
      return undefined;
    case 'failed':
      return [
        `${mark} ${check.title} (${name})  ${milliseconds(outcome.ms)}`,
        ...failure(outcome, target).map((text) => `    ${text}`),
      ].join('\n');
  }
}

/** The lines of a failed check; the first says what is wrong. */
export function failure(
  { error, log }: Extract<Outcome, { status: 'failed' }>,
  target: Target,
): string[] {
  if (!(error instanceof CheckFailure)) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
  const shown = error.exchange === undefined ? [] : evidence(error.exchange, target);
  return [...error.message.split('\n'), ...shown, ...log];
}

/** One line for all checks that do not apply to this stage: `Skipped: 9 (open stage)`. */
export function skippedLine(results: readonly Result[]): string | undefined {
  const counted = reasons(results, 'skipped').map(([because, count]) => `${count} (${because})`);
  return counted.length === 0 ? undefined : `${MARKS.skipped} Skipped: ${counted.join(', ')}`;
}

/** One line for each cause that kept checks from running. */
export function notRunLines(results: readonly Result[]): string | undefined {
  const lines = reasons(results, 'not run').map(
    ([because, count]) =>
      `${MARKS['not run']} Not run: ${count} ${count === 1 ? 'check' : 'checks'}. ${because}`,
  );
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** A warning about a stage that was verified without a token: this much is not known. */
export function withoutTokenLine(results: readonly Result[]): string | undefined {
  const count = lackingToken(results);
  if (count === 0) return undefined;
  const all = results.length;
  return `${count} of ${all} checks were not asked, for want of a token: whether callers with one are served well is not known. More: docs/verification.md#tokens`;
}

/** How many checks were left out because there is no token. */
export const lackingToken = (results: readonly Result[]): number =>
  results.filter(({ outcome }) => outcome.status === 'skipped' && outcome.lacksToken).length;

/** Each reason for an outcome, with the number of checks that it applies to. */
function reasons(results: readonly Result[], status: 'skipped' | 'not run'): [string, number][] {
  const counts = new Map<string, number>();
  for (const { outcome } of results) {
    if (outcome.status !== status) continue;
    counts.set(outcome.because, (counts.get(outcome.because) ?? 0) + 1);
  }
  return [...counts];
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}
