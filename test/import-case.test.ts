import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// macOS and Windows find a file whatever the case of an import, Linux does not: what works there must
// work here, and a rename in nothing but case must reach every import.

const ROOT = path.join(__dirname, '..');
const LEFT_OUT = new Set(['.git', 'node_modules', '.venv', '.serverless', '.esbuild', 'dist']);
const SOURCE = /\.[cm]?[jt]s$/;
const IMPORT = /\b(?:from|import|import\(|require\(|resolve\() ?'(\.{1,2}\/[^'\n]+)'/g;
/** An import names a file, or leaves its end out. */
const ENDS = ['', '.ts', '.cjs', '.js', '.json', '/index.ts'];

/** Files under a folder, with slashes whatever the system. */
function filesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.has(name))
    .flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesIn(name) : [name];
    });
}

test('every import of a file is in the case of its name', () => {
  const files = filesIn('.');
  const exact = new Set(files);
  const byLowerCase = new Map(files.map((file) => [file.toLowerCase(), file]));
  const wrong: string[] = [];
  let right = 0;

  for (const file of files.filter((name) => SOURCE.test(name))) {
    for (const [, specifier = ''] of readFileSync(path.join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const target = path.posix.join(path.posix.dirname(file), specifier);
      const candidates = ENDS.map((end) => target + end);
      if (candidates.some((candidate) => exact.has(candidate))) right += 1;
      else {
        const meant = candidates.map((each) => byLowerCase.get(each.toLowerCase())).find(Boolean);
        if (meant !== undefined) wrong.push(`${file} imports '${specifier}', which is ${meant}`);
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(2000);
});
