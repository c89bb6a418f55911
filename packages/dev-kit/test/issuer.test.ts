import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { createIssuer, type Issuer } from '../testing/issuer';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await createIssuer();
});

const verified = (token: string) =>
  jwtVerify(token, createLocalJWKSet(issuer.jwks as JSONWebKeySet), {
    issuer: issuer.iss,
    algorithms: ['RS256'],
  });

describe('Tokens of the test issuer', () => {
  it('are ID tokens as a pool signs them', async () => {
    const { payload } = await verified(await issuer.idToken({ email: 'joe@example.com' }));
    expect(payload).toMatchObject({
      token_use: 'id',
      aud: issuer.clientId,
      email: 'joe@example.com',
    });
  });

  it('are access tokens, which have scopes and no audience', async () => {
    const { payload } = await verified(await issuer.accessToken('records/write records/read'));
    expect(payload).toMatchObject({ token_use: 'access', scope: 'records/write records/read' });
    expect(payload).not.toHaveProperty('aud');
  });

  it('are bad in one way each', async () => {
    await expect(verified(await issuer.expiredToken())).rejects.toThrow('"exp" claim');
    const forged = await issuer.forgedToken();
    expect(decodeProtectedHeader(forged).kid).toBe(issuer.kid);
    await expect(verified(forged)).rejects.toThrow('signature verification failed');
    await expect(verified(await issuer.unsignedToken())).rejects.toThrow('"alg"');
    await expect(verified(await issuer.confusedToken())).rejects.toThrow('"alg"');
    const other = await createIssuer({ pool: 'OtherPool' });
    await expect(verified(await other.idToken())).rejects.toThrow('no applicable key');
  });

  it('are no longer good when the key is replaced', async () => {
    const mine = await createIssuer();
    const before = await mine.idToken();
    await mine.rotate();
    const keys = createLocalJWKSet(mine.jwks as JSONWebKeySet);
    await expect(jwtVerify(before, keys)).rejects.toThrow('no applicable key');
    await expect(jwtVerify(await mine.idToken(), keys)).resolves.toBeDefined();
  });
});
