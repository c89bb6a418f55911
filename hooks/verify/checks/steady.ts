import { type Check, CheckFailure } from '../check';
import { ofStage } from './define';

/** Comes last, and looks back at how the requests of the run went. */
export const steady: Check = ofStage({
  title: 'Answers are steady',
  async run({ api: { tally } }) {
    // One fault in a run is the network's; a tenth of the requests is the API's.
    if (tally.faulty < 3 || tally.faulty * 10 < tally.sent) return {};
    throw new CheckFailure(
      `${tally.faulty} of ${tally.sent} requests met a fault of the moment (no answer, 429 or 5xx) before they were answered`,
    );
  },
});
