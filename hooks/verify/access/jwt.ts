import type { Entrance } from '../../stage/entrances';
import { type Token, valuesOf } from './token';

/** The parts of a JSON Web Token that can be read without its keys. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

const BEARER = /^bearer\s+/i;

/** The token in a header's value, without its scheme. */
export const bare = (value: string): string => value.replace(BEARER, '');

/** @returns undefined for what is no JSON Web Token */
export function readJwt(value: string): Jwt | undefined {
  const [header, claims, signature, ...others] = bare(value).split('.');
  if (signature === undefined || others.length > 0) return undefined;
  const read = { header: jsonOf(header), claims: jsonOf(claims) };
  return read.header && read.claims ? { header: read.header, claims: read.claims } : undefined;
}

function jsonOf(part = ''): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** When a token expires, in milliseconds since 1970; undefined where it does not say. */
export function expiryOf(token: Token): number | undefined {
  const times = valuesOf(token).flatMap((value) => {
    const exp = readJwt(value)?.claims.exp;
    return typeof exp === 'number' ? [exp * 1000] : [];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * The reason why a token cannot be good at an entrance of COGNITO, as far as it can be told without
 * asking: its kind, its pool, its scopes, its time.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export function whyUnfit(
  value: string,
  { scopes, userPoolArns }: Pick<Entrance, 'scopes' | 'userPoolArns'>,
  now: number = Date.now(),
): string | undefined {
  const jwt = readJwt(value);
  if (jwt === undefined) return 'it is no JSON Web Token';
  const { token_use: use, iss, scope, exp } = jwt.claims;
  if (typeof exp === 'number' && exp * 1000 <= now) {
    return `it expired at ${new Date(exp * 1000).toISOString()}`;
  }
  const pools = userPoolArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  if (pools.length > 0 && !pools.some((pool) => String(iss).endsWith(`/${pool}`))) {
    return `its issuer is ${iss}, not ${pools.join(' or ')}`;
  }
  const wanted = scopes.length > 0 ? 'access' : 'id';
  if (use !== wanted) {
    const why = scopes.length > 0 ? 'asks for scopes' : 'asks for no scopes';
    return `the entrance ${why}, so it takes ${wanted} tokens, and this one's token_use is ${use}`;
  }
  const own = String(scope ?? '').split(' ');
  if (scopes.length === 0 || scopes.some((each) => own.includes(each))) return undefined;
  return `it has none of the scopes ${scopes.join(', ')}`;
}
