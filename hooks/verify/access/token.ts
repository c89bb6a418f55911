import { HookError } from '../../framework';
import type { Entrance } from '../../stage/entrances';
import type { Sign } from '../exchange';

/** A caller's credentials: a text for the one place that the entrance looks at, or several. */
export type Token =
  | string
  | {
      readonly headers: Readonly<Record<string, string>>;
      readonly query: Readonly<Record<string, string>>;
    };

/** Where a token is put into a request. */
export interface Placed {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

const PLACE = /^method\.request\.(?:multivalue)?(header|querystring)\.(.+)$/;

/** The headers and parameters among the identity sources; the others are not the caller's to set. */
export const placesOf = ({ identitySources }: Pick<Entrance, 'identitySources'>) =>
  identitySources.flatMap((source) => {
    const [, kind, name] = PLACE.exec(source) ?? [];
    return name === undefined ? [] : [{ isHeader: kind === 'header', name }];
  });

/**
 * Puts a token where the entrance looks for it.
 * @throws HookError for a text where the entrance looks at several places
 */
export function placed(token: Token, entrance: Entrance): Placed {
  if (typeof token !== 'string') return token;
  const [first = { isHeader: true, name: 'Authorization' }, ...others] = placesOf(entrance);
  if (others.length > 0) {
    const names = [first, ...others].map(({ name }) => name).join(', ');
    throw new HookError(
      'TOKEN_INCOMPLETE',
      `The ${entrance.name} entrance looks at ${names}: give it as JSON, {"headers": {"${first.name}": "…"}, "query": {}}. More: docs/verification.md#tokens`,
    );
  }
  const own = { [first.name]: token };
  return first.isHeader ? { headers: own, query: {} } : { headers: {}, query: own };
}

/** Adds them to every request. */
export const withPlaced =
  ({ headers, query }: Placed): Sign =>
  async (request) => {
    const url = new URL(request.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = url.href === request.url ? request : new Request(url, request);
    for (const [name, value] of Object.entries(headers)) signed.headers.set(name, value);
    return signed;
  };

/** The values of a token, which nothing may print. */
export const valuesOf = (token: Token): readonly string[] =>
  typeof token === 'string'
    ? [token]
    : [...Object.values(token.headers), ...Object.values(token.query)];

/**
 * Reads what an environment variable or a command gave. An error would print a value that cannot be
 * sent, so it is looked at first.
 * @param from for messages: `API_TOKEN`
 * @returns undefined for nothing
 * @throws HookError, without the token
 */
export function readToken(text: string, from: string): Token | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const token = trimmed.startsWith('{') ? readPlaces(trimmed, from) : trimmed;
  if (valuesOf(token).every((value) => /^[\t\x20-\x7e]*$/.test(value))) return token;
  throw new HookError(
    'TOKEN_INVALID',
    `${from} is no token: it has a line break, or characters that no header takes.`,
  );
}

function readPlaces(text: string, from: string): Token {
  const isTexts = (value: unknown): value is Record<string, string> =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([key, each]) => NAME.test(key) && typeof each === 'string');
  try {
    const { headers = {}, query = {}, ...others } = JSON.parse(text);
    if (Object.keys(others).length === 0 && isTexts(headers) && isTexts(query)) {
      return { headers, query };
    }
  } catch {
    // Told below. The cause would quote the text.
  }
  throw new HookError(
    'TOKEN_INVALID',
    `${from} is neither a token nor JSON of the form {"headers": {"Name": "value"}, "query": {"name": "value"}}.`,
  );
}

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
