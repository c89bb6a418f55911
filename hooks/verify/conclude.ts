import { HookError } from '../framework';
import { exitWith } from '../process/exit-code';
import { counts } from './reports/summary';
import { causeOf, failedOf, notRunOf, type Report, unaskedOf } from './verify';

/**
 * Ends a command as its verification went.
 * @param fate what became of the stage: `The stage stays as deployed`
 * @throws HookError VERIFICATION_FAILED, VERIFICATION_INCOMPLETE when nothing failed and not all could
 * be checked, or TEARDOWN_INCOMPLETE when only the deletion failed
 */
export function conclude(report: Report, fate: string): void {
  const [first, ...others] = failedOf(report);
  if (first !== undefined) {
    exitWith('checkFailed');
    const count = others.length + 1;
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    throw new HookError(
      'VERIFICATION_FAILED',
      `Verification failed: ${short(first.check.title)}${more}, ${count} of ${ran(report)} checks. ${fate}; details above.`,
    );
  }
  const cause = causeOf(report);
  if (cause !== undefined) {
    exitWith('incomplete');
    const open = unaskedOf(report).length + notRunOf(report).length;
    throw new HookError(
      'VERIFICATION_INCOMPLETE',
      `Verification is incomplete: ${open} of ${ran(report)} checks could not run, none failed. ${cause}. ${fate}.`,
    );
  }
  if (typeof report.teardown === 'string') return;
  exitWith('teardownIncomplete');
  throw new HookError(
    'TEARDOWN_INCOMPLETE',
    `All checks passed, but the throw-away stream ${report.stream} could not be deleted. Delete it with: npx serverless sweep --stage ${report.target.stage} --older-than 0s --delete`,
    { cause: report.teardown.failed },
  );
}

/** The checks that there are on this stage. */
const ran = (report: Report) => report.results.length - counts(report).skipped;

/** The message is one line, and begins and ends with what matters more than the end of a long title. */
const short = (title: string) => (title.length <= 60 ? title : `${title.slice(0, 59).trimEnd()}…`);
