import fs from 'node:fs';

/** Suffix of files that are being written; leftovers are ignored. */
export const DRAFT = '.draft';

/** Replaces one file with another. */
export type Rename = (from: string, to: string) => void;

/** On Windows, a virus scanner or an indexer may hold a file for a moment. */
const MAY_PASS: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'EACCES',
  'EBUSY',
  'ENOTEMPTY',
]);
const ATTEMPTS = 3;
const PAUSE_MS = 50;

/** Writes a file completely or not at all. @throws the system's error */
export function writeWhole(path: string, content: Buffer | string): void {
  const draft = `${path}${DRAFT}`;
  fs.writeFileSync(draft, content, { mode: 0o600 });
  replaceFile(draft, path);
}

/**
 * Replaces a file with another. Neither may be open in this process: Windows refuses that.
 * @throws the system's error, once a few attempts have failed
 */
export function replaceFile(from: string, to: string, rename: Rename = fs.renameSync): void {
  patiently(() => rename(from, to));
}

/**
 * Deletes a file, or a folder with all that is in it.
 * @returns false when something of it is still there
 */
export function removeWhole(path: string): boolean {
  try {
    patiently(() => fs.rmSync(path, { recursive: true, force: true }));
    return true;
  } catch {
    return false;
  }
}

/** Tries again what another program may prevent for a moment. @throws the system's error */
export function patiently<Result>(act: () => Result): Result {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return act();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (attempt === ATTEMPTS || !MAY_PASS.has(code)) throw error;
      pause(PAUSE_MS);
    }
  }
}

/** Blocks the process: the caller is in the middle of a write. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
