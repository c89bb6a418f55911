import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';
import { expiryOf, readJwt, whyUnfit } from '../../../../hooks/verify/access/jwt';

let issuer: Issuer;
let other: Issuer;
beforeAll(async () => {
  issuer = await createIssuer();
  other = await createIssuer({ pool: 'OtherPool' });
});

const withoutScopes = () => ({ scopes: [], userPoolArns: [issuer.arn] });
const withScopes = () => ({ scopes: ['records/write', 'records/all'], userPoolArns: [issuer.arn] });

test('a token that is as the entrance asks for is fit, with its scheme and without', async () => {
  const token = await issuer.idToken();
  expect(whyUnfit(token, withoutScopes())).toBeUndefined();
  expect(whyUnfit(`Bearer ${token}`, withoutScopes())).toBeUndefined();
  expect(whyUnfit(await issuer.accessToken('openid records/all'), withScopes())).toBeUndefined();
});

test('it may be of any of several pools, and of any where none is known', async () => {
  const token = await other.idToken();
  const both = { scopes: [], userPoolArns: [issuer.arn, other.arn] };
  expect(whyUnfit(token, both)).toBeUndefined();
  expect(whyUnfit(token, { scopes: [], userPoolArns: [] })).toBeUndefined();
});

test('what keeps a token out is said, without the token', async () => {
  const expired = await issuer.expiredToken();
  const access = await issuer.accessToken('openid');
  const reasons = [
    whyUnfit('no-token', withoutScopes()),
    whyUnfit(expired, withoutScopes()),
    whyUnfit(await other.idToken(), withoutScopes()),
    whyUnfit(access, withoutScopes()),
    whyUnfit(await issuer.idToken(), withScopes()),
    whyUnfit(access, withScopes()),
  ];
  expect(reasons).toEqual([
    'it is no JSON Web Token',
    expect.stringMatching(/^it expired at 20/),
    expect.stringContaining('not us-east-1_TestPool'),
    expect.stringContaining('so it takes id tokens'),
    expect.stringContaining('so it takes access tokens'),
    'it has none of the scopes records/write, records/all',
  ]);
  expect(reasons.join()).not.toContain('eyJ');
});

test('the first of several times counts, and texts that are no token have none', async () => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const token = await issuer.idToken({ exp });
  const later = await issuer.idToken();
  expect(expiryOf(token)).toBe(exp * 1000);
  expect(expiryOf({ headers: { a: later, b: token, c: 'x' }, query: {} })).toBe(exp * 1000);
  expect(expiryOf('a-word')).toBeUndefined();
});

test.each(['', 'a.b', 'a.b.c', 'a.b.c.d', 'bnVsbA.bnVsbA.x'])('%s is no JSON Web Token', (text) => {
  expect(readJwt(text)).toBeUndefined();
});
