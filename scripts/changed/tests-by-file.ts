import path from 'node:path';
import { foldersOf, isSource, NamedFiles } from './named-files';

const isTest = (file: string): boolean => /(^|\/)test\/.*\.test\.ts$/.test(file);

/** The tests of a checkout, by the files that they import, read and name. */
export class TestsByFile {
  readonly #files: ReadonlySet<string>;
  /** Modules that name a file or a folder. */
  readonly #users = new Map<string, string[]>();

  /**
   * @param files all files of the checkout, by path from its root with slashes
   * @param gone files that are no longer there, which others may name still
   */
  constructor(root: string, files: readonly string[], gone: readonly string[] = []) {
    this.#files = new Set(files);
    const names = new NamedFiles(root, files, gone);
    for (const module of files.filter(isSource)) {
      for (const file of names.namedBy(module)) {
        const others = this.#users.get(file);
        if (others) others.push(module);
        else this.#users.set(file, [module]);
      }
    }
  }

  /**
   * Tests that a change concerns, by the number of steps between them: 0 for the file itself, or the
   * test that mirrors it; 1 for one that imports it or names it; 2 for one whose import does,
   * or that names its folder; and so on.
   */
  concernedBy(changed: string): Map<string, number> {
    const mirrors = [...this.#files].filter((file) => isMirror(file, changed));
    const steps = new Map([changed, ...mirrors].map((file) => [file, 0]));
    const folders = foldersOf(changed);
    let reached = [changed];
    for (let step = 1; reached.length > 0 || folders.length > 0; step += 1) {
      const users = new Set(reached.flatMap((file) => this.#users.get(file) ?? []));
      const further = [...users].filter((file) => !steps.has(file));
      for (const file of further) steps.set(file, step);
      reached = [...further.filter((file) => !isTest(file)), ...folders.splice(0, 1)];
    }
    return new Map([...steps].filter(([file]) => isTest(file) && this.#files.has(file)));
  }
}

/** Tests mirror the rooms: `hooks/x/y.ts` has `test/hooks/x/y.test.ts`. */
function isMirror(test: string, file: string): boolean {
  if (!isTest(test)) return false;
  const { dir, name } = path.posix.parse(file.replace(/^packages\/[^/]+\/src\//, ''));
  return test.endsWith(`test/${path.posix.join(dir, name)}.test.ts`);
}
