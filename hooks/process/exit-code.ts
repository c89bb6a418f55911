/** The exit codes of the verifier, for pipelines to tell apart. */
export const EXIT_CODES = {
  passed: 0,
  checkFailed: 1,
  couldNotStart: 2,
  teardownIncomplete: 3,
  incomplete: 4,
} as const;

export type ExitReason = keyof typeof EXIT_CODES;

/** Sets the code that the process will end with; the framework itself knows 0 and 1 only. */
export function exitWith(reason: ExitReason): void {
  process.once('exit', () => {
    process.exitCode = EXIT_CODES[reason];
  });
}
