const jobs = new Set<() => void>();

/** Registers a cleanup for interruptions. @returns a function that unregisters it */
export function onExit(job: () => void): () => void {
  jobs.add(job);
  return () => {
    jobs.delete(job);
  };
}

/** Runs all registered cleanups. */
export function cleanUp(): void {
  for (const job of jobs) job();
  jobs.clear();
}
