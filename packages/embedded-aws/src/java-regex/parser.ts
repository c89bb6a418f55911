import {
  anyCharacter,
  type CharacterTest,
  type QuantifierMode,
  type RegexNode,
  type RegexProgram,
} from './ast';
import { complement, isLineTerminator } from './character-classes';
import { ClassParser } from './class-parser';
import { type Flags, NO_FLAGS } from './pattern-reader';

const FLAG_LETTERS: Readonly<Record<string, keyof Flags>> = {
  i: 'ignoreCase',
  u: 'unicodeCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'comments',
  d: 'unixLines',
};

/**
 * Parses a regular expression of `java.util.regex.Pattern`.
 * @throws EvaluationError if Java throws PatternSyntaxException
 */
export function parseRegex(source: string, ignoreCase = false): RegexProgram {
  return new RegexParser(source, { ...NO_FLAGS, ignoreCase }).program();
}

class RegexParser extends ClassParser {
  #groupCount = 0;
  readonly #groupNames = new Map<string, number>();

  program(): RegexProgram {
    const root = this.#alternatives();
    if (this.position < this.source.length) throw this.error("Unmatched closing ')'");
    return { root, groupCount: this.#groupCount, groupNames: this.#groupNames };
  }

  #alternatives(): RegexNode {
    const options = this.nested(() => {
      const found = [this.#sequence()];
      while (this.take('|')) found.push(this.#sequence());
      return found;
    });
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { type: 'alternatives', options };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      this.skipComments();
      const next = this.peek();
      if (next === '' || next === '|' || next === ')') return { type: 'sequence', items };
      if (this.source.startsWith('\\Q', this.position)) {
        items.push(...this.#quotation());
        continue;
      }
      const atom = this.#atom();
      if (atom !== undefined) items.push(this.#quantified(atom));
    }
  }

  /** `\Q...\E`; a quantifier after it applies to its last character. */
  #quotation(): RegexNode[] {
    const end = this.source.indexOf('\\E', this.position);
    const text = this.source.slice(this.position + 2, end === -1 ? undefined : end);
    this.position = end === -1 ? this.source.length : end + 2;
    const items = [...text].map((character) => this.#literal(character.codePointAt(0) ?? 0));
    const last = items.pop();
    return last === undefined ? items : [...items, this.#quantified(last)];
  }

  #atom(): RegexNode | undefined {
    const character = this.next();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return { type: 'character', test: this.characterClass() };
      case '.':
        return { type: 'character', test: this.#dot() };
      case '^':
        return { type: 'anchor', anchor: this.flags.multiline ? '^m' : '^' };
      case '$':
        return { type: 'anchor', anchor: this.flags.multiline ? '$m' : '$' };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        this.position--;
        throw this.error(`Dangling meta character '${character}'`);
      case '{':
        // There is nothing to repeat, which Java accepts if the braces are a valid repetition.
        this.position--;
        return { type: 'sequence', items: [] };
      default:
        return this.#literal(character.codePointAt(0) ?? 0);
    }
  }

  #dot(): CharacterTest {
    if (this.flags.dotAll) return anyCharacter;
    return this.flags.unixLines ? (code) => code !== 0x0a : complement(isLineTerminator);
  }

  #quantified(atom: RegexNode): RegexNode {
    this.skipComments();
    const bounds = this.#bounds();
    if (bounds === undefined) return atom;
    const [min, max] = bounds;
    let mode: QuantifierMode = 'greedy';
    if (this.take('?')) mode = 'lazy';
    else if (this.take('+')) mode = 'possessive';
    return { type: 'repeat', body: atom, min, max, mode };
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    if (this.peek() !== '{') return undefined;
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(
      this.source.slice(this.position, this.position + 30),
    );
    if (match === null) throw this.error('Illegal repetition');
    const [text, low = '', comma, high] = match;
    const min = Number(low);
    const open = high === '' ? Number.POSITIVE_INFINITY : Number(high);
    const max = comma === undefined ? min : open;
    if (max < min || min > 0x7fff_ffff) throw this.error('Illegal repetition range');
    this.position += text.length;
    return [min, max];
  }

  #group(): RegexNode | undefined {
    if (!this.take('?')) return this.#capture();
    if (this.take(':')) return this.#scoped();
    if (this.take('>')) return { type: 'atomic', body: this.#scoped() };
    if (this.take('=')) return this.#look(false, false);
    if (this.take('!')) return this.#look(false, true);
    if (this.take('<=')) return this.#look(true, false);
    if (this.take('<!')) return this.#look(true, true);
    if (this.take('<')) return this.#capture(this.#groupName());
    return this.#flagGroup();
  }

  #capture(name?: string): RegexNode {
    this.#groupCount++;
    const index = this.#groupCount;
    if (name !== undefined) {
      if (this.#groupNames.has(name))
        throw this.error(`Named capturing group <${name}> is already defined`);
      this.#groupNames.set(name, index);
    }
    return { type: 'group', index, body: this.#scoped() };
  }

  #groupName(): string {
    const match = /^([a-zA-Z][a-zA-Z0-9]*)>/.exec(this.source.slice(this.position));
    if (match === null) throw this.error('Illegal group name');
    this.position += match[0].length;
    return match[1] ?? '';
  }

  #look(behind: boolean, negated: boolean): RegexNode {
    return { type: 'look', behind, negated, body: this.#scoped() };
  }

  /** The rest of a group; flags set inside end with it. */
  #scoped(): RegexNode {
    const flags = this.flags;
    const body = this.#alternatives();
    this.flags = flags;
    if (!this.take(')')) throw this.error('Unclosed group');
    return body;
  }

  /** `(?i)` for what follows, `(?i:...)` for the group. */
  #flagGroup(): RegexNode | undefined {
    let value = true;
    let flags = this.flags;
    for (;;) {
      const letter = this.next();
      if (letter === '-') {
        value = false;
        continue;
      }
      if (letter === ')') {
        this.flags = flags;
        return undefined;
      }
      if (letter === ':') {
        const outer = this.flags;
        this.flags = flags;
        const body = this.#scoped();
        this.flags = outer;
        return body;
      }
      const flag = FLAG_LETTERS[letter];
      if (flag === undefined) throw this.error('Unknown inline modifier');
      flags = { ...flags, [flag]: value };
    }
  }

  #escape(): RegexNode | undefined {
    const letter = this.peek();
    switch (letter) {
      case 'A':
      case 'z':
      case 'Z':
      case 'b':
      case 'B':
      case 'G':
        this.position++;
        return { type: 'anchor', anchor: letter };
      case 'R':
        this.position++;
        return { type: 'lineBreak' };
      case 'E':
        throw this.error('Illegal/unsupported escape sequence');
      case 'k':
        return this.#namedBackreference();
      default:
        if (letter >= '1' && letter <= '9') return this.#backreference();
        return this.#classEscape();
    }
  }

  #classEscape(): RegexNode {
    const test = this.escapedClass();
    if (test !== undefined) return { type: 'character', test };
    return this.#literal(this.escapedCodePoint());
  }

  #namedBackreference(): RegexNode {
    this.position++;
    if (!this.take('<')) throw this.error("\\k is not followed by '<' for named capturing group");
    const name = this.#groupName();
    const index = this.#groupNames.get(name);
    if (index === undefined) throw this.error(`named capturing group <${name}> does not exist`);
    return { type: 'backreference', index, ignoresCase: this.flags.ignoreCase };
  }

  /** Uses as many digits as there are groups so far. */
  #backreference(): RegexNode {
    let index = Number(this.next());
    while (/^[0-9]$/.test(this.peek())) {
      const longer = index * 10 + Number(this.peek());
      if (longer > this.#groupCount) break;
      index = longer;
      this.position++;
    }
    return { type: 'backreference', index, ignoresCase: this.flags.ignoreCase };
  }

  #literal(codePoint: number): RegexNode {
    return { type: 'character', test: this.caseTest((code) => code === codePoint) };
  }
}
