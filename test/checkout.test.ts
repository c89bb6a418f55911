import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The repository on other systems. Git for Windows proposes core.autocrlf=true: with CR in its templates
// a checkout would deploy another API than everybody else's.

const ROOT = path.join(__dirname, '..');

let folder: string;
let files: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  const original = path.join(folder, 'original.git');
  const git = (...options: string[]) =>
    execFileSync('git', options, { cwd: ROOT, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  git('init', '--quiet', '--bare', original);
  // Also where this is no checkout, but an archive.
  const here = (...options: string[]) =>
    git('--git-dir', original, '-c', 'core.bare=false', '--work-tree', ROOT, ...options);
  here('add', '.');
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  here(...author, 'commit', '--quiet', '--message', 'all');
  git('-c', 'core.autocrlf=true', 'clone', '--quiet', original, path.join(folder, 'clone'));
  files = here('ls-files', '-z').split('\0').slice(0, -1);
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test('a checkout with core.autocrlf has the same bytes in every file', () => {
  const differing = files.filter((file) => {
    const cloned = readFileSync(path.join(folder, 'clone', file));
    return !cloned.equals(readFileSync(path.join(ROOT, file)));
  });

  expect(files).toContain('templates/CreateStream.request.vtl');
  expect(differing).toEqual([]);
});

/** https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file */
const REFUSED_BY_WINDOWS = {
  'a character that no name has': /[<>:"|?*\\\p{Cc}]/u,
  'a device': /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i,
  'a dot or a space at its end': /[. ]$/,
};

test.each(Object.entries(REFUSED_BY_WINDOWS))(
  'no name has what Windows refuses: %s',
  (_, refused) => {
    expect(files.filter((file) => file.split('/').some((name) => refused.test(name)))).toEqual([]);
  },
);

test('no two names, of folders either, are one where case and composition do not count', () => {
  const spellings = new Map<string, Set<string>>();
  for (const file of files) {
    for (let name = file; name !== '.'; name = path.posix.dirname(name)) {
      const key = name.normalize('NFC').toLowerCase();
      spellings.set(key, (spellings.get(key) ?? new Set()).add(name));
    }
  }

  expect([...spellings.values()].filter(({ size }) => size > 1)).toEqual([]);
});

test('every path fits into the 260 characters of Windows, with as many again for where it is', () => {
  expect(files.filter((file) => file.length > 130)).toEqual([]);
});
