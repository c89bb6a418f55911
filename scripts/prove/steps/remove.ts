import { isDenied } from '../clients';
import { emptyBucket } from '../probes/throwaway-api';
import { probesStacks } from '../probes-stack';
import { look } from '../remains/look';
import type { Run, Step } from '../run';
import { deleteStack, settled } from '../stack-state';

/** Removes the stage as users do, and whatever a run that was cut off has left beside it. */
export const remove: Step = {
  name: 'remove',
  title: 'Removes the stage',
  async run(run) {
    const { clients, stackName, pauseMs } = run;
    // A probe that was cut off may have left something in its bucket.
    await emptyBucket(run).catch((error) => {
      if (!isDenied(error)) throw error;
    });
    for (const name of probesStacks(run)) {
      await deleteStack(clients.cloudFormation, name, pauseMs).catch((error) => {
        // Who may not look for it has not made it.
        if (!isDenied(error)) throw error;
      });
    }
    if ((await settled(clients.cloudFormation, stackName, pauseMs)) !== undefined) {
      await run.owned.remember(clients, stackName);
      const { code, output } = await run.cli.serverless('remove');
      run.evidence.writeText('remove', output);
      if (code !== 0) run.say('serverless remove did not succeed; the stack is deleted directly.');
    }
    // A stack that was never finished is none that the framework removes.
    await emptyBuckets(run);
    await deleteStack(clients.cloudFormation, stackName, pauseMs);
    return { said: await sweep(run) };
  },
};

async function emptyBuckets(run: Run): Promise<void> {
  if ((await settled(run.clients.cloudFormation, run.stackName, run.pauseMs)) === undefined) return;
  const { left } = await look(run);
  for (const { kind, remove: act } of left) {
    if (kind === 'bucket') await act?.().catch(() => {});
  }
}

/** Deletes what no stack has any more. @returns what it deleted */
async function sweep(run: Run): Promise<string[]> {
  const { left } = await look(run);
  const said: string[] = [];
  for (const { kind, name, remove: act } of left) {
    if (act === undefined) continue;
    try {
      await act();
      said.push(`deleted beside the stack: ${kind} ${name}`);
    } catch (error) {
      // Already going, or not permitted: the next step says what is left.
      if (!(error instanceof Error) || isDenied(error)) continue;
      run.say(`${kind} ${name}: ${error.message}`);
    }
  }
  return said;
}
