import { CheckFailure } from './check';
import { evidence } from './diagnosis';
import type { Outcome, Result } from './run-checks';
import type { Target } from './target';

const MARKS: Readonly<Record<Outcome['status'], string>> = {
  passed: '✔',
  failed: '✖',
  skipped: '–',
  'left out': '·',
};

/**
 * A check's line, and under a failed one what was sent and what came back. What is left out has none:
 * see `leftOut`.
 */
export function line({ name, check, outcome }: Result, target: Target): string | undefined {
  const mark = MARKS[outcome.status];
  switch (outcome.status) {
    case 'passed':
      return `${mark} ${check.title}  ${milliseconds(outcome.ms)}`;
    case 'skipped':
      return `${mark} ${check.title}  skipped: ${outcome.because}`;
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
export function leftOut(results: readonly Result[]): string | undefined {
  const reasons = new Map<string, number>();
  for (const { outcome } of results) {
    if (outcome.status !== 'left out') continue;
    reasons.set(outcome.because, (reasons.get(outcome.because) ?? 0) + 1);
  }
  if (reasons.size === 0) return undefined;
  const told = [...reasons].map(([because, count]) => `${count} because ${because}`);
  return `${MARKS['left out']} Left out: ${told.join(', ')}`;
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}
