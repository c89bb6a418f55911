import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BenchError, type Measurement, type Outcome } from 'dev-kit/bench/measurement';
import { onExit } from 'dev-kit/bench/processes/cleanup';
import { run } from 'dev-kit/bench/processes/run';
import { number } from 'dev-kit/bench/report/table';

const ROOT = path.join(__dirname, '..', '..');

/** A file of each kind that people change, and a comment in its language. */
const CHANGES = [
  { kind: 'a source', file: 'resources/errors.ts', comment: '// changed' },
  { kind: 'a hook', file: 'hooks/verify/check.ts', comment: '// changed' },
  { kind: 'a template', file: 'templates/PutRecord.request.vtl', comment: '## changed' },
  { kind: 'the viewer', file: 'hooks/viewer/page/style.css', comment: '/* changed */' },
  { kind: 'a page', file: 'docs/events.md', comment: '<!-- changed -->' },
] as const;

/** How long it takes until the tests of a changed file have answered. */
export const change: Measurement = {
  name: 'change',
  title: 'A change of one file',
  how: '`npm run test:changed` after a comment was added to one file, type check and lint included. It changes files of this checkout and restores them, so it wants one without changes of yours.',
  mostSeconds: 55,
  async run({ progress, quick }): Promise<Outcome> {
    if (isDirty()) {
      return {
        tables: [],
        figures: {},
        notes: ['Not measured: this checkout has changes. Commit them and run it again.'],
      };
    }
    const found: (readonly [string, Answer])[] = [];
    for (const { kind, file, comment } of quick ? CHANGES.slice(0, 1) : CHANGES) {
      progress(`a change of ${file}`);
      found.push([`${kind}: ${file}`, await tested(file, comment)]);
    }
    return {
      tables: [
        {
          header: ['changed', 'answered after', 'the tests'],
          rows: found.map(([what, { seconds, ok }]) => [
            what,
            `${number(seconds)} s`,
            ok ? 'passed' : 'failed',
          ]),
        },
      ],
      figures: { 'change.seconds': longest(found.map(([, answer]) => answer)) },
    };
  },
};

/** Of tests that failed, or could not run, no time counts. */
const longest = (answers: readonly Answer[]): number =>
  answers.every(({ ok }) => ok) ? Math.max(...answers.map(({ seconds }) => seconds)) : Number.NaN;

const isDirty = (): boolean =>
  execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' }).trim() !== '';

interface Answer {
  readonly seconds: number;
  readonly ok: boolean;
}

/** @throws BenchError for a file that is not there */
async function tested(name: string, comment: string): Promise<Answer> {
  const file = path.join(ROOT, name);
  if (!existsSync(file)) throw new BenchError(`There is no ${name} to change.`);
  const before = readFileSync(file);
  const restore = () => writeFileSync(file, before);
  const release = onExit(restore);
  try {
    appendFileSync(file, `${comment}\n`);
    const started = performance.now();
    const { ok } = await run('npm', ['run', '--silent', 'test:changed'], ROOT);
    return { seconds: (performance.now() - started) / 1000, ok };
  } finally {
    release();
    restore();
  }
}
