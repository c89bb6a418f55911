import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 200;
const PAGE_BYTES = 4096;
const MB = 1024 * 1024;

/**
 * Node itself and the buffers that its garbage collector has yet to free, on top of a function's
 * memory: a function that AWS runs must not be ended here.
 */
const ALLOWANCE_MB = 256;

/**
 * Watches the memory of a function's process, which the limit of its heap does not bound: buffers
 * are outside of it. Only on Linux, where the system tells.
 * @param onExceeded called at most once
 * @returns a function that stops it
 */
export function watchMemory(
  { pid }: ChildProcess,
  memoryMb: number,
  onExceeded: () => void,
): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => {};
  const timer = setInterval(async () => {
    // A process that has just ended has no file.
    const pages = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
    const resident = Number(pages.split(' ')[1] ?? 0) * PAGE_BYTES;
    if (resident <= (memoryMb + ALLOWANCE_MB) * MB) return;
    clearInterval(timer);
    onExceeded();
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
