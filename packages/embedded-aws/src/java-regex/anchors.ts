import type { Anchor } from './ast';
import { isLineTerminator, isUnicodeWordCharacter } from './character-classes';
import type { MatchState } from './match-state';

/** Returns true if the anchor matches at a position. */
export function isAt(anchor: Anchor, state: MatchState, position: number): boolean {
  const { text } = state;
  switch (anchor) {
    case '^':
    case 'A':
      return position === 0;
    case 'z':
      return position === text.length;
    case 'G':
      return position === state.previousEnd;
    case '$':
    case 'Z':
      return isAtFinalTerminator(text, position);
    case '^m':
      return position === 0 || (position < text.length && isAfterTerminator(text, position));
    case '$m':
      return position === text.length || isBeforeTerminator(text, position);
    case 'b':
      return isWordBoundary(text, position);
    case 'B':
      return !isWordBoundary(text, position);
  }
}

function isAtFinalTerminator(text: string, position: number): boolean {
  const rest = text.length - position;
  if (rest === 0) return true;
  if (rest > 2) return false;
  return rest === 2 ? text.endsWith('\r\n') : isBeforeTerminator(text, position);
}

/** Before a line terminator, but not between the two characters of `\r\n`. */
function isBeforeTerminator(text: string, position: number): boolean {
  if (text[position] === '\n') return text[position - 1] !== '\r';
  return isLineTerminator(text.charCodeAt(position));
}

function isAfterTerminator(text: string, position: number): boolean {
  if (text[position - 1] === '\r' && text[position] === '\n') return false;
  return isLineTerminator(text.charCodeAt(position - 1));
}

function isWordBoundary(text: string, position: number): boolean {
  const before = position > 0 && isWord(text.codePointAt(position - 1));
  return before !== isWord(text.codePointAt(position));
}

/** For `\b`, unlike for `\w`, Java 17 uses the letters and digits of all scripts. */
function isWord(code: number | undefined): boolean {
  return code !== undefined && isUnicodeWordCharacter(code);
}
