import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Git for Windows proposes core.autocrlf=true: with CR in its templates a checkout would deploy
// another API than everybody else's.

const ROOT = path.join(__dirname, '..');
const COPIED = ['.gitattributes', 'templates', 'resources', 'docs', 'serverless.ts', 'streams.ts'];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  const original = path.join(folder, 'original');
  for (const name of COPIED) {
    cpSync(path.join(ROOT, name), path.join(original, name), { recursive: true });
  }
  const git = (...options: string[]) => execFileSync('git', options, { cwd: original });
  git('init', '--quiet');
  git('add', '.');
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  git(...author, 'commit', '--quiet', '--message', 'original');
  git('-c', 'core.autocrlf=true', 'clone', '--quiet', original, path.join(folder, 'clone'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const filesIn = (name: string): string[] =>
  readdirSync(path.join(ROOT, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));

test.each(COPIED)('%s: a checkout with core.autocrlf has the same bytes', (name) => {
  const files = name.includes('.') ? [name] : filesIn(name);

  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const cloned = readFileSync(path.join(folder, 'clone', file));
    expect([file, cloned.equals(readFileSync(path.join(ROOT, file)))]).toEqual([file, true]);
  }
});
