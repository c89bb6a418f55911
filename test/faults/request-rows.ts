import type { CheckName } from '../../hooks/verify/checks';
import type { EndpointId } from '../../resources/endpoints';
import type { Damage } from './damage';
import type { Fault } from './fault';

/** How templates put a client's text into JSON. */
export const safe = (reference: string) =>
  String.raw`$util.escapeJavaScript(${reference}).replaceAll("\\'", "'")`;

export const STREAM = "$input.params('stream-name')";
export const LESSON = 'the template of the AWS tutorial';

/** Id, what is broken, the checks that must see it, and the damage. */
type Row = readonly [id: string, broken: string, caughtBy: readonly CheckName[], damage: Damage];

/** Faults of one route's request templates. */
export const rows = (endpoint: EndpointId, all: readonly Row[]): Fault[] =>
  all.map(([id, broken, caughtBy, template]) => ({
    id: `${endpoint}-${id}`,
    class: 'request',
    broken: `${endpoint}: ${broken}`,
    blames: endpoint,
    caughtBy,
    template,
  }));

/** The template's text that gives JSON its slashes back. */
export const SLASHES = /#if\(\$data\.contains\('\\\/'\)\)\n.*\n#end\n/;

/** The template's part that hands on `limit`. */
export const limit = /#if\(\$limit != ''\)\n *,?"\w+": [\s\S]*?#end\n\n#end\n/;
/** The part that hands on another parameter, by its variable. */
export const optional = (name: string) => new RegExp(`#if\\(\\$${name} != ''\\)\n[\\s\\S]*?#end\n`);
