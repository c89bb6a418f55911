/** How often it is looked whether whoever started this process is still there. */
const CHECK_MS = 500;

/**
 * Resolves when the parent is gone: npm, ended by SIGTERM, leaves what it started behind, and the
 * port with it.
 */
export function orphaned(): Promise<'orphaned'> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parent && isThere(parent)) return;
      clearInterval(timer);
      resolve('orphaned');
    }, CHECK_MS);
    timer.unref();
  });
}

/**
 * Windows gives an orphan no other parent, so that the process itself has to be looked for.
 * @param kill sends a signal; 0 only asks
 */
export function isThere(pid: number, kill: typeof process.kill = process.kill): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
