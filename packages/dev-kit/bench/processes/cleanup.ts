const jobs = new Set<() => void>();

/** Has something undone when the bench is interrupted. @returns takes that back */
export function onExit(job: () => void): () => void {
  jobs.add(job);
  return () => {
    jobs.delete(job);
  };
}

/** Undoes everything that is registered. */
export function cleanUp(): void {
  for (const job of jobs) job();
  jobs.clear();
}
