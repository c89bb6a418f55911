import type { CharacterTest } from './ast';
import { complement, intersection, union } from './character-classes';
import { EscapeParser } from './escape-parser';

/** Parses character classes. */
export abstract class ClassParser extends EscapeParser {
  /** `[...]`, after its opening bracket: unions, ranges, nested classes and `&&`. */
  protected characterClass(): CharacterTest {
    return this.nested(() => this.#members());
  }

  #members(): CharacterTest {
    const negated = this.take('^');
    let whole: CharacterTest | undefined;
    let parts: CharacterTest[] = [];
    for (let isFirst = true; ; isFirst = false) {
      this.skipComments();
      if (this.position >= this.source.length) throw this.error('Unclosed character class');
      if (this.peek() === ']' && (!isFirst || whole !== undefined)) break;
      if (this.take('&&')) {
        whole = joined(whole, parts);
        parts = [];
        continue;
      }
      parts.push(this.#classItem());
    }
    this.position++;
    const test = joined(whole, parts) ?? (() => false);
    return negated ? complement(test) : test;
  }

  #classItem(): CharacterTest {
    if (this.take('[')) return this.characterClass();
    if (this.take('\\Q')) return this.#classQuotation();
    if (this.take('\\')) {
      const test = this.escapedClass();
      if (test !== undefined) return test;
      return this.#classRange(this.escapedCodePoint());
    }
    return this.#classRange(this.next().codePointAt(0) ?? 0);
  }

  #classQuotation(): CharacterTest {
    const end = this.source.indexOf('\\E', this.position);
    if (end === -1) throw this.error('Unclosed character class');
    const codes = new Set(
      [...this.source.slice(this.position, end)].map((text) => text.codePointAt(0) ?? 0),
    );
    this.position = end + 2;
    return this.caseTest((code) => codes.has(code));
  }

  #classRange(from: number): CharacterTest {
    const dash = this.peek() === '-';
    const after = this.source[this.position + 1] ?? '';
    if (!dash || after === ']' || after === '[' || after === '') {
      return this.caseTest((code) => code === from);
    }
    this.position++;
    const to = this.take('\\') ? this.escapedCodePoint() : (this.next().codePointAt(0) ?? 0);
    if (to < from) throw this.error('Illegal character range');
    return this.caseTest((code) => code >= from && code <= to);
  }
}

function joined(
  whole: CharacterTest | undefined,
  parts: readonly CharacterTest[],
): CharacterTest | undefined {
  if (parts.length === 0) return whole;
  const [only] = parts;
  const part = parts.length === 1 && only !== undefined ? only : union(...parts);
  return whole === undefined ? part : intersection(whole, part);
}
