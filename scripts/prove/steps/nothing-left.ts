import { LAST_STEP } from '../journal';
import { StepFailure } from '../prove-error';
import { KINDS } from '../remains/kinds';
import { lookUntilGone } from '../remains/look';
import type { Step } from '../run';

/** Looks for each kind of what a run makes, by name. */
export const nothingLeft: Step = {
  name: LAST_STEP,
  title: 'Looks for what is left',
  async run(run) {
    const { left, unasked } = await lookUntilGone(run, run.signal, { pauseMs: run.pauseMs });
    run.evidence.write('nothing-left', {
      lookedFor: KINDS.map(({ kind }) => kind),
      left: left.map(({ kind, name }) => ({ kind, name })),
      unasked,
    });
    if (left.length > 0) {
      throw new StepFailure(`Left: ${left.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`);
    }
    const missing = unasked.map((one) => `not permitted to look for ${one}`);
    const looked = KINDS.map(({ kind }) => kind).filter(
      (kind) => !unasked.some((one) => one.startsWith(`${kind}s: `)),
    );
    return { said: [`no ${looked.join(', ')}`, ...missing] };
  },
};
