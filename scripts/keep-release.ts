/**
 * Writes test/fixtures/releases/<version>.json: the templates that a release deploys. Every later
 * version must update stages that were deployed with them (test/end-to-end/upgrade.test.ts). Run it
 * when the version in package.json is the one to be released, before its tag:
 *
 *   npx tsx scripts/keep-release.ts [folder of another checkout, with its dependencies]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RELEASED_STAGES, type Release, type ReleasedStage } from '../test/support/releases';

const TARGET = path.join(__dirname, '..', 'test', 'fixtures', 'releases');
/** The framework's name for the template that it deploys. */
const TEMPLATE = 'cloudformation-template-update-stack.json';

/** The template of a stage, as the checkout's own command line packages it. */
function packaged(folder: string, { stage, parameters }: ReleasedStage): unknown {
  const cli = createRequire(path.join(folder, 'package.json')).resolve(
    'serverless/bin/serverless.js',
  );
  const target = mkdtempSync(path.join(tmpdir(), 'release-'));
  const given = Object.entries(parameters).flatMap(([name, value]) => [
    '--param',
    `${name}=${value}`,
  ]);
  try {
    const args = [cli, 'package', '--stage', stage, '--package', target, ...given];
    execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return JSON.parse(readFileSync(path.join(target, TEMPLATE), 'utf8'));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

function keep(folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' });
  const stages = Object.fromEntries(
    Object.entries(RELEASED_STAGES).map(([name, stage]) => [
      name,
      { ...stage, template: packaged(folder, stage) },
    ]),
  );
  const release = { version, commit: commit.trim(), stages } as Release;
  const file = path.join(TARGET, `${version}.json`);
  mkdirSync(TARGET, { recursive: true });
  writeFileSync(file, `${JSON.stringify(release)}\n`);
  return file;
}

const [, , folder = path.join(__dirname, '..')] = process.argv;
console.log(`Templates to ${path.relative(process.cwd(), keep(path.resolve(folder)))}`);
