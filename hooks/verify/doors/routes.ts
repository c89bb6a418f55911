import { type EndpointId, endpointOf } from '../../../resources/endpoints';
import { HookError, type Serverless } from '../../framework';
import { type Member, ROUTES_SCHEMA } from './schema';
import { validate } from './validate';

export type Authorization = 'none' | 'key' | 'iam' | 'token';

/** A route of a door: see `schema.ts` for what each member means. */
export interface Route {
  readonly endpoint: EndpointId;
  readonly method: string;
  readonly path: string;
  readonly takes?: Readonly<Partial<Record<Member, string>>>;
  readonly record?: Readonly<Partial<Record<Member, string>>>;
  readonly gives?: Readonly<Record<string, string>>;
  readonly stores?: 'text' | 'json' | 'base64';
  readonly values?: 'any' | 'text';
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly success?: readonly number[];
  readonly authorization?: Authorization;
}

/** The contents of a file of routes. */
export interface Routes {
  readonly name?: string;
  readonly authorization?: Authorization;
  readonly apiKey?: string;
  readonly apiToken?: string;
  readonly tokenHeader?: string;
  readonly streams?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
}

const MORE = 'docs/verify-any-api.md shows how a file of routes is written.';

/**
 * Reads a file of routes, JSON or YAML by its ending.
 * @throws HookError that says what is wrong with it, and where
 */
export function readRoutes(file: string, utils: Serverless['utils']): Routes {
  const content = contentOf(file, utils);
  const problems = problemsOf(content);
  if (problems.length === 0) return content as Routes;
  throw new HookError(
    'ROUTES_INVALID',
    [`${file} does not describe an API:`, ...problems.map((each) => `  ${each}`), MORE].join('\n'),
  );
}

function contentOf(file: string, utils: Serverless['utils']): unknown {
  if (!/\.(json|ya?ml)$/.test(file)) {
    throw new HookError('ROUTES_UNREADABLE', `--routes ${file}: it ends in .json, .yml or .yaml.`);
  }
  try {
    return utils?.readFileSync?.(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new HookError('ROUTES_UNREADABLE', `--routes ${file} cannot be read: ${reason}.`, {
      cause,
    });
  }
}

/** Everything that is wrong with a description of routes. */
export function problemsOf(content: unknown): string[] {
  const problems = validate(content, ROUTES_SCHEMA);
  if (problems.length > 0) return problems;
  const { routes } = content as Routes;
  return routes.flatMap((route, index) =>
    [...ofPath(route), ...ofBody(route), ...ofTwins(route, routes.slice(0, index))].map(
      (problem) => `routes[${index}] (${route.endpoint}): ${problem}`,
    ),
  );
}

/** Each variable of the path is taken, and no other. */
function ofPath({ path, takes = {} }: Route): string[] {
  const variables = Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name = '']) => name);
  const taken = Object.values(takes)
    .filter((place) => place.startsWith('path.'))
    .map((place) => place.slice('path.'.length));
  return [
    ...variables
      .filter((name) => !taken.includes(name))
      .map((name) => `nothing in 'takes' is path.${name}`),
    ...taken.filter((name) => !variables.includes(name)).map((name) => `the path has no {${name}}`),
  ];
}

function ofBody({ endpoint, takes = {}, record, method }: Route): string[] {
  const places = Object.values(takes);
  const hasBody = places.some((place) => place.startsWith('body'));
  const isWhole = places.includes('body');
  return [
    ...(isWhole && places.some((place) => place.startsWith('body.'))
      ? ['one member is the whole body, so no other can be in it']
      : []),
    ...(hasBody && method === 'GET' ? ['a GET has no body'] : []),
    ...(endpointOf(endpoint).streamFrom === 'path' && takes.StreamName === undefined
      ? ["'takes' needs StreamName; it is 'fixed' for a route of one stream"]
      : []),
    ...(endpoint === 'PutRecord' && takes.Data === undefined ? ["'takes' needs Data"] : []),
    ...(endpoint === 'PutRecords' && (takes.Records === undefined || record === undefined)
      ? ["'takes' needs Records, and 'record' names the members of each"]
      : []),
  ];
}

function ofTwins(route: Route, before: readonly Route[]): string[] {
  const isTwin = (each: Route) =>
    each.endpoint === route.endpoint && (each.stores === 'base64') === (route.stores === 'base64');
  if (!before.some(isTwin)) return [];
  return ['an earlier route is for the same endpoint. One more may be there, for base64'];
}
