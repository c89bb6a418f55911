import { type Contents, changedFiles, type Sources } from './sources';

/**
 * How often the files are looked at. The file system's own events would be cheaper, but do not come
 * from folders that are shared with a container or with WSL, and Node 20 misses new folders on Linux.
 */
export const LOOK_MS = 400;

/** Saves that follow each other make one deployment, which waits for their end no longer than this. */
export const LONGEST_BURST_MS = 1_200;

/**
 * Waits until the sources differ from those deployed, and are no longer being written.
 * @param deployed the contents that the last deployment began with
 * @param pause rejects when the wait is over
 * @returns the contents to deploy
 */
export async function sourcesChanged(
  sources: Sources,
  deployed: Contents,
  pause: (ms: number) => Promise<void>,
): Promise<Contents> {
  let deployedStamp: string | undefined;
  let before: string | undefined;
  let burstMs = 0;
  for (;;) {
    const stamp = sources.stamp();
    if (stamp === deployedStamp) {
      burstMs = 0;
    } else if (stamp === before || burstMs >= LONGEST_BURST_MS) {
      const contents = sources.contents();
      if (changedFiles(deployed, contents).length > 0) return contents;
      // Saved as it was before.
      deployedStamp = stamp;
      burstMs = 0;
    } else {
      burstMs += LOOK_MS;
    }
    before = stamp;
    await pause(LOOK_MS);
  }
}
