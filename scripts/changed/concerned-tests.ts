import path from 'node:path';
import { foldersOf, isSource, NamedFiles } from './named-files';

export const isTest = (file: string): boolean => /(^|\/)test\/.*\.test\.ts$/.test(file);

/**
 * Tests that changed files concern, by the number of steps between them: 0 for the test that changed,
 * or mirrors the file; 1 for one that imports it, or names it or its folder to read it; 2 for one
 * whose import does.
 * @param files all files of the checkout, by path from its root with slashes
 */
export function concernedTests(
  root: string,
  files: readonly string[],
  changed: readonly string[],
): Map<string, number> {
  const known = [...new Set([...files, ...changed])];
  const users = usersByFile(root, files, known);
  const steps = new Map(changed.map((file) => [file, 0]));
  for (const mirror of known.filter((file) => isMirror(file, changed))) steps.set(mirror, 0);
  let reached = changed.flatMap((file) => [file, ...foldersOf(file)]);
  for (let step = 1; reached.length > 0; step += 1) {
    const next = new Set(reached.flatMap((file) => users.get(file) ?? []));
    const further = [...next].filter((file) => !steps.has(file));
    for (const file of further) steps.set(file, step);
    reached = further.filter((file) => !isTest(file));
  }
  const existing = new Set(files);
  return new Map([...steps].filter(([file]) => isTest(file) && existing.has(file)));
}

function usersByFile(root: string, files: readonly string[], known: readonly string[]) {
  const names = new NamedFiles(root, known);
  const users = new Map<string, string[]>();
  for (const module of files.filter(isSource)) {
    for (const file of names.namedBy(module)) {
      const others = users.get(file);
      if (others) others.push(module);
      else users.set(file, [module]);
    }
  }
  return users;
}

/** Tests mirror the rooms: `hooks/x/y.ts` has `test/hooks/x/y.test.ts`. */
function isMirror(test: string, changed: readonly string[]): boolean {
  if (!isTest(test)) return false;
  return changed.some((file) => {
    const { dir, name } = path.posix.parse(file.replace(/^packages\/[^/]+\/src\//, ''));
    return test.endsWith(`test/${path.posix.join(dir, name)}.test.ts`);
  });
}
