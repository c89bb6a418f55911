import type { JWTPayload } from 'jose';
import type { AuthorizerCall } from './call';
import { matchesWhole } from './identity-validation';
import { identityValues } from './identity-values';
import { logIdentity } from './log';
import { authorizerError, tokenExpired, unauthorized } from './refusals';
import type { UserPool, UserPools } from './user-pools';

export interface UserPoolDependencies {
  readonly userPools: UserPools;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The claims of a token that one of the authorizer's user pools has issued. A method with scopes wants
 * an access token that has any of them, and one without wants an ID token.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 * @throws GatewayError 401 for any other token or none, 500 where the pool's keys cannot be had
 */
export async function verifiedClaims(
  call: AuthorizerCall,
  { userPools, now }: UserPoolDependencies,
): Promise<JWTPayload> {
  const { requestId } = call.context;
  const values = identityValues(call);
  // Raw or after `Bearer`, both of which AWS takes (public report: nx-plugin-for-aws#828).
  const token = (values[0]?.value ?? '').replace(/^Bearer +/i, '');
  if (token === '') throw unauthorized(requestId);
  logIdentity(call, values);
  const issuer = await issuerOf(token, requestId);
  const pool = await poolOf(call, issuer, userPools);
  const claims = await verify(token, pool, requestId, now());
  requireUse(call, claims);
  return claims;
}

/** Who the token says has issued it, not yet verified. @throws GatewayError 401 for no token */
async function issuerOf(token: string, requestId: string): Promise<string> {
  const { decodeJwt } = await import('jose');
  try {
    return String(decodeJwt(token).iss);
  } catch (cause) {
    throw unauthorized(requestId, cause);
  }
}

/** @throws GatewayError 401 for an issuer that is none of the pools, 500 if that cannot be told */
async function poolOf(
  { authorizer, context }: AuthorizerCall,
  issuer: string,
  userPools: UserPools,
): Promise<UserPool> {
  const arns = authorizer.providerARNs ?? [];
  for (const arn of arns) {
    const address = userPools.get(arn);
    if (address?.issuers.includes(issuer)) return userPools.withKeys(arn, address);
  }
  const unknown = arns.find((arn) => userPools.get(arn) === undefined);
  if (unknown === undefined) throw unauthorized(context.requestId);
  throw authorizerError(
    `The embedded AWS has no Cognito, and does not know where the keys of the user pool ${unknown} are, which may have issued this token. Start it with --user-pool ${unknown}=<URL of the pool's issuer or of its keys>, or with the option userPools.`,
  );
}

/**
 * @throws GatewayError 401 for a token that is not the pool's or whose time is over, 500 when the pool's
 *   keys cannot be fetched: the response type is for authorizers that cannot be reached (documented)
 */
async function verify(
  token: string,
  pool: UserPool,
  requestId: string,
  time: number,
): Promise<JWTPayload> {
  const { jwtVerify, errors } = await import('jose');
  let failure: unknown;
  const key: UserPool['key'] = async (...which) => {
    try {
      return await pool.key(...which);
    } catch (cause) {
      // No key, or several, is the token's fault; anything else is the server's.
      const isTokens =
        cause instanceof errors.JWKSNoMatchingKey ||
        cause instanceof errors.JWKSMultipleMatchingKeys;
      if (!isTokens) failure = cause;
      throw cause;
    }
  };
  try {
    const { payload } = await jwtVerify(token, key, {
      issuer: [...pool.issuers],
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
      currentDate: new Date(time),
    });
    return payload;
  } catch (cause) {
    if (failure !== undefined) {
      throw authorizerError(
        `The keys of the user pool ${pool.arn} cannot be had from ${pool.keys}: ${reasonOf(failure)}`,
        failure,
      );
    }
    if (cause instanceof errors.JWTExpired) throw tokenExpired(requestId, cause);
    throw unauthorized(requestId, cause);
  }
}

/** `fetch failed` alone says little: the reason is its cause, which may have but a code. */
function reasonOf(failure: unknown): string {
  const { message = failure, cause } = Object(failure);
  const { message: why, code } = Object(cause);
  return why || code ? `${message} (${why || code})` : String(message);
}

/** @throws GatewayError 401 for the wrong kind of token, its audience, or a lack of scopes */
function requireUse({ authorizer, scopes, context }: AuthorizerCall, claims: JWTPayload): void {
  const { identityValidationExpression: expression } = authorizer;
  // Access tokens have no audience, so that none passes an expression (documented).
  const audiences = [claims.aud].flat().filter((audience) => typeof audience === 'string');
  const isForUs = !expression || audiences.some((audience) => matchesWhole(audience, expression));
  const isWanted =
    scopes.length === 0
      ? claims.token_use === 'id'
      : claims.token_use === 'access' && hasAny(claims.scope, scopes);
  if (!isForUs || !isWanted) throw unauthorized(context.requestId);
}

/** Scopes are one text with blanks between them; anything else has none. */
function hasAny(granted: unknown, scopes: readonly string[]): boolean {
  return typeof granted === 'string' && granted.split(' ').some((scope) => scopes.includes(scope));
}
