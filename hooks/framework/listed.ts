/** More are counted, not named. */
const MOST_NAMED = 3;
/** In one of them. */
const MOST_CHARACTERS = 80;

/** A few texts in one line: `a.ts, b.ts, c.ts and 4 more`. */
export function listed(texts: readonly string[]): string {
  const named = texts.slice(0, MOST_NAMED).map((text) => text.slice(0, MOST_CHARACTERS));
  const more = texts.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
