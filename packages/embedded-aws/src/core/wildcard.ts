/** Tests a text against a pattern. */
export type Matcher = (text: string) => boolean;

/** `*`: any number of characters. */
const ANY = Symbol('*');
/** `?`: exactly one character. */
const ONE = Symbol('?');

/** One step of a pattern: a literal character or a wildcard. */
export type Token = string | typeof ANY | typeof ONE;

/** A pattern's text as tokens. */
export function patternTokens(text: string): Token[] {
  return Array.from(text, (character) => {
    if (character === '*') return ANY;
    return character === '?' ? ONE : character;
  });
}

/** A text's characters, none of them a wildcard. */
export function literalTokens(text: string): Token[] {
  return Array.from(text);
}

/** Compiles a pattern with `*` and `?`. */
export function wildcardMatcher(pattern: string): Matcher {
  return tokenMatcher(patternTokens(pattern));
}

/** Like {@link wildcardMatcher}, but case-insensitive, also for non-ASCII letters. */
export function caseBlindMatcher(pattern: string): Matcher {
  const matches = wildcardMatcher(pattern.toLowerCase());
  return (text) => matches(text.toLowerCase());
}

/**
 * Compiles tokens. Most patterns are literal or end in their only `*`: for these, strings are
 * compared. Others do not use a regular expression either, so that none takes exponential time.
 */
export function tokenMatcher(tokens: readonly Token[]): Matcher {
  const first = tokens.findIndex((token) => typeof token === 'symbol');
  if (first === -1) {
    const exact = tokens.join('');
    return (text) => text === exact;
  }
  if (first === tokens.length - 1 && tokens[first] === ANY) {
    const prefix = tokens.slice(0, -1).join('');
    return prefix === '' ? () => true : (text) => text.startsWith(prefix);
  }
  return (text) => matchTokens(tokens, Array.from(text));
}

/** Greedy matching that backtracks only to the last `*`: O(text × pattern) at worst. */
function matchTokens(tokens: readonly Token[], text: readonly string[]): boolean {
  let token = 0;
  let position = 0;
  let lastStar = -1;
  let resumeAt = 0;
  while (position < text.length) {
    const current = tokens[token];
    if (current === ANY) {
      lastStar = token++;
      resumeAt = position;
    } else if (current === ONE || (current !== undefined && current === text[position])) {
      token++;
      position++;
    } else if (lastStar !== -1) {
      token = lastStar + 1;
      position = ++resumeAt;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY) token++;
  return token === tokens.length;
}
