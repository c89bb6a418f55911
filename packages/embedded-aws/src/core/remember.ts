/**
 * Memoizes a function. The cache is cleared when it has `most` entries, so that hostile keys cannot
 * fill the memory.
 */
export function remember<Key, Value>(
  most: number,
  workOut: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const value = workOut(key);
    if (known.size >= most) known.clear();
    known.set(key, value);
    return value;
  };
}
