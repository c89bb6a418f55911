import type { Report } from '../verify';
import { failedOf } from '../verify';

/** How a run ended, in the words of pipelines. */
export type Verdict = 'passed' | 'failed' | 'interrupted';

export function verdictOf(report: Report): Verdict {
  if (report.interrupted) return 'interrupted';
  return failedOf(report).length > 0 ? 'failed' : 'passed';
}

/** How many checks ended in which way. */
export function counts({ results }: Report) {
  const of = (status: string) => results.filter(({ outcome }) => outcome.status === status).length;
  return {
    passed: of('passed'),
    failed: of('failed'),
    skipped: of('skipped'),
    leftOut: of('left out'),
  };
}
