import { Characters, END, isBlank, isBreakOrEnd } from './characters';
import { readBlock, readPlain, readQuoted } from './scalars';
import { type Mark, YamlError } from './yaml-error';

/** One token of YAML 1.1. Punctuation names itself. */
export type Token = { readonly mark: Mark } & (
  | {
      readonly kind:
        | '['
        | ']'
        | '{'
        | '}'
        | ','
        | '-'
        | '?'
        | ':'
        | '---'
        | '...'
        | 'sequence'
        | 'mapping'
        | 'block end'
        | 'stream end';
    }
  | { readonly kind: 'alias' | 'anchor' | 'tag'; readonly value: string }
  | { readonly kind: 'scalar'; readonly value: string; readonly isPlain: boolean }
  | { readonly kind: 'directive'; readonly name: string; readonly value: string }
);

type Punctuation = Exclude<Token['kind'], 'alias' | 'anchor' | 'tag' | 'scalar' | 'directive'>;

/** A token that turns out to be a key if a `:` follows on its line. */
interface PossibleKey {
  readonly token: number;
  readonly index: number;
  readonly mark: Mark;
  /** True in a block mapping, in which nothing but a key can start a line. */
  readonly isRequired: boolean;
}

/** A key longer than this, or on more than one line, needs a `?`. */
const MAX_KEY_LENGTH = 1024;

/** Deeper than any document that is read; readers can then recurse without overflowing the stack. */
const MAX_DEPTH = 200;

/**
 * The tokens of a YAML 1.1 stream, as SnakeYAML, with which AWS's services read YAML, tells them
 * apart: indentation counts for block collections only, so that the bracket that ends a flow
 * collection may stand at any column.
 * https://yaml.org/spec/1.1/
 */
export class Scanner {
  readonly #chars: Characters;
  readonly #tokens: Token[] = [];
  #taken = 0;
  #isDone = false;
  #flowDepth = 0;
  /** The column of the innermost block collection; -1 outside of all. */
  #indent = -1;
  readonly #indents: number[] = [];
  #allowsKey = true;
  /** The possible key of each flow collection that is open, and of the block around them. */
  readonly #keys = new Map<number, PossibleKey>();

  /** @throws YamlError for characters that YAML excludes */
  constructor(text: string) {
    this.#chars = new Characters(text);
  }

  /** The next token, which stays. @throws YamlError */
  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    const [token] = this.#tokens;
    return token ?? { kind: 'stream end', mark: this.#chars.mark() };
  }

  /** Takes the next token. @throws YamlError */
  next(): Token {
    const token = this.peek();
    this.#tokens.shift();
    this.#taken++;
    return token;
  }

  #needsMore(): boolean {
    if (this.#isDone) return false;
    if (this.#tokens.length === 0) return true;
    this.#dropStaleKeys();
    for (const { token } of this.#keys.values()) if (token === this.#taken) return true;
    return false;
  }

  #fetch(): void {
    const chars = this.#chars;
    this.#skipToToken();
    this.#dropStaleKeys();
    this.#unwind(chars.column);
    const char = chars.peek();
    const fetch = this.#atDocument(char) ?? this.#atIndicator(char);
    if (fetch !== undefined) fetch();
    else if (this.#startsPlain(char)) this.#fetchPlain();
    else throw new YamlError(`found character '${char}' that cannot start any token`, chars.mark());
  }

  #atDocument(char: string): (() => void) | undefined {
    if (char === END) return () => this.#fetchEnd();
    if (char === '%' && this.#chars.column === 0) return () => this.#fetchDirective();
    if (!this.#chars.atDocumentMarker()) return undefined;
    return () => this.#fetchMarker(char === '-' ? '---' : '...');
  }

  #atIndicator(char: string): (() => void) | undefined {
    const inFlow = this.#flowDepth > 0;
    const isAlone = isBlank(this.#chars.peek(1));
    switch (char) {
      case '[':
      case '{':
        return () => this.#fetchFlowStart(char);
      case ']':
      case '}':
        return () => this.#fetchFlowEnd(char);
      case ',':
        return () => this.#fetchComma();
      case '-':
        return isAlone ? () => this.#fetchEntry() : undefined;
      case '?':
        return inFlow || isAlone ? () => this.#fetchKey() : undefined;
      case ':':
        return inFlow || isAlone ? () => this.#fetchValue() : undefined;
      case '*':
        return () => this.#fetchNamed('alias');
      case '&':
        return () => this.#fetchNamed('anchor');
      case '!':
        return () => this.#fetchTag();
      case '|':
      case '>':
        return inFlow ? undefined : () => this.#fetchBlockScalar();
      case "'":
      case '"':
        return () => this.#fetchQuoted(char);
      default:
        return undefined;
    }
  }

  #startsPlain(char: string): boolean {
    if (isBlank(char)) return false;
    if (!'-?:,[]{}#&*!|>\'"%@`'.includes(char)) return true;
    const isIndicator = isBlank(this.#chars.peek(1));
    return !isIndicator && (char === '-' || (this.#flowDepth === 0 && '?:'.includes(char)));
  }

  #skipToToken(): void {
    const chars = this.#chars;
    for (;;) {
      chars.takeWhile((char) => char === ' ');
      if (chars.peek() === '#') chars.takeWhile((char) => !isBreakOrEnd(char));
      if (chars.takeBreak() === '') return;
      if (this.#flowDepth === 0) this.#allowsKey = true;
    }
  }

  #push(kind: Punctuation, length = 0): void {
    const mark = this.#chars.mark();
    this.#chars.skip(length);
    this.#tokens.push({ kind, mark });
  }

  // Keys without a `?`

  #noteKey(): void {
    const isRequired = this.#flowDepth === 0 && this.#indent === this.#chars.column;
    if (!this.#allowsKey) return;
    this.#dropKey();
    const token = this.#taken + this.#tokens.length;
    const { index } = this.#chars;
    this.#keys.set(this.#flowDepth, { token, index, isRequired, mark: this.#chars.mark() });
  }

  #dropStaleKeys(): void {
    for (const [depth, key] of this.#keys) {
      const isNear = key.mark.line === this.#chars.line;
      if (isNear && this.#chars.index - key.index <= MAX_KEY_LENGTH) continue;
      this.#refuseRequired(key);
      this.#keys.delete(depth);
    }
  }

  #dropKey(): void {
    const key = this.#keys.get(this.#flowDepth);
    if (key === undefined) return;
    this.#refuseRequired(key);
    this.#keys.delete(this.#flowDepth);
  }

  #refuseRequired({ isRequired }: PossibleKey): void {
    if (isRequired) throw new YamlError("could not find expected ':'", this.#chars.mark());
  }

  // Block collections

  #unwind(column: number): void {
    if (this.#flowDepth > 0) return;
    while (this.#indent > column) {
      this.#indent = this.#indents.pop() ?? -1;
      this.#push('block end');
    }
  }

  /** Opens a block collection at a column; false if one is open there already. */
  #openBlock(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#assertDepth();
    this.#indent = column;
    return true;
  }

  #assertDepth(): void {
    if (this.#indents.length + this.#flowDepth <= MAX_DEPTH) return;
    throw new YamlError(`nesting exceeds ${MAX_DEPTH} levels`, this.#chars.mark());
  }

  #fetchEntry(): void {
    if (this.#flowDepth === 0) {
      if (!this.#allowsKey) {
        throw new YamlError('sequence entries are not allowed here', this.#chars.mark());
      }
      if (this.#openBlock(this.#chars.column)) this.#push('sequence');
    }
    this.#allowsKey = true;
    this.#dropKey();
    this.#push('-', 1);
  }

  #fetchKey(): void {
    if (this.#flowDepth === 0) {
      if (!this.#allowsKey) {
        throw new YamlError('mapping keys are not allowed here', this.#chars.mark());
      }
      if (this.#openBlock(this.#chars.column)) this.#push('mapping');
    }
    this.#allowsKey = this.#flowDepth === 0;
    this.#dropKey();
    this.#push('?', 1);
  }

  #fetchValue(): void {
    const key = this.#keys.get(this.#flowDepth);
    this.#keys.delete(this.#flowDepth);
    if (key !== undefined) {
      const position = key.token - this.#taken;
      const { mark } = key;
      this.#tokens.splice(position, 0, { kind: '?', mark });
      if (this.#flowDepth === 0 && this.#openBlock(mark.column)) {
        this.#tokens.splice(position, 0, { kind: 'mapping', mark });
      }
      this.#allowsKey = false;
    } else {
      if (this.#flowDepth === 0) {
        if (!this.#allowsKey) {
          throw new YamlError('mapping values are not allowed here', this.#chars.mark());
        }
        if (this.#openBlock(this.#chars.column)) this.#push('mapping');
      }
      this.#allowsKey = this.#flowDepth === 0;
      this.#dropKey();
    }
    this.#push(':', 1);
  }

  // Documents

  #fetchEnd(): void {
    this.#unwind(-1);
    this.#dropKey();
    this.#allowsKey = false;
    this.#keys.clear();
    this.#push('stream end');
    this.#isDone = true;
  }

  #fetchMarker(kind: '---' | '...'): void {
    this.#unwind(-1);
    this.#dropKey();
    this.#allowsKey = false;
    this.#push(kind, 3);
  }

  #fetchDirective(): void {
    const chars = this.#chars;
    this.#unwind(-1);
    this.#dropKey();
    this.#allowsKey = false;
    const mark = chars.mark();
    chars.skip();
    const name = chars.takeWhile((char) => /[\w-]/.test(char));
    if (name === '' || !isBlank(chars.peek())) {
      throw new YamlError('expected the name of a directive', chars.mark());
    }
    const rest = chars.takeWhile((char) => !isBreakOrEnd(char));
    const value = rest.replace(/(^| )#.*$/, '').trim();
    this.#tokens.push({ kind: 'directive', name, value, mark });
  }

  // Flow collections

  #fetchFlowStart(kind: '[' | '{'): void {
    this.#noteKey();
    this.#flowDepth++;
    this.#assertDepth();
    this.#allowsKey = true;
    this.#push(kind, 1);
  }

  #fetchFlowEnd(kind: ']' | '}'): void {
    this.#dropKey();
    this.#flowDepth = Math.max(0, this.#flowDepth - 1);
    this.#allowsKey = false;
    this.#push(kind, 1);
  }

  #fetchComma(): void {
    this.#allowsKey = true;
    this.#dropKey();
    this.#push(',', 1);
  }

  // Scalars and properties of nodes

  #fetchNamed(kind: 'alias' | 'anchor'): void {
    const chars = this.#chars;
    this.#noteKey();
    this.#allowsKey = false;
    const mark = chars.mark();
    chars.skip();
    const value = chars.takeWhile((char) => !isBlank(char) && !':,[]{}*&'.includes(char));
    if (value === '' || !(isBlank(chars.peek()) || '?:,]}%@`'.includes(chars.peek()))) {
      throw new YamlError(`expected the name of an ${kind}`, chars.mark());
    }
    this.#tokens.push({ kind, value, mark });
  }

  #fetchTag(): void {
    const chars = this.#chars;
    this.#noteKey();
    this.#allowsKey = false;
    const mark = chars.mark();
    const value = chars.startsWith('!<')
      ? chars.takeWhile((char) => !isBlank(char) && char !== '>') + chars.take(1)
      : chars.takeWhile((char) => /[\w!\-;/?:@&=+$,.~*'()[\]%]/.test(char));
    if (!isBlank(chars.peek()) || (value.startsWith('!<') && !value.endsWith('>'))) {
      throw new YamlError("expected ' ' after a tag", chars.mark());
    }
    this.#tokens.push({ kind: 'tag', value, mark });
  }

  #fetchBlockScalar(): void {
    this.#allowsKey = true;
    this.#dropKey();
    const mark = this.#chars.mark();
    const value = readBlock(this.#chars, this.#indent);
    this.#tokens.push({ kind: 'scalar', value, isPlain: false, mark });
  }

  #fetchQuoted(quote: string): void {
    this.#noteKey();
    this.#allowsKey = false;
    const mark = this.#chars.mark();
    const value = readQuoted(this.#chars, quote);
    this.#tokens.push({ kind: 'scalar', value, isPlain: false, mark });
  }

  #fetchPlain(): void {
    this.#noteKey();
    const mark = this.#chars.mark();
    const { value, isMultiline } = readPlain(this.#chars, this.#flowDepth > 0, this.#indent + 1);
    this.#allowsKey = isMultiline;
    this.#tokens.push({ kind: 'scalar', value, isPlain: true, mark });
  }
}
