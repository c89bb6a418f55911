/** One edit per this many letters still counts as a misspelling. */
const LETTERS_AN_EDIT = 3;

/**
 * Finds the known name closest to an unknown one.
 * @returns undefined if no name is close
 */
export function nearMatch(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const distances = known.map((candidate) => ({
    candidate,
    distance: edits(plain(name), plain(candidate)),
  }));
  const [nearest] = distances.sort((a, b) => a.distance - b.distance);
  if (nearest === undefined) return undefined;
  const { candidate, distance } = nearest;
  return distance <= Math.max(1, candidate.length / LETTERS_AN_EDIT) ? candidate : undefined;
}

/** The Levenshtein distance of two texts. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
