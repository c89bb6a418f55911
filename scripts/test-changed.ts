/**
 * Tests a change in seconds: `npm run test:changed`, or `npm run test:changed -- main` for all since
 * a commit. Types are checked as a whole, the changed files are linted, and of the tests that the
 * change concerns the nearest run, as many as answer in time; `--all` runs all of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { changedFiles, filesOf } from './changed/changed-files';
import { choose } from './changed/choice';
import { TestsByFile } from './changed/tests-by-file';

const { knownTimes } = require('dev-kit/jest/times.cjs') as {
  knownTimes: (root: string) => Record<string, number>;
};

const ROOT = path.join(__dirname, '..');
/** For the tests, of the ten seconds until all has answered. */
const SECONDS_A_WORKER = 3;
/** Names of tests that are left for another run: the nearest ones. */
const NAMED = 20;

/** A program of a package, by the same Node on every system. */
const programs = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  jest: 'jest/bin/jest.js',
} as const;

/** Runs it. Its output is shown at once, or else when it failed. */
async function succeeds(
  program: keyof typeof programs,
  options: readonly string[],
  { atOnce = false } = {},
): Promise<boolean> {
  const file = path.join(ROOT, 'node_modules', programs[program]);
  const child = spawn(process.execPath, [file, ...options], {
    cwd: ROOT,
    stdio: atOnce ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0 && output !== '') process.stderr.write(output);
  return code === 0;
}

async function main(): Promise<boolean> {
  const options = process.argv.slice(2);
  const runsAll = options.includes('--all');
  const [since] = options.filter((option) => option !== '--all');

  const present = (file: string) => existsSync(path.join(ROOT, file));
  const changed = changedFiles(ROOT, since);
  if (changed.length === 0) {
    console.log('Nothing has changed. To test what others changed: npm run test:changed -- COMMIT');
    return true;
  }
  // Types first: they take longest, and the tests are found meanwhile.
  const checks = [
    succeeds('tsc', []),
    succeeds('tsc', ['-p', path.join('hooks', 'viewer', 'page')]),
    succeeds('biome', [
      'check',
      '--no-errors-on-unmatched',
      '--files-ignore-unknown=true',
      ...changed.filter(present),
    ]),
  ];
  const files = filesOf(ROOT).filter(present);
  const gone = changed.filter((file) => !present(file));
  const tests = new TestsByFile(ROOT, files, gone);
  const concerned = changed.map((file) => tests.concernedBy(file));
  const budget = runsAll ? Number.POSITIVE_INFINITY : SECONDS_A_WORKER * os.availableParallelism();
  const { run, left } = runsAll
    ? { run: [...new Set(concerned.flatMap((each) => [...each.keys()]))], left: [] }
    : choose(concerned, knownTimes(ROOT), budget);
  console.log(`Files changed: ${changed.length}. Tests of ${run.length} files run.`);
  const passed =
    run.length === 0 || (await succeeds('jest', ['--runTestsByPath', ...run], { atOnce: true }));
  const checked = await Promise.all(checks);
  for (const line of notRun(left)) console.log(line);
  const [types, pageTypes, lint] = checked;
  if (!types || !pageTypes) console.error('\nThe types are not right: see above.');
  if (!lint) console.error('\nLint has findings: see above. npm run format mends most.');
  return passed && checked.every(Boolean);
}

/** Says which tests the change concerns as well, and how they are run. */
function notRun(left: readonly string[]): string[] {
  if (left.length === 0) return [];
  const more = left.length - NAMED;
  return [
    `\nThe change concerns ${left.length} more files of tests, the nearest first. To run them: npm run test:changed -- --all`,
    ...left.slice(0, NAMED).map((file) => `  npx jest ${file}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

main().then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
