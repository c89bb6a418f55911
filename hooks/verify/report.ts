import type { Target } from '../stage/target';
import { CheckFailure } from './check';
import { evidence } from './diagnosis';
import type { Outcome, Result } from './run-checks';

const MARKS: Readonly<Record<Outcome['status'], string>> = {
  passed: '✔',
  failed: '✖',
  unasked: '?',
  'not run': '–',
  skipped: '–',
  'left out': '·',
};

/**
 * A check's line, and under a failed one what was sent and what came back. What is left out or not run
 * has none: see `leftOut` and `notRun`.
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
      return `${mark} ${check.title} (${name})  could not be asked: ${outcome.because}`;
    case 'skipped':
      return `${mark} ${check.title}  skipped: ${outcome.because}`;
    case 'not run':
    case 'left out':
      return undefined;
    case 'failed':
      return [
        `${mark} ${check.title} (${name})  ${milliseconds(outcome.ms)}`,
        ...failure(outcome, target).map((text) => `    ${text}`),
      ].join('\n');
  }
}

/** What is to be said of a failed check, in lines; the first says what was wrong. */
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

/** One line on all checks for which there is nothing on this stage, or undefined. */
export const leftOut = (results: readonly Result[]): string | undefined => {
  const told = reasons(results, 'left out').map(
    ([because, count]) => `${count} because ${because}`,
  );
  return told.length === 0 ? undefined : `${MARKS['left out']} Left out: ${told.join(', ')}`;
};

/** A line for each cause that kept checks from running, or undefined. */
export const notRun = (results: readonly Result[]): string | undefined => {
  const told = reasons(results, 'not run').map(
    ([because, count]) =>
      `${MARKS['not run']} Not run: ${count} ${count === 1 ? 'check' : 'checks'}. ${because}`,
  );
  return told.length === 0 ? undefined : told.join('\n');
};

/** Each reason for an outcome, and how many checks it is the reason of. */
function reasons(results: readonly Result[], status: 'left out' | 'not run'): [string, number][] {
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
