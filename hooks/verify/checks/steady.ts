import { type Check, CheckFailure } from '../check';
import type { Tally } from '../tally';
import { ofStage } from './define';

/** More of these are counted, not named. */
const MOST_NAMED = 10;

const A_TENTH = 1 / 10;
const A_TWENTIETH = 1 / 20;

/**
 * Comes last, and looks back at how the requests of the run went. What needed a retry is reported in any
 * case; a fault in a run is the network's or the moment's, in a twentieth of the answers it is the API's:
 * about half of the requests are refused by the gateway itself, whatever is behind it.
 */
export const steady: Check = ofStage({
  title: 'Answers are consistent',
  async run({ api: { tally }, note, pace }) {
    const { answers, throttled } = tally;
    // The embedded Kinesis throttles and fails as often as its user configured.
    const isEmbedded = pace.busyMs !== undefined;
    const wrong = isEmbedded ? tally.wrong - throttled : tally.wrong;
    const share = isEmbedded ? A_TENTH : A_TWENTIETH;
    const lines = needed(tally);
    if (wrong < 3 || wrong < answers * share) {
      for (const text of lines) note(text);
      return {};
    }
    throw new CheckFailure(
      [
        `${wrong} of ${answers} requests first got 429, 5xx or an answer that is not JSON`,
        ...lines,
      ].join('\n'),
    );
  },
});

/** Which answers needed a retry, and why. */
function needed({ answers, retried }: Tally): string[] {
  const named = retried.slice(0, MOST_NAMED).map(({ request, why }) => {
    const times = why.length === 1 ? '' : `, ${why.length} times`;
    return `${request}: ${[...new Set(why)].join(', ')}${times}`;
  });
  const more = retried.length - named.length;
  return [
    `${retried.length} of ${answers} answers needed a retry`,
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
