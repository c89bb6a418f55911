/** How often the parent process is checked. */
const CHECK_MS = 500;

/**
 * Resolves when the parent is gone: npm, ended by SIGTERM, leaves what it started behind, and the
 * port with it.
 * @param parentNow the parent's process id, as the system has it now
 */
export function orphaned(parentNow = () => process.ppid): Promise<'orphaned'> {
  const parent = parentNow();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (parentNow() === parent && isThere(parent)) return;
      clearInterval(timer);
      resolve('orphaned');
    }, CHECK_MS);
    timer.unref();
  });
}

/**
 * Windows gives an orphan no other parent, so that the process itself has to be looked for.
 * @param kill sends a signal; 0 only checks
 */
export function isThere(pid: number, kill: typeof process.kill = process.kill): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, under another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
