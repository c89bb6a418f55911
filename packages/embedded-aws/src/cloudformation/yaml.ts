import { implicitValue } from '../core/yaml/implicit-types';
import { parseYaml as parseNode, YAML_TAG, type YamlNode } from '../core/yaml/parser';
import { type Mark, YamlError } from '../core/yaml/yaml-error';
import { templateFormatError, validationError } from './json';

/** Functions with a short form as a tag: `!Sub text` is `{ "Fn::Sub": text }`. */
const FUNCTION_TAGS = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
]);

/** Tags whose long form has no `Fn::` prefix. */
const PLAIN_TAGS = new Set(['Condition', 'Ref']);

/**
 * Parses a template in YAML; converts function tags to their long form.
 *
 * YAML 1.1 without binary, omap, pairs, set, timestamp and merge keys: `2012-10-17` is a string. Of
 * keys that stand twice the last one counts (verified on AWS in
 * https://github.com/go-to-k/cdk-real-drift/issues/1074, 2026).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * @returns the same value as the equivalent JSON template
 * @throws AwsError ValidationError in CloudFormation's words, with line and column
 */
export function parseYaml(text: string): unknown {
  try {
    const root = parseNode(text);
    return root === undefined ? null : readNode(root);
  } catch (error) {
    if (error instanceof YamlError) throw notWellFormed(error.mark);
    throw error;
  }
}

function notWellFormed({ line, column }: Mark) {
  return templateFormatError(`YAML not well-formed. (line ${line + 1}, column ${column + 1})`);
}

function readNode(node: YamlNode): unknown {
  if (node.kind === 'alias') {
    // Wording: https://github.com/seeebiii/aws-cloudformation-templates/issues/1 (2017).
    throw validationError(
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    );
  }
  const value = contentOf(node);
  const { tag = '!' } = node;
  // `!!str` and similar are YAML's own tags; `!` alone disables implicit types.
  if (tag === '!' || tag.startsWith(YAML_TAG)) return value;
  const name = tag.slice(1);
  if (PLAIN_TAGS.has(name)) return { [name]: value };
  if (!tag.startsWith('!') || !FUNCTION_TAGS.has(name)) throw notWellFormed(node.mark);
  return { [`Fn::${name}`]: name === 'GetAtt' ? getAttArgument(value) : value };
}

function contentOf(node: Exclude<YamlNode, { kind: 'alias' }>): unknown {
  const own = node.tag?.startsWith(YAML_TAG) ? node.tag.slice(YAML_TAG.length) : undefined;
  if (node.kind === 'scalar') return scalarOf(node, own);
  const expected = node.kind === 'sequence' ? 'seq' : 'map';
  if (own !== undefined && own !== expected) throw notWellFormed(node.mark);
  return node.kind === 'sequence' ? node.items.map(readNode) : mappingOf(node);
}

/** Only plain scalars without a tag of CloudFormation can be anything other than strings. */
function scalarOf(
  { value, isPlain, tag, mark }: YamlNode & { kind: 'scalar' },
  own?: string,
): unknown {
  if (own === undefined) return tag === undefined && isPlain ? implicitValue(value) : value;
  if (own === 'str') return value;
  if (own === 'null') return null;
  const read = implicitValue(value);
  const accepts: Readonly<Record<string, boolean>> = {
    bool: typeof read === 'boolean',
    int: typeof read === 'number' && Number.isInteger(read),
    float: Number.isFinite(Number(read)) && typeof read !== 'boolean',
  };
  if (accepts[own] === true) return read;
  throw notWellFormed(mark);
}

function mappingOf({ items }: YamlNode & { kind: 'mapping' }): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [key, value] of items) {
    if (key.kind !== 'scalar') throw notWellFormed(key.mark);
    members.set(key.value, readNode(value));
  }
  return Object.fromEntries(members);
}

/** `Api.RootResourceId` is a resource and an attribute, which may contain further dots. */
function getAttArgument(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const dot = value.indexOf('.');
  return dot === -1 ? value : [value.slice(0, dot), value.slice(dot + 1)];
}
