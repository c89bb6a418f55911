import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';
import type { Target } from '../../../../hooks/stage/target';
import { Access, type AccessOptions } from '../../../../hooks/verify/access/access';
import { Tokens } from '../../../../hooks/verify/access/tokens';
import { defaults } from '../../../../resources/parameters';
import { declaredOnDev } from '../../../support/in-process-stage';
import { BY_FUNCTION, BY_USER_POOL } from '../../../support/token-stages';

const URL = 'https://api.example/dev';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await createIssuer({ accountId: '000000000000' });
});

const targetOf = (parameters: Readonly<Record<string, string>>) =>
  ({
    invokeUrl: URL,
    parameters: { ...defaults, ...parameters },
    streams: declaredOnDev({ orders: { authorization: 'API_KEY' } }),
  }) as unknown as Target;

const signed = (name: string) => async (request: Request) => {
  request.headers.set('x-signed', name);
  return request;
};

async function accessTo(
  parameters: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
  options: AccessOptions = {},
) {
  const access = new Access(targetOf(parameters), {
    tokens: new Tokens({ environment }),
    signers: { AWS_IAM: signed('IAM'), API_KEY: signed('key') },
    ...options,
  });
  const without = await access.prepare();
  return { access, without: without.map(({ name }) => name) };
}

test('each entrance gets what it asks for', async () => {
  const token = await issuer.idToken();
  const { access, without } = await accessTo(
    { ...BY_USER_POOL, readAuthorization: 'AWS_IAM' },
    { API_TOKEN: token },
  );
  const shown = async (method: string, path: string) => {
    const { headers } = await access.sign(new Request(URL + path, { method }));
    return [headers.get('authorization'), headers.get('x-signed')];
  };
  expect(without).toEqual([]);
  expect(await shown('PUT', '/streams/a/record')).toEqual([token, null]);
  expect(await shown('GET', '/streams?limit=1')).toEqual([null, 'IAM']);
  expect(await shown('POST', '/events/orders')).toEqual([null, 'key']);
});

test('a token may be in the query', async () => {
  const identitySource = 'method.request.querystring.word';
  const { access } = await accessTo({ ...BY_FUNCTION, identitySource }, { API_TOKEN: 'a&b' });
  const { url } = await access.sign(new Request(`${URL}/streams?limit=1`));
  expect(url).toBe(`${URL}/streams?limit=1&word=a%26b`);
});

test('without a token, only what needs one is barred', async () => {
  const { access, without } = await accessTo({ ...BY_USER_POOL, readAuthorization: 'NONE' }, {});
  const put = { method: 'PUT', path: '/streams/a/record' };
  expect(without).toEqual(['write']);
  expect(() => access.requireWayIn(put)).toThrow('set API_TOKEN, or pass --token-command');
  expect(() => access.requireWayIn({ ...put, anonymous: true })).not.toThrow();
  expect(() => access.requireWayIn({ method: 'GET', path: '/streams' })).not.toThrow();
  expect(() => access.requireWayIn({ method: 'POST', path: '/events/orders' })).not.toThrow();
});

test('a token is asked for anew when the gateway refuses it, not when Kinesis does', async () => {
  const tokens = new Tokens({ environment: { API_TOKEN: 'a-word' } });
  const renew = jest.spyOn(tokens, 'renew').mockReturnValue(true);
  const { access } = await accessTo({ ...BY_FUNCTION, readAuthorization: 'NONE' }, {}, { tokens });
  const answer = (status: number, type?: string, body = '{}') => {
    const headers: Record<string, string> = type === undefined ? {} : { 'x-amzn-errortype': type };
    return { status, headers, body };
  };
  const put = { method: 'PUT', path: '/streams/a/record' };
  expect(access.renews(put, answer(401, 'UnauthorizedException'))).toBe(true);
  expect(access.renews(put, answer(403, 'AccessDeniedException:http://x/'))).toBe(true);
  expect(access.renews(put, answer(401, undefined, '{"message": "token has expired"}'))).toBe(true);
  expect(renew).toHaveBeenCalledTimes(3);
  expect(access.renews(put, answer(403))).toBe(false);
  expect(access.renews(put, answer(400, 'UnauthorizedException'))).toBe(false);
  const get = { method: 'GET', path: '/streams' };
  expect(access.renews(get, answer(403, 'AccessDeniedException'))).toBe(false);
  expect(renew).toHaveBeenCalledTimes(3);
});

describe('The issuer of a token', () => {
  const ON_A_LAPTOP = 'http://127.0.0.1:4566/_aws/execute-api/abc123/dev';
  const OWN = 'http://localhost:8080/realms/shop';
  const OTHER_POOL = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other';

  const prepared = async (invokeUrl: string, iss: string) => {
    const tokens = new Tokens({ environment: { API_TOKEN: await issuer.idToken({ iss }) } });
    return new Access(targetOf({ ...BY_USER_POOL, invokeUrl }), { tokens }).prepare();
  };

  test('may stand for the pool on a laptop, whatever its name', async () => {
    await expect(prepared(ON_A_LAPTOP, OWN)).resolves.toEqual([]);
  });

  test.each([
    [URL, OWN],
    [ON_A_LAPTOP, OTHER_POOL],
  ])('at %s is not %s', async (url, iss) => {
    await expect(prepared(url, iss)).rejects.toThrow(
      `its issuer is ${iss}, not us-east-1_TestPool`,
    );
  });
});
