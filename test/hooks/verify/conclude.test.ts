import { EXIT_CODES } from '../../../hooks/process/exit-code';
import type { Check } from '../../../hooks/verify/check';
import { conclude } from '../../../hooks/verify/conclude';
import type { Outcome } from '../../../hooks/verify/run-checks';
import type { Report } from '../../../hooks/verify/verify';

const LONG = 'PUT /streams/{stream-name}/records: a title that goes on and on, and then some more';

const failed: Outcome = { status: 'failed', ms: 1, error: new Error('no'), log: [] };
const unasked: Outcome = { status: 'unasked', ms: 1, because: 'Kinesis does not answer' };
const notRun: Outcome = { status: 'not run', because: 'Kinesis does not answer' };
const skipped: Outcome = { status: 'skipped', because: 'not here' };
const passed: Outcome = { status: 'passed', ms: 1 };

function report(outcomes: readonly Outcome[], teardown: Report['teardown'] = 'complete'): Report {
  const results = outcomes.map((outcome, index) => ({
    name: `Check${index}`,
    check: { title: LONG } as Check,
    outcome,
  }));
  return {
    results,
    teardown,
    stream: 'verify-dev-1',
    target: { stage: 'dev' },
  } as unknown as Report;
}

/** A command's last message and exit code. */
function endOf(one: Report): { readonly message: string; readonly code: number | undefined } {
  const before = process.listeners('exit');
  const { exitCode } = process;
  let message = '';
  try {
    conclude(one, 'The stage stays as deployed');
  } catch (error) {
    message = error instanceof Error ? error.message : '';
  }
  for (const listener of process.listeners('exit')) {
    if (before.includes(listener)) continue;
    process.removeListener('exit', listener);
    listener(0);
  }
  const code = process.exitCode;
  process.exitCode = exitCode;
  return { message, code: typeof code === 'number' ? code : undefined };
}

test('all well says nothing', () => {
  expect(endOf(report([passed, skipped])).message).toBe('');
});

test.each([
  [1, ', 1 of 3 checks. The stage stays as deployed; details above.'],
  [40, ' and 39 more, 40 of 42 checks. The stage stays as deployed; details above.'],
])('%d failed checks: how many, the first, where the rest is, in a line', (count, end) => {
  const outcomes = [passed, skipped, ...Array<Outcome>(count).fill(failed), notRun];
  const { message, code } = endOf(report(outcomes));

  expect(message).toContain('Verification failed: PUT /streams/{stream-name}/records: a title');
  expect(message).toContain(end);
  expect(message).not.toContain('\n');
  expect(message.length).toBeLessThan(160);
  expect(code).toBe(EXIT_CODES.checkFailed);
});

test('what could not be asked has a cause and a code of its own', () => {
  const { message, code } = endOf(report([passed, unasked, notRun, notRun], { failed: 'no' }));

  expect(message).toBe(
    'Verification is incomplete: 3 of 4 checks could not run, none failed. Kinesis does not answer. The stage stays as deployed.',
  );
  expect(code).toBe(EXIT_CODES.incomplete);
});

test('a stream that is left has its own, too', () => {
  const { message, code } = endOf(report([passed], { failed: 'no' }));
  expect(message).toContain('verify-dev-1 could not be deleted');
  expect(code).toBe(EXIT_CODES.teardownIncomplete);
});
