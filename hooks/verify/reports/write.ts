import { constants } from 'node:fs';
import { access, appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HookError, type Options } from '../../framework';
import { exitWith } from '../../process/exit-code';
import type { Report } from '../verify';
import { githubSummary } from './github';
import { jsonReport } from './json';
import { junitReport } from './junit';

const FORMATS: Readonly<Record<string, (report: Report, after?: Report) => string>> = {
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

/**
 * Checks the option `report`.
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

/**
 * Checks that reports can be written, before hours of work depend on it. Creates their folders.
 * @throws HookError for a file that cannot be
 */
export async function requireWritable(files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      const folder = path.dirname(path.resolve(file));
      await mkdir(folder, { recursive: true });
      const there = await stat(file).catch(() => undefined);
      if (there?.isDirectory()) throw new Error('it is a folder');
      await access(there === undefined ? folder : file, constants.W_OK);
    } catch (cause) {
      throw new HookError(
        'REPORT_UNWRITABLE',
        `--report ${file} cannot be written: ${messageOf(cause)}.`,
        { cause },
      );
    }
  }
}

/**
 * Writes the report to each file, and to GitHub's step summary where there is one. What cannot be
 * written must not hide the findings.
 * @param earlier the report of the run that this one completes
 * @returns what could not be written, in words
 */
export async function writeReports(
  report: Report,
  files: readonly string[],
  earlier?: Report,
): Promise<string[]> {
  const problems: string[] = [];
  const attempt = (file: string, write: () => Promise<void>) =>
    write().catch((error: unknown) => {
      problems.push(`The report ${file} could not be written: ${messageOf(error)}.`);
    });
  const write = (file: string) => {
    const format = FORMATS[path.extname(file)];
    return (earlier ? format?.(earlier, report) : format?.(report)) ?? '';
  };
  for (const file of files) {
    const content = write(file);
    await attempt(file, () => writeFile(file, content));
  }
  const { GITHUB_STEP_SUMMARY: summary } = process.env;
  if (summary) await attempt(summary, () => appendFile(summary, githubSummary(report)));
  return problems;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
