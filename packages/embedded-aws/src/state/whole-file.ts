import fs from 'node:fs';

/** Ends the names of files that are being written; what is left of them means nothing. */
export const DRAFT = '.draft';

/** Puts one file in another's place. */
export type Rename = (from: string, to: string) => void;

/** On Windows, a virus scanner or an indexer may hold a file for a moment. */
const MAY_PASS: ReadonlySet<string | undefined> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const ATTEMPTS = 3;
const PAUSE_MS = 50;

/** Writes a file so that it is there whole or not at all. @throws the system's error */
export function writeWhole(path: string, content: Buffer | string): void {
  const draft = `${path}${DRAFT}`;
  fs.writeFileSync(draft, content, { mode: 0o600 });
  replaceFile(draft, path);
}

/**
 * Puts a file in another's place. Neither may be open here: Windows refuses that.
 * @throws the system's error, once a few attempts have failed
 */
export function replaceFile(from: string, to: string, rename: Rename = fs.renameSync): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (attempt === ATTEMPTS || !MAY_PASS.has(code)) throw error;
      pause(PAUSE_MS);
    }
  }
}

/** Waits without letting anything else run: the caller is in the middle of a write. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
