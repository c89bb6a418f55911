// Characters that steer a terminal or a line of text instead of being seen: controls, formats
// (marks without width, overrides of direction, tags) and separators of lines. Signs that scripts
// write before numbers are formats too, but are seen.
const UNSEEN = /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The joiner of emoji and of several scripts, which is harmless to print. */
const JOINERS = new Set(['\u200c', '\u200d']);

/** Characters that lay out text. */
const KEPT = new Set(['\n', '\t']);

/** The text with what cannot be seen made visible, so that it is data and nothing else. */
export function visible(text: string, lines: 'in-one' | 'kept' = 'in-one'): string {
  return text.replace(UNSEEN, (character) =>
    lines === 'kept' && KEPT.has(character) ? character : picture(character),
  );
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (JOINERS.has(character)) return character;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/** JSON with the same characters as escapes: the same value, and nothing a terminal obeys. */
export function escapeUnseen(json: string): string {
  return json.replace(UNSEEN, (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
