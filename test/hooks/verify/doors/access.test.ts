import { accessTo, hasCredentials } from '../../../../hooks/verify/doors/access';
import { DescribedDoor } from '../../../../hooks/verify/doors/described';
import type { Authorization, Route } from '../../../../hooks/verify/doors/routes';

const routeOf = (authorization: Authorization): Route => ({
  endpoint: 'ListStreams',
  method: 'GET',
  path: '/',
  authorization,
});
const doorWith = (...kinds: Authorization[]) =>
  new DescribedDoor({ apiKey: 'THE_KEY', apiToken: 'THE_TOKEN', routes: kinds.map(routeOf) });

const keys = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
const clientWith = (credentials: () => Promise<typeof keys>) =>
  ({ config: { credentials } }) as never;
const rich = clientWith(async () => keys);
const poor = clientWith(() => Promise.reject(new Error('no providers')));

async function headersOf(kinds: readonly Authorization[], client = rich) {
  const environment = { THE_KEY: 'k', THE_TOKEN: 'a-token' };
  const { sign } = await accessTo(doorWith(...kinds), 'eu-west-1', client, { environment });
  const { headers } = await sign(new Request('https://door.example/x'));
  return { key: headers.get('x-api-key'), signature: headers.get('authorization') };
}

const SIGNATURE = expect.stringMatching(/Credential=AKID\/\d{8}\/eu-west-1\/execute-api\/aws4/);

test.each([
  [['none'], { key: null, signature: null }],
  [['key'], { key: 'k', signature: null }],
  [['iam'], { key: null, signature: SIGNATURE }],
  [['none', 'iam', 'key'], { key: 'k', signature: SIGNATURE }],
] as const)('routes with %j are let in', async (kinds, expected) => {
  expect(await headersOf(kinds)).toEqual(expected);
});

test('a key that the environment lacks is named', async () => {
  await expect(accessTo(doorWith('key'), 'eu-west-1', rich, { environment: {} })).rejects.toThrow(
    'set the environment variable THE_KEY',
  );
});

test('credentials are missed only where requests are signed', async () => {
  await expect(headersOf(['iam'], poor)).rejects.toThrow('the shell has no AWS credentials');
  await expect(headersOf(['key'], poor)).resolves.toMatchObject({ key: 'k' });
  await expect(hasCredentials(poor)).resolves.toBe(false);
  await expect(hasCredentials(rich)).resolves.toBe(true);
});

describe('Tokens', () => {
  const environment = { THE_TOKEN: 'Bearer a-token' };
  const door = (tokenHeader?: string) =>
    new DescribedDoor({
      apiToken: 'THE_TOKEN',
      ...(tokenHeader && { tokenHeader }),
      authorization: 'iam',
      routes: [
        { endpoint: 'ListStreams', method: 'GET', path: '/streams' },
        {
          endpoint: 'PutRecord',
          method: 'PUT',
          path: '/streams/{name}/record',
          authorization: 'token',
        },
      ],
    });
  const sent = async (method: string, path: string, tokenHeader?: string) => {
    const { sign } = await accessTo(door(tokenHeader), 'eu-west-1', rich, { environment });
    return (await sign(new Request(`https://door.example/prod${path}`, { method }))).headers;
  };

  it('are sent where the route asks for them, and signatures elsewhere', async () => {
    expect((await sent('PUT', '/streams/a/record')).get('authorization')).toBe('Bearer a-token');
    expect((await sent('GET', '/streams')).get('authorization')).toEqual(SIGNATURE);
    expect((await sent('GET', '/nowhere')).get('authorization')).toEqual(SIGNATURE);
  });

  it('may have a header of their own', async () => {
    const headers = await sent('PUT', '/streams/a/record', 'X-Word');
    expect(headers.get('x-word')).toBe('Bearer a-token');
    expect(headers.has('authorization')).toBe(false);
  });

  it('that are missing are asked for by the variable', async () => {
    await expect(accessTo(door(), 'eu-west-1', rich, { environment: {} })).rejects.toThrow(
      'set the environment variable THE_TOKEN to it, or pass --token-command',
    );
  });
});
