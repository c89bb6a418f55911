import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HookError } from '../../framework';
import type { Report } from '../verify';
import { githubSummary } from './github';
import { jsonReport } from './json';
import { junitReport } from './junit';

const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  '.json': jsonReport,
  '.xml': junitReport,
};

/**
 * The files of `--report out.json,out.xml`.
 * @throws HookError for a name that says no format
 */
export function reportFiles(option: string | undefined): string[] {
  const files = (option ?? '').split(',').filter((name) => name !== '');
  const unknown = files.find((name) => FORMATS[path.extname(name)] === undefined);
  if (unknown === undefined) return files;
  throw new HookError(
    'REPORT_FORMAT_UNKNOWN',
    `--report ${unknown}: the file's name says the format, ${Object.keys(FORMATS).join(' or ')} (JUnit). Several files are separated by commas.`,
  );
}

/** Writes the report to each file, and to GitHub's step summary where there is one. */
export async function writeReports(report: Report, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, FORMATS[path.extname(file)]?.(report) ?? '');
  }
  const { GITHUB_STEP_SUMMARY: summary } = process.env;
  if (summary) await appendFile(summary, githubSummary(report));
}
