import type { RegexNode } from './ast';

/** The length of the text that a node may match, in UTF-16 code units. */
export interface Width {
  readonly min: number;
  /** Infinity if there is no bound. */
  readonly max: number;
}

const NOTHING: Width = { min: 0, max: 0 };

/** Bounds of the length of a match; not every length in between is possible. */
export function widthOf(node: RegexNode): Width {
  switch (node.type) {
    case 'character':
    case 'lineBreak':
      // A code point beyond the first plane is two units, and so is "\r\n".
      return { min: 1, max: 2 };
    case 'anchor':
    case 'look':
      return NOTHING;
    case 'backreference':
      return { min: 0, max: Number.POSITIVE_INFINITY };
    case 'group':
    case 'atomic':
      return widthOf(node.body);
    case 'sequence':
      return node.items.map(widthOf).reduce(inSequence, NOTHING);
    case 'alternatives':
      return node.options.map(widthOf).reduce(eitherOf);
    case 'repeat': {
      const { min, max } = widthOf(node.body);
      // Repeating an empty match is empty; in JavaScript, 0 times Infinity is NaN.
      const isEmpty = max === 0 || node.max === 0;
      return { min: min * node.min, max: isEmpty ? 0 : max * node.max };
    }
  }
}

function inSequence(first: Width, second: Width): Width {
  return { min: first.min + second.min, max: first.max + second.max };
}

function eitherOf(first: Width, second: Width): Width {
  return { min: Math.min(first.min, second.min), max: Math.max(first.max, second.max) };
}
