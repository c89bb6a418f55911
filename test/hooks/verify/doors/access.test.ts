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
  new DescribedDoor({ apiKey: 'THE_KEY', routes: kinds.map(routeOf) });

const keys = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
const clientWith = (credentials: () => Promise<typeof keys>) =>
  ({ config: { credentials } }) as never;
const rich = clientWith(async () => keys);
const poor = clientWith(() => Promise.reject(new Error('no providers')));

async function headersOf(kinds: readonly Authorization[], client = rich) {
  const sign = await accessTo(doorWith(...kinds), 'eu-west-1', client, { THE_KEY: 'k' });
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
  await expect(accessTo(doorWith('key'), 'eu-west-1', rich, {})).rejects.toThrow(
    'set the environment variable THE_KEY',
  );
});

test('credentials are missed only where requests are signed', async () => {
  await expect(headersOf(['iam'], poor)).rejects.toThrow('the shell has no AWS credentials');
  await expect(headersOf(['key'], poor)).resolves.toMatchObject({ key: 'k' });
  await expect(hasCredentials(poor)).resolves.toBe(false);
  await expect(hasCredentials(rich)).resolves.toBe(true);
});
