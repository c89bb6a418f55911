import type { Target } from '../../../../hooks/stage/target';
import { Access } from '../../../../hooks/verify/access/access';
import { Tokens } from '../../../../hooks/verify/access/tokens';
import { BY_USER_POOL, testPools } from '../../../support/token-stages';

const targetAt = (invokeUrl: string) =>
  ({ invokeUrl, parameters: BY_USER_POOL, streams: [] }) as unknown as Target;

async function prepared(invokeUrl: string, iss: string) {
  const { own } = await testPools();
  const tokens = new Tokens({ environment: { API_TOKEN: await own.idToken({ iss }) } });
  return new Access(targetAt(invokeUrl), { tokens }).prepare();
}

const ON_AWS = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev';
const ON_A_LAPTOP = 'http://127.0.0.1:4566/_aws/execute-api/abc123/dev';
const OWN_ISSUER = 'http://localhost:8080/realms/shop';

test('An issuer that stands for the pool on a laptop may have any name', async () => {
  await expect(prepared(ON_A_LAPTOP, OWN_ISSUER)).resolves.toEqual([]);
});

test.each([
  [ON_AWS, OWN_ISSUER],
  [ON_A_LAPTOP, 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other'],
])('At %s a token of %s is no way in', async (url, iss) => {
  await expect(prepared(url, iss)).rejects.toThrow(`its issuer is ${iss}, not us-east-1_TestPool`);
});
