import { execFileSync } from 'node:child_process';

const git = (root: string, command: string, ...options: string[]): string[] =>
  execFileSync('git', ['-C', root, command, '-z', ...options], { encoding: 'utf8', stdio: 'pipe' })
    .split('\0')
    .filter(Boolean);

/** Files of a checkout as Git knows them, those that are not committed yet as well. */
export const filesOf = (root: string): string[] =>
  git(root, 'ls-files', '--cached', '--others', '--exclude-standard');

/**
 * Files that differ from a commit, by path from the root with slashes: changed, new or deleted.
 * @param since anything that Git takes for a commit
 * @throws Error with Git's words, when there is no such commit
 */
export function changedFiles(root: string, since = 'HEAD'): string[] {
  return [
    ...git(root, 'diff', '--name-only', '--no-renames', '--relative', '--end-of-options', since),
    ...git(root, 'ls-files', '--others', '--exclude-standard'),
  ];
}
