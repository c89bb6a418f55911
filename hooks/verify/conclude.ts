import { exitWith } from '../exit-code';
import { HookError } from '../framework';
import { failedOf, type Report } from './verify';

/**
 * Ends a command as its verification went.
 * @param fate what became of the stage: `The stage stays as deployed`
 * @throws HookError VERIFICATION_FAILED, or TEARDOWN_INCOMPLETE when only the deletion failed
 */
export function conclude(report: Report, fate: string): void {
  const failed = failedOf(report);
  if (failed.length > 0) {
    exitWith('checkFailed');
    const passed = report.results.filter(({ outcome }) => outcome.status === 'passed').length;
    const titles = failed.map(({ check }) => check.title).join(', ');
    throw new HookError(
      'VERIFICATION_FAILED',
      `Verification failed: ${titles} (${passed} of ${report.results.length} checks passed). ${fate}; what was sent and answered is above.`,
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
