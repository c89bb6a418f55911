import {
  boolYaml11Tag,
  eventsToAst,
  floatYaml11Tag,
  intYaml11Tag,
  type MappingNode,
  mapTag,
  NOT_RESOLVED,
  type Node,
  nullYaml11Tag,
  parseEvents,
  SCALAR_STYLE,
  type ScalarNode,
  Schema,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml';
import { templateFormatError, validationError } from './json';

/** Deeper than a template may be; the reader fails before the call stack overflows. */
const MAX_DEPTH = 200;

/**
 * YAML 1.1 without binary, omap, pairs, set, timestamp and merge keys: `2012-10-17` is a string.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
const SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag,
  nullYaml11Tag,
  boolYaml11Tag,
  intYaml11Tag,
  floatYaml11Tag,
]);

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
 * @returns the same value as the equivalent JSON template
 * @throws AwsError ValidationError in CloudFormation's words, with line and column if known
 */
export function parseYaml(text: string): unknown {
  let documents: ReturnType<typeof eventsToAst>;
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    documents = eventsToAst(events, { source: text, schema: SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw notWellFormed(error.reason, error.mark);
  }
  if (documents.length > 1) {
    throw notWellFormed('a template must be a single document');
  }
  const contents = documents[0]?.contents ?? null;
  return contents === null ? null : readNode(contents);
}

function notWellFormed(reason: string, mark?: YAMLException['mark']) {
  const place = mark === undefined ? '' : `line ${mark.line + 1}, column ${mark.column + 1}: `;
  return templateFormatError(`YAML not well-formed. (${place}${reason})`);
}

function readNode(node: Node): unknown {
  if (node.kind === 'alias') {
    // Wording: https://github.com/seeebiii/aws-cloudformation-templates/issues/1 (2017).
    throw validationError(
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    );
  }
  const value = contentOf(node);
  // `!!str` and similar are YAML's own tags; `!` alone disables implicit types.
  if (!node.tagged || node.tag === '!' || node.tag.startsWith('!!')) return value;
  const tag = node.tag.slice(1);
  if (PLAIN_TAGS.has(tag)) return { [tag]: value };
  if (!FUNCTION_TAGS.has(tag)) throw notWellFormed(`unknown tag ${node.tag}`);
  return { [`Fn::${tag}`]: tag === 'GetAtt' ? getAttArgument(value) : value };
}

function contentOf(node: Exclude<Node, { kind: 'alias' }>): unknown {
  const own = node.tagged && node.tag.startsWith('!!') ? node.tag.slice(2) : undefined;
  if (node.kind === 'scalar') return own === undefined ? scalarOf(node) : taggedScalar(node, own);
  const expected = node.kind === 'sequence' ? 'seq' : 'map';
  if (own !== undefined && own !== expected) throw notWellFormed(`unknown tag ${node.tag}`);
  return node.kind === 'sequence' ? node.items.map(readNode) : mappingOf(node);
}

/** Only plain, untagged scalars can be anything other than strings. */
function scalarOf({ value, tagged, style }: ScalarNode): unknown {
  if (tagged || style !== SCALAR_STYLE.PLAIN) return value;
  const resolved = SCHEMA.resolveImplicitScalarTag(value).value;
  // A number that cannot be represented exactly stays a string.
  return typeof resolved === 'number' && !isExact(resolved) ? value : resolved;
}

function taggedScalar({ tag, value }: ScalarNode, own: string): unknown {
  const name = `tag:yaml.org,2002:${own}`;
  const resolved = SCHEMA.lookupScalarTag(name)?.resolve(value, true, name) ?? NOT_RESOLVED;
  if (own !== 'null' && resolved === NOT_RESOLVED) {
    throw notWellFormed(`${value} is not valid for the tag ${tag}, or the tag is unknown`);
  }
  return own === 'null' ? null : resolved;
}

const isExact = (number: number): boolean =>
  Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));

function mappingOf({ items }: MappingNode): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const { key, value } of items) {
    if (key.kind !== 'scalar') throw notWellFormed('a key must be a string');
    if (members.has(key.value)) throw notWellFormed(`duplicate key ${key.value}`);
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
