import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import { placed, withPlaced } from '../access/token';
import { Tokens } from '../access/tokens';
import { withApiKey } from '../api-key';
import { type Sign, unsigned } from '../exchange';
import { signWith } from '../sign';
import type { DescribedDoor } from './described';
import type { Route } from './routes';

/** Where the credentials of a run that are not AWS's come from. */
export interface DoorCredentials {
  readonly environment?: NodeJS.ProcessEnv;
  /** `--token-command` */
  readonly command?: string | undefined;
}

/** How a run comes in at a door, and the tokens that nothing may print. */
export interface DoorAccess {
  readonly sign: Sign;
  readonly tokens: Tokens;
}

/**
 * How the door's requests are let in: signed with the shell's credentials, with the key or the token
 * of an environment variable, each where its routes say so, or as they are.
 * @throws HookError when the key, the token or the credentials are missing
 */
export async function accessTo(
  door: DescribedDoor,
  region: string,
  { config }: Pick<KinesisClient, 'config'>,
  { environment = process.env, command }: DoorCredentials = {},
): Promise<DoorAccess> {
  const { routes, apiToken = 'API_TOKEN' } = door.routes;
  const kinds = new Set(routes.map((route) => door.authorization(route)));
  const tokens = new Tokens({
    environment: { ...environment, API_TOKEN: environment[apiToken] },
    command,
  });
  const withKey = kinds.has('key') ? withApiKey(keyFrom(door, environment)) : unsigned;
  const withToken = kinds.has('token') ? await tokenTo(door, tokens, apiToken) : unsigned;
  if (kinds.has('iam')) await requireCredentials(config);
  const withSignature = kinds.has('iam') ? signWith(region, () => config.credentials()) : unsigned;
  const own = kindsByRoute(door);
  const sign: Sign = async (request) => {
    const keyed = await withKey(request);
    // A signature and a token may be wanted in the same header.
    const isToken = kinds.has('token') && own(request) === 'token';
    return isToken ? withToken(keyed) : withSignature(keyed);
  };
  return { sign, tokens };
}

/** The header that a door takes tokens in. */
export const tokenHeaderOf = ({ routes: { tokenHeader = 'Authorization' } }: DescribedDoor) =>
  tokenHeader;

async function tokenTo(door: DescribedDoor, tokens: Tokens, variable: string): Promise<Sign> {
  if ((await tokens.good('write')) === undefined) {
    throw new HookError(
      'API_TOKEN_MISSING',
      `The routes ask for a token: set the environment variable ${variable} to it, or pass --token-command.`,
    );
  }
  const entrance = {
    name: 'write',
    authorization: 'LAMBDA',
    userPoolArns: [],
    scopes: [],
    identitySources: [`method.request.header.${tokenHeaderOf(door)}`],
    ttlSeconds: 0,
  } as const;
  return async (request) => {
    const token = await tokens.good('write');
    return token === undefined ? request : withPlaced(placed(token, entrance))(request);
  };
}

/** Finds what the route of a request asks for; of no route, what most of the door does. */
function kindsByRoute(door: DescribedDoor) {
  const known = door.routes.routes.map((route) => ({
    method: route.method,
    path: patternOf(route),
    kind: door.authorization(route),
  }));
  const usual = door.routes.authorization ?? known[0]?.kind;
  return ({ method, url }: Pick<Request, 'method' | 'url'>) => {
    const { pathname } = new URL(url);
    const fit = known.filter((route) => route.method === method && route.path.test(pathname));
    // The one that leaves least open: /streams/list is no stream of /streams/{name}.
    const [best] = fit.sort((a, b) => b.path.source.length - a.path.source.length);
    return best?.kind ?? usual;
  };
}

/** `/streams/{name}/record`, at the end of the URL's path. */
const patternOf = ({ path }: Route) =>
  new RegExp(
    `${path
      .split(/\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]+')}$`,
  );

function keyFrom(
  { routes: { apiKey = 'API_KEY' } }: DescribedDoor,
  environment: NodeJS.ProcessEnv,
) {
  const key = environment[apiKey];
  if (key) return key;
  throw new HookError(
    'API_KEY_MISSING',
    `The routes ask for an API key: set the environment variable ${apiKey} to it.`,
  );
}

/** True if the shell has AWS credentials. */
export const hasCredentials = ({ config }: Pick<KinesisClient, 'config'>): Promise<boolean> =>
  config.credentials().then(
    () => true,
    () => false,
  );

async function requireCredentials({ credentials }: KinesisClient['config']): Promise<void> {
  try {
    await credentials();
  } catch (cause) {
    throw new HookError(
      'CREDENTIALS_MISSING',
      'The routes ask for signed requests, and the shell has no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      { cause },
    );
  }
}
