import { userPoolAddresses } from '../../../src/execute-api/authorizers/user-pool-addresses';

const ARN = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC';
const OF_AWS = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC';

const addressOf = (url: string) => userPoolAddresses({ [ARN]: url }).get(ARN);

test("an issuer's keys are where issuers have them, and its tokens name it as AWS or as it does", () => {
  const { keys, issuers } = addressOf('https://id.example/pool/') ?? {};

  expect(keys?.href).toBe('https://id.example/pool/.well-known/jwks.json');
  expect(issuers).toEqual([OF_AWS, 'https://id.example/pool', 'https://id.example/pool/']);
});

test('the URL of keys alone says nothing of the issuer, which is then as on AWS', () => {
  const { keys, issuers } = addressOf('https://id.example/certs') ?? {};

  expect([keys?.href, issuers]).toEqual(['https://id.example/certs', [OF_AWS]]);
});

test.each(['localhost', '127.0.0.1', '[::1]'])(
  'an issuer on this machine, asked at %s, may name itself by any of its names',
  (host) => {
    const { keys, issuers } = addressOf(`http://${host}:9229/pool`) ?? {};

    expect(keys?.host).toBe(`${host}:9229`);
    expect(issuers).toEqual(
      expect.arrayContaining([
        'http://localhost:9229/pool',
        'http://127.0.0.1:9229/pool',
        'http://[::1]:9229/pool/',
      ]),
    );
  },
);

test.each([
  ['x', 'https://id.example'],
  [ARN.replace('userpool', 'identitypool'), 'https://id.example'],
  [ARN, 'localhost:9229'],
  [ARN, ''],
])('%s at %j is refused by what it should be', (arn, url) => {
  expect(() => userPoolAddresses({ [arn]: url })).toThrow(/named by its ARN|needs the URL/);
});
