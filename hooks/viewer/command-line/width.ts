const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const WITHOUT_WIDTH = /[\p{M}\u200c\u200d]/u;

function widthOf(character: string): number {
  if (WITHOUT_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Text that takes exactly so many columns of a terminal: cut with an ellipsis, or filled up. */
export function column(text: string, columns: number): string {
  return cut(text, columns, true);
}

/** Text that takes so many columns of a terminal at most. */
export function cut(text: string, columns: number, fill = false): string {
  let out = '';
  let width = 0;
  // Where the text ends if an ellipsis must follow it.
  let keep = 0;
  let keptWidth = 0;
  for (const character of text) {
    const next = width + widthOf(character);
    if (next > columns) {
      return `${out.slice(0, keep)}…${fill ? ' '.repeat(columns - keptWidth - 1) : ''}`;
    }
    out += character;
    width = next;
    if (width < columns) {
      keep = out.length;
      keptWidth = width;
    }
  }
  return fill ? out + ' '.repeat(columns - width) : out;
}
