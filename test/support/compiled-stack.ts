import type { CompiledTemplate } from '../../hooks/framework';
import { settleConditions } from '../../hooks/template/conditions';
import { settleValues } from '../../hooks/template/settled';
import { stackOf } from '../../resources';
import { defaults } from '../../resources/parameters';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';

const VARIABLE =
  /("\$\{param:\w+\}"|\$\{(?:param:\w+|self:service|self:provider\.(?:stage|region))\})/;

/** The declaration's texts, every second piece a variable; entries apart, as few differ between stages. */
function cutUp(streams: readonly DeclaredStream[], producers: readonly DeclaredProducer[] = []) {
  const sections = Object.entries(stackOf(streams, producers)).filter(([, section]) => section);
  return sections.map(([section, entries]) => ({
    section,
    entries: Object.entries(entries).map(
      ([name, entry]) => [name, JSON.stringify(entry).split(VARIABLE)] as const,
    ),
  }));
}

/** Cut up once, filled in thousands of times. */
const withoutStreams = cutUp([]);

/** Parsed entries by their texts. Settling copies them. */
const parsed = new Map<string, unknown>();

function parse(text: string): unknown {
  const known = parsed.get(text) ?? JSON.parse(text);
  parsed.set(text, known);
  return known;
}

/** The stack as a stage with these parameters gets it: variables filled in, conditions settled. */
export function compiledStack(
  values: Readonly<Record<string, string>> = {},
  stage = 'dev',
  region = 'us-east-1',
  streams: readonly DeclaredStream[] = [],
  producers: readonly DeclaredProducer[] = [],
): CompiledTemplate {
  const parameters: Record<string, string | number> = { ...defaults, ...values };
  const known = new Map<string, string | number>([
    ['self:service', 'kinesis-rest-proxy'],
    ['self:provider.stage', stage],
    ['self:provider.region', region],
    ...Object.entries(parameters).map(([name, value]) => [`param:${name}`, value] as const),
  ]);
  const fillIn = (pieces: readonly string[]): string =>
    pieces.map((piece, index) => (index % 2 === 0 ? piece : filledIn(piece, known))).join('');
  // A parameter's default may speak of another parameter.
  for (const [name, value] of Object.entries(parameters)) {
    if (!String(value).includes('${')) continue;
    known.set(`param:${name}`, fillIn(String(value).split(VARIABLE)));
  }
  const isPlain = streams.length === 0 && producers.length === 0;
  const sections = isPlain ? withoutStreams : cutUp(streams, producers);
  const template = Object.fromEntries(
    sections.map(({ section, entries }) => [
      section,
      Object.fromEntries(entries.map(([name, pieces]) => [name, parse(fillIn(pieces))])),
    ]),
  );
  const settled = settleConditions(template as unknown as CompiledTemplate);
  return settleValues(settled, String(parameters.rootPath));
}

/** A variable that is all of a value, quotes and all, keeps its type as in the framework. */
function filledIn(variable: string, known: ReadonlyMap<string, string | number>): string {
  if (variable.startsWith('"')) return JSON.stringify(known.get(variable.slice(3, -2)));
  return String(known.get(variable.slice(2, -1)));
}
