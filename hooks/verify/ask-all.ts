import { atOnce } from '../process/at-once';

/** Few, so that a run is no burst to the stage's clients. */
const MOST_AT_ONCE = 4;

/**
 * Asks for several things that do not depend on one another, some at the same time.
 * @returns the answers in the order of the things
 * @throws what the first of them throws, by their order
 */
export const askAll = <Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> => atOnce(MOST_AT_ONCE, items, ask);
