import { Body } from './body';
import { HeaderBag, safeValue } from './header-bag';

/** Headers that never reach an API: those of the connection, and those the gateway sets (recorded). */
const DROPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'transfer-encoding',
  'trailer',
  'upgrade',
  'www-authenticate',
]);

/** A request as an API's methods see it. */
export interface MethodRequest {
  readonly httpMethod: string;
  /** The path after the stage, percent-encoded. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly queryString: string;
  /** All headers: made when they are first asked for, as most methods read one or two. */
  readonly headers: HeaderBag;
  /** The value of one header that clients set, by its lower-case name. */
  header(name: 'accept' | 'content-type'): string | undefined;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** All values of each query parameter, decoded, in order. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly body: Body;
}

export interface MethodRequestParts {
  readonly httpMethod: string;
  readonly path: string;
  readonly queryString: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Changes that the gateway makes to the headers. */
  readonly adjust?: (headers: HeaderBag) => void;
}

export function methodRequest(parts: MethodRequestParts): MethodRequest {
  const { httpMethod, path, queryString, rawHeaders = [], pathParameters, body } = parts;
  let bag: HeaderBag | undefined;
  return {
    httpMethod,
    path,
    queryString,
    get headers() {
      bag ??= visibleHeaders(parts);
      return bag;
    },
    header(name) {
      return bag === undefined ? safeValue(parts.headers[name]) : bag.get(name);
    },
    rawHeaders,
    query: parseQuery(queryString),
    pathParameters,
    body: Body.of(body),
  };
}

/** The last value of each query parameter, which single-valued reads return (recorded). */
export function lastValues(query: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...query].map(([name, values]) => [name, values.at(-1) ?? '']));
}

/**
 * A semicolon parts parameters as `&` does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
function parseQuery(queryString: string): Map<string, string[]> {
  const query = new Map<string, string[]>();
  if (queryString === '') return query;
  for (const [name, value] of new URLSearchParams(queryString.replaceAll(';', '&'))) {
    const values = query.get(name);
    if (values === undefined) query.set(name, [value]);
    else values.push(value);
  }
  return query;
}

/** Headers have the names that the client sent. Clients of HTTP/2 send lower case. */
function visibleHeaders({
  headers,
  rawHeaders = [],
  adjust,
}: Pick<MethodRequestParts, 'headers' | 'rawHeaders' | 'adjust'>): HeaderBag {
  const sent = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    sent.set(name.toLowerCase(), name);
  }
  // The gateway writes these itself (recorded: LocalStack's test_lambda_aws_proxy_integration, 2024-08-02).
  sent.set('authorization', 'Authorization');
  sent.set('host', 'Host');
  const bag = new HeaderBag();
  for (const [name, value] of Object.entries(headers)) {
    if (!DROPPED.has(name)) bag.set(sent.get(name) ?? name, value);
  }
  adjust?.(bag);
  return bag;
}
