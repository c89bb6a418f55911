import type { Report } from '../verify';
import { causeOf, failedOf } from '../verify';

/** How a run ended. In an incomplete one nothing failed, but not everything could be checked. */
export type Verdict = 'passed' | 'failed' | 'incomplete' | 'interrupted';

export function verdictOf(report: Report): Verdict {
  if (report.interrupted) return 'interrupted';
  if (failedOf(report).length > 0) return 'failed';
  return causeOf(report) === undefined ? 'passed' : 'incomplete';
}

/** How many checks ended in which way. */
export function counts({ results }: Report) {
  const of = (status: string) => results.filter(({ outcome }) => outcome.status === status).length;
  return {
    passed: of('passed'),
    failed: of('failed'),
    unasked: of('unasked'),
    notRun: of('not run'),
    blocked: of('blocked'),
    skipped: of('skipped'),
  };
}
