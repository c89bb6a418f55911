import { plainValue } from '../../core/yaml/implicit-types';
import { parseYaml, YAML_TAG, type YamlNode } from '../../core/yaml/parser';
import { type Mark, YamlError } from '../../core/yaml/yaml-error';
import { isRecord } from '../members';

/** Deeper than a document needs; the reader fails before the call stack overflows. */
const MAX_DEPTH = 200;

const MERGE_KEY = '<<';

/**
 * Reads a document in YAML 1.1 without timestamps: `2012-10-17` is a text. Aliases are the value that
 * they name, not a copy. The version in `info` is a text, as it is written: `1.0` is not 1.
 * @throws YamlError; RangeError for a document that is too deep
 */
export function readYamlDocument(text: string): unknown {
  const root = parseYaml(text);
  if (root === undefined) return null;
  const document = new Composer().read(root, 0);
  if (!isRecord(document) || !isRecord(document.info)) return document;
  if (typeof document.info.version !== 'number') return document;
  const written = memberOf(memberOf(root, 'info'), 'version');
  const version = written?.kind === 'scalar' ? written.value : String(document.info.version);
  return { ...document, info: { ...document.info, version } };
}

class Composer {
  readonly #anchors = new Map<string, unknown>();

  read(node: YamlNode, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new RangeError('the document is too deep');
    if (node.kind === 'alias') return this.#named(node.name, node.mark);
    const value = this.#content(node, depth);
    // Only now: an alias within its own value leads nowhere.
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, value);
    return value;
  }

  #named(name: string, mark: Mark): unknown {
    if (!this.#anchors.has(name)) throw new YamlError(`found undefined alias ${name}`, mark);
    return this.#anchors.get(name);
  }

  #content(node: Exclude<YamlNode, { kind: 'alias' }>, depth: number): unknown {
    if (node.kind === 'scalar') return scalarValue(node);
    if (node.kind === 'sequence') return node.items.map((item) => this.read(item, depth + 1));
    const own = new Map<string, unknown>();
    const merged: unknown[] = [];
    for (const [key, item] of node.items) {
      if (key.kind !== 'scalar') throw new YamlError('a key is no text', key.mark);
      const value = this.read(item, depth + 1);
      if (key.isPlain && key.value === MERGE_KEY) merged.push(...[value].flat());
      else own.set(key.value, value);
    }
    if (!merged.every(isRecord)) throw new YamlError('expected a mapping to merge', node.mark);
    // Of mappings that are merged the first one counts, and what is written beside them before all.
    const parts = [...merged.reverse().map(Object.entries), [...own]];
    return Object.fromEntries(parts.flat());
  }
}

function scalarValue({ value, tag, isPlain }: YamlNode & { kind: 'scalar' }): unknown {
  const isText = tag === `${YAML_TAG}str` || tag === '!' || !isPlain;
  return isText ? value : plainValue(value);
}

/** The node of a member; of one that stands twice, the last. */
function memberOf(node: YamlNode | undefined, name: string): YamlNode | undefined {
  if (node?.kind !== 'mapping') return undefined;
  return node.items.findLast(([key]) => key.kind === 'scalar' && key.value === name)?.[1];
}
