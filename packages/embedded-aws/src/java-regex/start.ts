import { anyCharacter, type CharacterTest, type RegexNode } from './ast';

/** The next position from `from` on at which a match may start; -1 if there is none. */
export type FindStart = (text: string, from: number) => number;

/** The first characters of possible matches of a node, and whether a match may be empty. */
interface Start {
  readonly tests: readonly CharacterTest[];
  readonly mayBeEmpty: boolean;
}

const EMPTY: Start = { tests: [], mayBeEmpty: true };

/** Compiles a filter for start positions: at most positions of a text, no match can start. */
export function compileStart(node: RegexNode): FindStart {
  if (isAtInputStart(node)) return (_text, from) => (from === 0 ? 0 : -1);
  const { tests, mayBeEmpty } = startOf(node);
  if (mayBeEmpty || tests.includes(anyCharacter)) return (_text, from) => from;
  const starts: CharacterTest = (code) => tests.some((test) => test(code));
  // A lookup table for ASCII, because the search tests every character of a text.
  const ascii = Uint8Array.from({ length: 0x80 }, (_, code) => Number(starts(code)));
  return (text, from) => {
    for (let position = from; position < text.length; position++) {
      const code = text.charCodeAt(position);
      if (code < 0x80 ? ascii[code] === 1 : starts(text.codePointAt(position) ?? code)) {
        return position;
      }
    }
    return -1;
  };
}

/** True if all matches begin where the text does: `^…` without the flag for lines. */
function isAtInputStart(node: RegexNode): boolean {
  if (node.type === 'anchor') return node.anchor === '^' || node.anchor === 'A';
  const [first] = node.type === 'sequence' ? node.items : [];
  return first !== undefined && isAtInputStart(first);
}

function startOf(node: RegexNode): Start {
  switch (node.type) {
    case 'character':
      return { tests: [node.test], mayBeEmpty: false };
    case 'lineBreak':
      return { tests: [anyCharacter], mayBeEmpty: false };
    case 'backreference':
      return { tests: [anyCharacter], mayBeEmpty: true };
    case 'anchor':
    case 'look':
      return EMPTY;
    case 'group':
    case 'atomic':
      return startOf(node.body);
    case 'sequence':
      return node.items.map(startOf).reduce(inSequence, EMPTY);
    case 'alternatives':
      return node.options.map(startOf).reduce(eitherOf);
    case 'repeat': {
      const { tests, mayBeEmpty } = startOf(node.body);
      return { tests, mayBeEmpty: mayBeEmpty || node.min === 0 };
    }
  }
}

function inSequence(first: Start, second: Start): Start {
  if (!first.mayBeEmpty) return first;
  return { tests: [...first.tests, ...second.tests], mayBeEmpty: second.mayBeEmpty };
}

function eitherOf(first: Start, second: Start): Start {
  return {
    tests: [...first.tests, ...second.tests],
    mayBeEmpty: first.mayBeEmpty || second.mayBeEmpty,
  };
}
