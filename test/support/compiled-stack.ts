import type { CompiledTemplate } from '../../hooks/framework';
import { settleConditions } from '../../hooks/template/conditions';
import { settleValues } from '../../hooks/template/settled';
import { stackOf } from '../../resources';
import { defaults } from '../../resources/parameters';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';

const VARIABLE =
  /("\$\{param:\w+\}"|\$\{(?:param:\w+|self:service|self:provider\.(?:stage|region))\})/;

const cutUp = (streams: readonly DeclaredStream[], producers: readonly DeclaredProducer[] = []) =>
  JSON.stringify(stackOf(streams, producers)).split(VARIABLE);

/** The declaration's text, every second piece a variable: cut up once, filled in thousands of times. */
const withoutStreams = cutUp([]);

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
  const pieces = isPlain ? withoutStreams : cutUp(streams, producers);
  const settled = settleConditions(JSON.parse(fillIn(pieces)));
  return settleValues(settled, String(parameters.rootPath));
}

/** A variable that is all of a value, quotes and all, keeps its type as in the framework. */
function filledIn(variable: string, known: ReadonlyMap<string, string | number>): string {
  if (variable.startsWith('"')) return JSON.stringify(known.get(variable.slice(3, -2)));
  return String(known.get(variable.slice(2, -1)));
}
