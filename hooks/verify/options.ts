import type { Options } from '../framework';
import { exitWith } from '../process/exit-code';
import { reportFiles, requireWritable } from './reports/write';

/** Options of `verify`, most of which `deploy` passes on to the verification after it. */
export const VERIFY_OPTIONS = {
  report: { usage: 'Write the report to these files, .json or .xml (JUnit)', type: 'string' },
  keep: { usage: 'Keep the throw-away stream, and print how to delete it', type: 'boolean' },
  'read-only': { usage: 'Run only the checks that write to no stream', type: 'boolean' },
  'allow-protected': { usage: 'Verify a protected stage with all checks', type: 'boolean' },
} as const;

/**
 * Creates the reports' folders.
 * @throws HookError for a report that could not be written afterwards
 */
export async function requireReports({ report }: Options): Promise<void> {
  try {
    await requireWritable(reportFiles(report));
  } catch (error) {
    exitWith('couldNotStart');
    throw error;
  }
}
