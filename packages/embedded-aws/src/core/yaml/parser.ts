import { Scanner, type Token } from './scanner';
import { type Mark, YamlError } from './yaml-error';

/** The tags of YAML's own types. */
export const YAML_TAG = 'tag:yaml.org,2002:';

/** A node of a YAML document. Its tag is as declared, `!!str` in full. Aliases are not resolved. */
export type YamlNode = { readonly mark: Mark; readonly tag?: string; readonly anchor?: string } & (
  | { readonly kind: 'scalar'; readonly value: string; readonly isPlain: boolean }
  | { readonly kind: 'sequence'; readonly items: readonly YamlNode[] }
  | { readonly kind: 'mapping'; readonly items: readonly (readonly [YamlNode, YamlNode])[] }
  | { readonly kind: 'alias'; readonly name: string }
);

/**
 * Parses a text of one YAML 1.1 document, as SnakeYAML does: with the same leniency, and the same
 * places in errors.
 * @returns its root; undefined if the text has no document
 * @throws YamlError with the place in the text
 */
export function parseYaml(text: string): YamlNode | undefined {
  return new Parser(text).document();
}

class Parser {
  readonly #scanner: Scanner;
  readonly #handles = new Map([
    ['!', '!'],
    ['!!', YAML_TAG],
  ]);

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  document(): YamlNode | undefined {
    this.#skip('...');
    if (this.#at('stream end')) return undefined;
    this.#directives();
    const root = this.#at('...', 'stream end')
      ? emptyScalar(this.#scanner.peek().mark)
      : this.#node('block');
    const token = this.#scanner.peek();
    this.#skip('...');
    if (this.#at('stream end')) return root;
    const reason = token.kind === '---' ? 'found another document' : "expected '<document start>'";
    throw new YamlError(reason, this.#scanner.peek().mark);
  }

  #at(...kinds: readonly Token['kind'][]): boolean {
    return kinds.includes(this.#scanner.peek().kind);
  }

  #skip(kind: Token['kind']): void {
    while (this.#at(kind)) this.#scanner.next();
  }

  #directives(): void {
    let version: string | undefined;
    for (let token = this.#scanner.peek(); token.kind === 'directive'; ) {
      if (token.name === 'YAML') {
        if (version !== undefined)
          throw new YamlError('found duplicate YAML directive', token.mark);
        version = token.value;
        if (!/^1\.\d+$/.test(version)) {
          throw new YamlError('found incompatible YAML document', token.mark);
        }
      } else if (token.name === 'TAG') {
        const [handle = '', prefix = ''] = token.value.split(/ +/);
        this.#handles.set(handle, prefix);
      }
      this.#scanner.next();
      token = this.#scanner.peek();
      if (token.kind !== 'directive' && token.kind !== '---') {
        throw new YamlError("expected '<document start>'", token.mark);
      }
    }
    if (this.#at('---')) this.#scanner.next();
  }

  /** @param context where the node stands; `indentless` allows `- a` at the column of its key */
  #node(context: 'block' | 'indentless' | 'flow'): YamlNode {
    const first = this.#scanner.peek();
    if (first.kind === 'alias') {
      this.#scanner.next();
      return { kind: 'alias', name: first.value, mark: first.mark };
    }
    const properties = { mark: first.mark, ...this.#properties() };
    const token = this.#scanner.peek();
    if (context === 'indentless' && token.kind === '-') {
      return { kind: 'sequence', items: this.#indentlessSequence(), ...properties };
    }
    if (token.kind === 'scalar') {
      this.#scanner.next();
      const { value, isPlain } = token;
      return { kind: 'scalar', value, isPlain, ...properties };
    }
    if (token.kind === '[') return { kind: 'sequence', items: this.#flowSequence(), ...properties };
    if (token.kind === '{') return { kind: 'mapping', items: this.#flowMapping(), ...properties };
    if (context !== 'flow' && token.kind === 'sequence') {
      return { kind: 'sequence', items: this.#blockSequence(), ...properties };
    }
    if (context !== 'flow' && token.kind === 'mapping') {
      return { kind: 'mapping', items: this.#blockMapping(), ...properties };
    }
    if (properties.tag !== undefined || properties.anchor !== undefined) {
      return { ...emptyScalar(first.mark), ...properties };
    }
    throw new YamlError(`expected the node content, but found ${token.kind}`, token.mark);
  }

  #properties(): { tag?: string; anchor?: string } {
    let tag: string | undefined;
    let anchor: string | undefined;
    for (let token = this.#scanner.peek(); ; token = this.#scanner.peek()) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.value;
      else if (token.kind === 'tag' && tag === undefined) tag = this.#resolveTag(token);
      else break;
      this.#scanner.next();
    }
    return { ...(tag !== undefined && { tag }), ...(anchor !== undefined && { anchor }) };
  }

  #resolveTag({ value, mark }: { value: string; mark: Mark }): string {
    if (value.startsWith('!<')) return value.slice(2, -1);
    const [, handle = '!', suffix = ''] = /^(!(?:[\w-]*!)?)(.*)$/.exec(value) ?? [];
    const prefix = this.#handles.get(handle);
    if (prefix === undefined) throw new YamlError(`found undefined tag handle ${handle}`, mark);
    return prefix + decodeTag(suffix);
  }

  #blockSequence(): YamlNode[] {
    this.#scanner.next();
    const items: YamlNode[] = [];
    while (this.#at('-')) {
      const { mark } = this.#scanner.next();
      items.push(this.#at('-', 'block end') ? emptyScalar(mark) : this.#node('block'));
    }
    this.#endBlock();
    return items;
  }

  #indentlessSequence(): YamlNode[] {
    const items: YamlNode[] = [];
    while (this.#at('-')) {
      const { mark } = this.#scanner.next();
      const isEmpty = this.#at('-', '?', ':', 'block end');
      items.push(isEmpty ? emptyScalar(mark) : this.#node('block'));
    }
    return items;
  }

  #blockMapping(): [YamlNode, YamlNode][] {
    this.#scanner.next();
    const items: [YamlNode, YamlNode][] = [];
    const part = (indicator: '?' | ':'): YamlNode => {
      const { mark } = this.#scanner.peek();
      if (!this.#at(indicator)) return emptyScalar(mark);
      this.#scanner.next();
      return this.#at('?', ':', 'block end') ? emptyScalar(mark) : this.#node('indentless');
    };
    while (this.#at('?')) items.push([part('?'), part(':')]);
    this.#endBlock();
    return items;
  }

  #endBlock(): void {
    const token = this.#scanner.peek();
    if (token.kind !== 'block end') {
      throw new YamlError(`expected <block end>, but found ${token.kind}`, token.mark);
    }
    this.#scanner.next();
  }

  #flowSequence(): YamlNode[] {
    this.#scanner.next();
    const items: YamlNode[] = [];
    while (!this.#at(']')) {
      if (items.length > 0) this.#comma(']');
      if (this.#at(']')) break;
      const { kind, mark } = this.#scanner.peek();
      if (kind === '?') items.push({ kind: 'mapping', items: [this.#flowPair(']')], mark });
      else items.push(this.#node('flow'));
    }
    this.#scanner.next();
    return items;
  }

  #flowMapping(): [YamlNode, YamlNode][] {
    this.#scanner.next();
    const items: [YamlNode, YamlNode][] = [];
    while (!this.#at('}')) {
      if (items.length > 0) this.#comma('}');
      if (this.#at('}')) break;
      if (this.#at('?')) {
        items.push(this.#flowPair('}'));
      } else {
        const key = this.#node('flow');
        items.push([key, emptyScalar(this.#scanner.peek().mark)]);
      }
    }
    this.#scanner.next();
    return items;
  }

  #flowPair(end: ']' | '}'): [YamlNode, YamlNode] {
    const { mark } = this.#scanner.next();
    const key = this.#at(':', ',', end) ? emptyScalar(mark) : this.#node('flow');
    const next = this.#scanner.peek();
    if (next.kind !== ':') return [key, emptyScalar(next.mark)];
    this.#scanner.next();
    return [key, this.#at(',', end) ? emptyScalar(next.mark) : this.#node('flow')];
  }

  #comma(end: ']' | '}'): void {
    const token = this.#scanner.peek();
    if (token.kind !== ',') {
      throw new YamlError(`expected ',' or '${end}', but got ${token.kind}`, token.mark);
    }
    this.#scanner.next();
  }
}

function emptyScalar(mark: Mark): YamlNode & { readonly kind: 'scalar' } {
  return { kind: 'scalar', value: '', isPlain: true, mark };
}

function decodeTag(suffix: string): string {
  try {
    return decodeURIComponent(suffix);
  } catch {
    return suffix;
  }
}
