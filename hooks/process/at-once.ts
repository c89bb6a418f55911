/**
 * Does something with each of several things, some of them at the same time.
 * @param most at the same time
 * @returns the results in the order of the things
 * @throws the error of the first of them that failed, by their order and not by time, once all that
 *   has begun has ended: so the same fault is told in every run
 */
export async function atOnce<Item, Result>(
  most: number,
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures = new Map<number, unknown>();
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length && failures.size === 0; index = next++) {
      try {
        results[index] = await act(items[index] as Item, index);
      } catch (error) {
        failures.set(index, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
  return results;
}
