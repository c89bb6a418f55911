import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

/** Names of the pool; each has a default. */
export interface IssuerOptions {
  readonly region?: string;
  readonly accountId?: string;
  /** The part of the pool's id after `<region>_`. */
  readonly pool?: string;
  /** The app client: `aud` of ID tokens, `client_id` of access tokens. */
  readonly clientId?: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** How a token is signed; by default as the pool signs. */
export interface Signing {
  /** `undefined` leaves the member out of the token's header. */
  readonly kid?: string | undefined;
  readonly alg?: string;
  readonly key?: CryptoKey | Uint8Array;
}

/**
 * A user pool for tests: it signs tokens with the claims that Amazon Cognito puts into them, and
 * serves the keys to check them with. It is neither a directory of users nor a login.
 */
export interface Issuer {
  /** `us-east-1_TestPool` */
  readonly poolId: string;
  /** `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool` */
  readonly arn: string;
  /** The claim `iss`, as on AWS: `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_TestPool`. */
  readonly iss: string;
  readonly clientId: string;
  readonly kid: string;
  /** The public keys, as the pool serves them. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** How often the keys were asked for over HTTP. */
  readonly keyRequests: number;
  /** An ID token: `token_use` is `id`, `aud` the client. An undefined claim is left out. */
  idToken(claims?: Claims): Promise<string>;
  /** An access token with these scopes, of one blank between two. */
  accessToken(scope: string, claims?: Claims): Promise<string>;
  /** An ID token that expired an hour ago, or an access token with these scopes. */
  expiredToken(scope?: string): Promise<string>;
  /** Right in every claim and in `kid`, and signed with another key. */
  forgedToken(scope?: string): Promise<string>;
  /** Says `"alg": "none"`, and has no signature. */
  unsignedToken(scope?: string): Promise<string>;
  /** Signed with the text of the public key as an HMAC's secret: a known way round a careless check. */
  confusedToken(scope?: string): Promise<string>;
  /** A token of these claims alone, signed in any way. */
  sign(claims: Claims, signing?: Signing): Promise<string>;
  /** Replaces the key: tokens signed before are no longer good once the keys are fetched anew. */
  rotate(): Promise<void>;
  /**
   * Serves the keys on loopback at `<url>/.well-known/jwks.json`.
   * @returns the URL that stands for `iss`: `http://127.0.0.1:40123/us-east-1_TestPool`
   */
  listen(): Promise<string>;
  /** Ends the server, if there is one; connections that are open too. */
  close(): Promise<void>;
}

const HOUR_S = 3600;

/** The subject of every token that names no other. */
export const SUBJECT = '5d8e1a52-7a3c-4b7e-9d0a-1f2e3d4c5b6a';

/** Creates an issuer. It touches no network until it listens. */
export async function createIssuer({
  region = 'us-east-1',
  accountId = '123456789012',
  pool = 'TestPool',
  clientId = '1example23456789',
}: IssuerOptions = {}): Promise<Issuer> {
  const poolId = `${region}_${pool}`;
  const iss = `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
  let serial = 1;
  let own = await keysOf(`${pool}-${serial}`);
  let server: Server | undefined;
  let keyRequests = 0;

  const claimsOf = (scope: string | undefined, more: Claims = {}): Claims => {
    const now = Math.floor(Date.now() / 1000);
    const use =
      scope === undefined
        ? { token_use: 'id', aud: clientId, email: 'jane@example.com', 'cognito:username': 'jane' }
        : { token_use: 'access', client_id: clientId, scope, username: 'jane' };
    const times = { auth_time: now, iat: now, exp: now + HOUR_S };
    return { sub: SUBJECT, iss, ...use, ...times, jti: `${now}`, ...more };
  };
  const sign = async (claims: Claims, signing: Signing = {}) => {
    const { alg = 'RS256', key = own.privateKey } = signing;
    const kid = 'kid' in signing ? signing.kid : own.kid;
    const header = { alg, typ: 'JWT', ...(kid !== undefined && { kid }) };
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
  };
  const issuer: Issuer = {
    poolId,
    arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`,
    iss,
    clientId,
    get kid() {
      return own.kid;
    },
    get jwks() {
      return { keys: [own.jwk] };
    },
    get keyRequests() {
      return keyRequests;
    },
    idToken: (claims) => sign(claimsOf(undefined, claims)),
    accessToken: (scope, claims) => sign(claimsOf(scope, claims)),
    expiredToken(scope) {
      const now = Math.floor(Date.now() / 1000);
      const times = { auth_time: now - 2 * HOUR_S, iat: now - 2 * HOUR_S, exp: now - HOUR_S };
      return sign(claimsOf(scope, times));
    },
    async forgedToken(scope) {
      const { privateKey } = await generateKeyPair('RS256');
      return sign(claimsOf(scope), { key: privateKey });
    },
    async unsignedToken(scope) {
      const header = { alg: 'none', typ: 'JWT', kid: own.kid };
      return `${base64Url(header)}.${base64Url(claimsOf(scope))}.`;
    },
    async confusedToken(scope) {
      const key = Buffer.from(await exportSPKI(own.publicKey));
      return sign(claimsOf(scope), { alg: 'HS256', key });
    },
    sign,
    async rotate() {
      serial += 1;
      own = await keysOf(`${pool}-${serial}`);
    },
    async listen() {
      server ??= createServer((request, response) => {
        const isKeys = request.url === `/${poolId}/.well-known/jwks.json`;
        if (isKeys) keyRequests += 1;
        response.writeHead(isKeys ? 200 : 404, { 'content-type': 'application/json' });
        response.end(isKeys ? JSON.stringify(issuer.jwks) : '{}');
      });
      if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${poolId}`;
    },
    async close() {
      if (!server?.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return issuer;
}

async function keysOf(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  return { kid, publicKey, privateKey, jwk };
}

const base64Url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
