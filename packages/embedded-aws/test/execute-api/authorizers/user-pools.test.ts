import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { OptionError } from '../../../src/core/option-error';
import { kinesisIntegration } from '../api-under-test';
import { type AuthorizedApiOptions, authorizedApi } from './authorized-api';

const POOL = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_main';
const OTHER_POOL = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_other';
const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_main';
const URL_OF_POOL = 'http://127.0.0.1:9229/us-east-1_main';
const NOW = Date.UTC(2026, 5, 15, 5, 0, 0);

const UNAUTHORIZED = {
  status: 401,
  text: '{"message":"Unauthorized"}',
  headers: { 'x-amzn-ErrorType': 'UnauthorizedException' },
};

/** A key pair, and the set that has its public half. */
async function keyPair(kid: string, algorithm = 'RS256') {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } };
}

type Key = Awaited<ReturnType<typeof keyPair>>;

let key: Key;
let otherKey: Key;
beforeAll(async () => {
  key = await keyPair('1');
  otherKey = await keyPair('2');
});

const seconds = (time: number) => Math.floor(time / 1000);

function tokenOf(claims: JWTPayload = {}, { kid, algorithm, privateKey }: Key = key) {
  return new SignJWT({
    iss: ISSUER,
    sub: 'ann',
    token_use: 'id',
    aud: 'app',
    iat: seconds(NOW),
    exp: seconds(NOW) + 3600,
    ...claims,
  })
    .setProtectedHeader({ alg: algorithm, kid })
    .sign(privateKey);
}

const accessToken = (scope: string, claims: JWTPayload = {}) =>
  tokenOf({ token_use: 'access', scope, aud: undefined, ...claims });

/** A server of keys, without a network. */
function keysServer(...keys: Key[]) {
  const asked: string[] = [];
  const served = [...keys];
  const answer: { fail?: () => Response | Promise<Response> } = {};
  const get = (async (url: string | URL | Request) => {
    asked.push(String(url));
    if (answer.fail !== undefined) return answer.fail();
    return Response.json({ keys: served.map(({ jwk }) => jwk) });
  }) as typeof fetch;
  return { asked, served, answer, get };
}

interface PoolApiOptions
  extends Pick<AuthorizedApiOptions, 'scopes' | 'routes' | 'restApi' | 'stage'> {
  readonly server?: ReturnType<typeof keysServer>;
  readonly authorizer?: AuthorizedApiOptions['authorizer'];
  readonly userPools?: Readonly<Record<string, string>>;
}

async function poolApi({
  server = keysServer(key),
  authorizer = {},
  userPools = { [POOL]: URL_OF_POOL },
  ...rest
}: PoolApiOptions = {}) {
  const clock = { now: NOW };
  const api = await authorizedApi({
    ...rest,
    authorizer: {
      type: 'COGNITO_USER_POOLS',
      authorizerUri: undefined,
      providerARNs: [POOL],
      ...authorizer,
    },
    options: { fetch: server.get, userPools, now: () => clock.now },
  });
  const get = (token: string, headers: Record<string, string> = {}) =>
    api.call({
      path: '/streams/orders',
      headers: { ...(token && { Authorization: token }), ...headers },
    });
  return { ...api, clock, server, get };
}

describe('a method without scopes', () => {
  test('takes an ID token, as it is or after Bearer', async () => {
    const { get, server } = await poolApi();
    const token = await tokenOf();

    expect((await get(token)).status).toBe(200);
    expect((await get(`Bearer ${token}`)).status).toBe(200);
    expect(server.asked).toEqual([`${URL_OF_POOL}/.well-known/jwks.json`]);
  });

  test('reads the header that the authorizer names', async () => {
    const { get } = await poolApi({
      authorizer: { identitySource: 'method.request.header.X-Token' },
    });
    const token = await tokenOf();

    expect(await get(token)).toMatchObject(UNAUTHORIZED);
    expect((await get('', { 'X-Token': token })).status).toBe(200);
  });

  test.each<[string, () => string | Promise<string>]>([
    ['no token', () => ''],
    ['Bearer alone', () => 'Bearer '],
    ['no JWT', () => 'Bearer abc'],
    ['an access token', () => accessToken('orders/write')],
    ['a token without a use', () => tokenOf({ token_use: undefined })],
    ['another issuer', () => tokenOf({ iss: `${ISSUER}x` })],
    ['no issuer', () => tokenOf({ iss: undefined })],
    ['no end', () => tokenOf({ exp: undefined })],
    ['another key of the same name', async () => tokenOf({}, await keyPair('1'))],
    ['a key that the pool does not have', () => tokenOf({}, otherKey)],
    ['another algorithm', async () => tokenOf({}, await keyPair('1', 'ES256'))],
    ['no signature', async () => `${(await tokenOf()).split('.').slice(0, 2).join('.')}.`],
    [
      'claims that were changed',
      async () => {
        const [header, , signature] = (await tokenOf()).split('.');
        const [, claims] = (await tokenOf({ sub: 'bob' })).split('.');
        return [header, claims, signature].join('.');
      },
    ],
  ])('refuses %s', async (_, token) => {
    const { get, failures } = await poolApi();

    expect(await get(await token())).toMatchObject(UNAUTHORIZED);
    expect(failures).toEqual([]);
  });

  test('says of a token that it has expired', async () => {
    const { get, clock } = await poolApi();
    const token = await tokenOf();

    clock.now += 3600 * 1000;

    expect(await get(token)).toMatchObject({
      ...UNAUTHORIZED,
      text: '{"message":"The incoming token has expired"}',
    });
  });

  test('takes of an expression the audiences that match it whole', async () => {
    const { get } = await poolApi({ authorizer: { identityValidationExpression: 'app|web' } });

    expect((await get(await tokenOf())).status).toBe(200);
    expect(await get(await tokenOf({ aud: 'apple' }))).toMatchObject(UNAUTHORIZED);
    expect(await get(await tokenOf({ aud: undefined }))).toMatchObject(UNAUTHORIZED);
  });

  test.each([5, null, { app: 1 }, [null], [['app']]])(
    'takes the audience %j for none, which fails an expression',
    async (aud) => {
      const { get, failures } = await poolApi({
        authorizer: { identityValidationExpression: 'app' },
      });

      expect(await get(await tokenOf({ aud } as unknown as JWTPayload))).toMatchObject(
        UNAUTHORIZED,
      );
      expect(failures).toEqual([]);
    },
  );

  test.each([{ exp: 1e20 }, { iat: -1e20 }, { nbf: -1e300 }])(
    'takes a token with a time that no calendar has: %j',
    async (claims) => {
      const { get } = await poolApi();

      expect((await get(await tokenOf(claims))).status).toBe(200);
    },
  );
});

describe('a method with scopes', () => {
  const scopes = ['orders/write', 'orders/all'];

  test('takes an access token that has any of them', async () => {
    const { get } = await poolApi({ scopes });

    expect((await get(await accessToken('openid orders/all'))).status).toBe(200);
    expect(await get(await accessToken('openid orders/read'))).toMatchObject(UNAUTHORIZED);
    expect(await get(await accessToken('orders/writes'))).toMatchObject(UNAUTHORIZED);
    expect(await get(await accessToken(''))).toMatchObject(UNAUTHORIZED);
  });

  test.each([{ scope: ['orders/all'] }, { scope: { toString: 1 } }, { scope: null }])(
    'takes %j for no scope',
    async (claims) => {
      const { get, failures } = await poolApi({ scopes });

      expect(await get(await accessToken('', claims))).toMatchObject(UNAUTHORIZED);
      expect(failures).toEqual([]);
    },
  );

  test('refuses ID tokens, and with an expression every token', async () => {
    const { get } = await poolApi({ scopes });
    expect(await get(await tokenOf({ scope: 'orders/all' }))).toMatchObject(UNAUTHORIZED);

    const strict = await poolApi({ scopes, authorizer: { identityValidationExpression: '.*' } });
    expect(await strict.get(await accessToken('orders/all'))).toMatchObject(UNAUTHORIZED);
  });
});

describe('the keys of a pool', () => {
  test('are fetched again for a key that is new', async () => {
    const server = keysServer(key);
    const { get } = await poolApi({ server });
    await get(await tokenOf());

    server.served.push(otherKey);

    expect((await get(await tokenOf({}, otherKey))).status).toBe(200);
    expect((await get(await tokenOf())).status).toBe(200);
    expect(server.asked).toHaveLength(2);
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    ['are not there', () => new Response('', { status: 404 }), '200 OK'],
    ['are no keys', () => Response.json({}), 'JSON Web Key Set'],
    [
      'take too long',
      () => Promise.reject(new DOMException('late', 'TimeoutError')),
      'request timed out',
    ],
    [
      'cannot be reached',
      () =>
        Promise.reject(
          Object.assign(new TypeError('fetch failed'), { cause: new Error('refused') }),
        ),
      'fetch failed (refused)',
    ],
  ])('that %s are a 500 with the reason in the log', async (_, fail, reason) => {
    const server = keysServer(key);
    server.answer.fail = fail;
    const { get, failures } = await poolApi({ server });

    expect(await get(await tokenOf())).toMatchObject({
      status: 500,
      text: '{"message":null}',
      headers: { 'x-amzn-ErrorType': 'AuthorizerConfigurationException' },
    });
    expect(failures).toEqual([expect.stringContaining(reason)]);
    expect(failures).toEqual([
      expect.stringContaining(
        `The keys of the user pool ${POOL} cannot be had from ${URL_OF_POOL}/`,
      ),
    ]);

    delete server.answer.fail;
    expect((await get(await tokenOf())).status).toBe(200);
  });

  test('of a pool that is not mapped are a 500 that names the option', async () => {
    const { get, failures } = await poolApi({ userPools: {} });

    expect(await get('')).toMatchObject(UNAUTHORIZED);
    expect(await get('abc')).toMatchObject(UNAUTHORIZED);
    expect(await get(await tokenOf())).toMatchObject({ status: 500, text: '{"message":null}' });
    expect(failures).toEqual([expect.stringContaining(`--user-pool ${POOL}=<URL`)]);
  });

  test('are those of the pool that has issued the token', async () => {
    const server = keysServer(key, otherKey);
    const { get } = await poolApi({
      server,
      authorizer: { providerARNs: [POOL, OTHER_POOL] },
      userPools: { [POOL]: URL_OF_POOL, [OTHER_POOL]: 'https://keys.test/jwks.json' },
    });
    const iss = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_other';

    expect((await get(await tokenOf({ iss }, otherKey))).status).toBe(200);
    expect(server.asked).toEqual(['https://keys.test/jwks.json']);
  });

  test('of a pool that the authorizer does not name let nobody in', async () => {
    const { get } = await poolApi({
      authorizer: { providerARNs: [OTHER_POOL] },
      userPools: { [POOL]: URL_OF_POOL, [OTHER_POOL]: 'https://keys.test/' },
    });

    expect(await get(await tokenOf())).toMatchObject(UNAUTHORIZED);
  });
});

describe('a mapped URL', () => {
  const CHINESE = 'arn:aws-cn:cognito-idp:cn-north-1:000000000000:userpool/cn-north-1_a';

  test.each([
    [POOL, 'http://127.0.0.1:9229/p', 'http://127.0.0.1:9229/p', 200],
    [POOL, 'http://127.0.0.1:9229/p/', 'http://127.0.0.1:9229/p/', 200],
    [POOL, 'http://127.0.0.1:9229/p/.well-known/jwks.json', 'http://127.0.0.1:9229/p', 200],
    [POOL, 'http://127.0.0.1:9229/certs', ISSUER, 200],
    [POOL, 'http://127.0.0.1:9229/certs', 'http://127.0.0.1:9229', 401],
    [POOL, 'http://127.0.0.1:9229/p', 'http://127.0.0.1:9229/q', 401],
    [
      CHINESE,
      'https://keys.test',
      'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a',
      200,
    ],
  ])('of %s, %s, takes tokens that %s has issued: %d', async (arn, url, iss, status) => {
    const { get } = await poolApi({
      authorizer: { providerARNs: [arn] },
      userPools: { [arn]: url },
    });

    expect((await get(await tokenOf({ iss }))).status).toBe(status);
  });

  test.each([
    ['us-east-1_main', 'http://127.0.0.1', 'A user pool is named by its ARN'],
    [POOL, '127.0.0.1:9229', 'needs the URL of its issuer or of its keys'],
    [POOL, 'ftp://127.0.0.1/', 'http or https'],
    [POOL, '', 'http or https'],
  ])('of %s, %j, is refused at the start if it makes no sense', async (arn, url, message) => {
    const start = poolApi({ userPools: { [arn]: url } });

    await expect(start).rejects.toThrow(OptionError);
    await expect(start).rejects.toThrow(message);
  });
});

describe('claims', () => {
  const render = async (
    template: string,
    claims: JWTPayload,
    source = 'context.authorizer.claims.sub',
  ) => {
    const { get, sent } = await poolApi({
      routes: [
        {
          path: '/streams/{name}',
          integration: kinesisIntegration({
            RequestParameters: { 'integration.request.header.x-claim': source },
            RequestTemplates: { 'application/json': template },
          }),
        },
      ],
    });
    expect((await get(await tokenOf(claims))).status).toBe(200);
    return sent[0]?.request;
  };

  test('are text, as AWS writes it', async () => {
    const names = ['exp', 'iat', 'auth_time', 'email_verified', 'cognito:groups', 'identities'];
    const template = names
      .map((name) => `$context.authorizer.claims['${name}']`)
      .concat('$context.authorizer.claims.address', '$context.authorizer.claims.none')
      .join('|');

    const request = await render(template, {
      auth_time: 1781499381,
      email_verified: true,
      'cognito:groups': ['admin', 'staff'],
      identities: [{ userId: '1', issuer: null }, { userId: '2' }],
      address: { formatted: 'here' },
      none: null,
    });

    expect(request?.body.toString().split('|')).toEqual([
      'Mon Jun 15 06:00:00 UTC 2026',
      'Mon Jun 15 05:00:00 UTC 2026',
      '1781499381',
      'true',
      'admin,staff',
      '{"userId":"1","issuer":null},{"userId":"2"}',
      '{"formatted":"here"}',
      '',
    ]);
    expect(request?.headers).toMatchObject({ 'x-claim': 'ann' });
  });

  test('are nothing all at once', async () => {
    const request = await render(
      '[$context.authorizer.claims][$context.authorizer.principalId]',
      {},
      'context.authorizer.claims',
    );

    expect(request?.body.toString()).toBe('[][]');
    expect(request?.headers).not.toHaveProperty('x-claim');
  });

  test('are in access logs, each by its name', async () => {
    const lines: string[] = [];
    const api = await authorizedApi({
      authorizer: { type: 'COGNITO_USER_POOLS', providerARNs: [POOL] },
      options: {
        fetch: keysServer(key).get,
        userPools: { [POOL]: URL_OF_POOL },
        now: () => NOW,
        writeLog: (_arn, line) => lines.push(line),
      },
      stage: {
        AccessLogSetting: {
          DestinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:access',
          Format:
            '$context.authorizer.claims.sub $context.authorizer.claims $context.authorizer.status $context.authorizer.error',
        },
      },
    });

    await api.call({ path: '/other', headers: { authorization: await tokenOf() } });
    await api.call({ path: '/other' });

    expect(lines).toEqual(['ann - 200 -', '- - 401 Unauthorized']);
  });
});

test('a resource policy must allow what a token lets in', async () => {
  const policy = (ip: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { IpAddress: { 'aws:SourceIp': ip } },
      },
    ],
  });
  const near = await poolApi({ restApi: { Policy: policy('127.0.0.1') } });
  const far = await poolApi({ restApi: { Policy: policy('10.0.0.1') } });
  const token = await tokenOf();

  expect((await near.get(token)).status).toBe(200);
  expect((await far.get(token)).status).toBe(403);
  expect(await far.get('abc')).toMatchObject(UNAUTHORIZED);
});
