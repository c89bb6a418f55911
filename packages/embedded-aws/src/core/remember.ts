/**
 * Memoizes a function. The cache is cleared when it has `most` entries, so that hostile keys cannot
 * fill the memory.
 */
export function remember<Key, Value>(
  most: number,
  workOut: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, Value>();
  // Comparing two texts costs less than hashing one, and most requests have the same as the last.
  let lastKey: Key | undefined;
  let lastValue: Value | undefined;
  return (key) => {
    if (lastValue !== undefined && lastKey === key) return lastValue;
    let value = known.get(key);
    if (value === undefined) {
      value = workOut(key);
      if (known.size >= most) known.clear();
      known.set(key, value);
    }
    lastKey = key;
    lastValue = value;
    return value;
  };
}
