import { setTimeout as sleep } from 'node:timers/promises';
import { isDenied } from '../clients';
import type { Run } from '../run';
import { KINDS, type Remnant } from './kinds';

export interface Look {
  readonly left: readonly (Remnant & { readonly kind: string })[];
  /** Kinds that could not be looked for, with the reason. */
  readonly unasked: readonly string[];
}

type Place = Parameters<(typeof KINDS)[number]['find']>[0];

/** Looks for everything that a run has made. @throws what AWS says, but for a missing permission */
export async function look(place: Place): Promise<Look> {
  const looks = await Promise.all(
    KINDS.map(async ({ kind, find }): Promise<Look> => {
      try {
        const left = (await find(place)).map((remnant) => ({ ...remnant, kind }));
        return { left, unasked: [] };
      } catch (error) {
        if (!isDenied(error)) throw error;
        return { left: [], unasked: [`${kind}s: ${(error as Error).message}`] };
      }
    }),
  );
  return {
    left: looks.flatMap(({ left }) => left),
    unasked: looks.flatMap(({ unasked }) => unasked),
  };
}

/** Streams, functions and buckets go on being listed for a while after they were deleted. */
const GONE_WITHIN_MS = 180_000;
const PAUSE_MS = 2_000;

/** Looks until nothing is left, or the time is up. */
export async function lookUntilGone(
  place: Place,
  signal: Run['signal'],
  { withinMs = GONE_WITHIN_MS, pauseMs = PAUSE_MS } = {},
): Promise<Look> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look(place);
    if (found.left.length === 0 || Date.now() > until) return found;
    await sleep(pauseMs, undefined, { signal });
  }
}
