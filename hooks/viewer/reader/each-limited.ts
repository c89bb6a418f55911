/**
 * Does something with each item, so many at a time.
 * @throws the first error, once nothing is under way any more
 */
export async function eachLimited<T>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const errors: unknown[] = [];
  const worker = async () => {
    // All workers draw from the same iterator, so that each item is taken once.
    for (const item of waiting) {
      if (errors.length > 0) return;
      await act(item).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
}
