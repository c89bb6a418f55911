import { setTimeout } from 'node:timers/promises';
import type { Options, Utils } from '../framework';
import { listed } from '../framework/listed';
import { type Outcome, redeploy } from './redeploy';
import { type Contents, changedFiles, type Sources } from './sources';
import { sourcesChanged } from './watch';

/** The context of `--watch`. */
export interface Saved {
  readonly sources: Sources;
  /** With which the stage was deployed. */
  readonly contents: Contents;
  /** Aborts when changes are no longer waited for. */
  readonly ended: Promise<unknown>;
  readonly options: Options;
  /** Names of the options that `deploy` does not have. */
  readonly ownOptions: ReadonlySet<string>;
  readonly log: Utils['log'];
  tell(outcome: Outcome): Promise<void>;
  readonly deploy?: typeof redeploy;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const wait = (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal });

/**
 * Deploys the sources each time they are saved, until the end. What is saved while a deployment runs
 * makes one more after it.
 */
export async function deploySaved({
  sources,
  contents,
  ended,
  options,
  ownOptions,
  log,
  tell,
  deploy = redeploy,
  pause = wait,
}: Saved): Promise<void> {
  const end = new AbortController();
  const isEnd = ended.then(() => {
    end.abort();
    return 'end' as const;
  });
  let deployed = contents;
  try {
    for (;;) {
      const saved = await sourcesChanged(sources, deployed, (ms) => pause(ms, end.signal));
      log.notice(`\n${listed(changedFiles(deployed, saved))} changed: deploying again`);
      deployed = saved;
      const running = deploy(options, ownOptions);
      const outcome = await Promise.race([isEnd, running.outcome]);
      if (outcome === 'end') return await running.stop();
      await tell(outcome);
    }
  } catch (error) {
    if (!end.signal.aborted) throw error;
  }
}
