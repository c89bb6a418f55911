import { either, NO_VALUE, type Resources, type Value } from '../cloudformation';
import {
  choosingOrigin,
  corsHeaders,
  corsHeadersDeclared,
  exposedHeaders,
  headersOfPreflight,
  openPreflight,
} from '../cors';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from '../streams/declared';
import { fragment, setting } from './fragments';
import { pageOrigins } from './page-origins';
import type { EventRoute } from './routes';
import { headersRead } from './templates';

/**
 * CORS of a stream's endpoints: of the origins that it lists; of all where everybody may send; else that
 * of the stage. Like the stage's it never allows credentials: a page cannot send in its visitor's
 * name.
 */
interface Cors {
  /** Of an integration response. */
  readonly headers: Readonly<Record<string, Value<string>>>;
  /** The same, as a method response declares them. */
  readonly declared: Readonly<Record<string, Value<boolean>>>;
  /** The templates of an answer; of nothing for a preflight. */
  readonly templates: (text: string) => Value<Record<string, string>>;
  /** When there are preflights; undefined: always. */
  readonly condition?: 'AllowsOrigins';
}

const ofTheStage: Cors = {
  headers: corsHeaders,
  declared: corsHeadersDeclared,
  templates: (text) =>
    either('AllowsSeveralOrigins', choosingOrigin(text), text === '' ? NO_VALUE : plain(text)),
  condition: 'AllowsOrigins',
};

const ALLOW_ORIGIN = 'method.response.header.Access-Control-Allow-Origin';

/** Without a stage variable, which an API that somebody else owns would lack. */
function ofOrigins(origins: readonly string[]): Cors {
  const hasOne = origins.length === 1;
  const headers = {
    ...(hasOne && { [ALLOW_ORIGIN]: `'${origins[0]}'` }),
    'method.response.header.Access-Control-Expose-Headers': exposedHeaders,
    ...(!hasOne && { 'method.response.header.Vary': "'Origin'" }),
  };
  const chooser = `${setting('origins', origins)}\n${fragment('Event.cors.response')}\n`;
  return {
    headers,
    declared: Object.fromEntries(
      [ALLOW_ORIGIN, ...Object.keys(headers)].map((name) => [name, false]),
    ),
    templates: (text) => {
      if (!hasOne) return plain(`${chooser}${text}`);
      return text === '' ? NO_VALUE : plain(text);
    },
  };
}

const plain = (text: string) => ({ 'application/json': text });

export function corsOf(stream: DeclaredStream): Cors {
  const origins = pageOrigins(stream);
  return origins === undefined ? ofTheStage : ofOrigins(origins);
}

/**
 * The methods that answer preflights. Each path has its own: without one it would be answered by
 * the Kafka REST proxy where the stage has that.
 */
export const eventPreflights = (routes: readonly EventRoute[]): Resources =>
  Object.fromEntries(
    routes.map(({ stream, path, method }) => {
      const cors = corsOf(stream);
      const headers = headersOfPreflight(headersAllowed(stream), `'${method}'`, cors.headers);
      return [
        logicalIds.preflight(path),
        openPreflight(path, headers, cors.templates(''), cors.condition),
      ];
    }),
  );

/** The request headers that this stream's templates read, which its pages may then send. */
const headersAllowed = (stream: DeclaredStream) =>
  headersRead(stream).filter((name) => !['origin', 'content-type'].includes(name.toLowerCase()));
