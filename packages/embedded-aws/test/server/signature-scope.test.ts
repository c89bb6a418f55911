import { verifySignature } from '../../src/server/signature';
import { at, fault, json, options, signed } from './signer';

describe('time', () => {
  test.each([
    [
      'signed too long ago',
      at('10:10:29'),
      'Signature expired: 20261122T101029Z is now earlier than 20261122T101030Z (20261122T101530Z - 5 min.)',
    ],
    [
      'signed in the future',
      at('10:20:31'),
      'Signature not yet current: 20261122T102031Z is still later than 20261122T102030Z (20261122T101530Z + 5 min.)',
    ],
  ])('%s', async (_, date, message) => {
    const request = await signed({ headers: json }, { date });

    expect(fault(request)).toMatchObject({ code: 'InvalidSignatureException', message });
  });

  test('S3 allows a quarter of an hour, and says it otherwise', async () => {
    const plain = { method: 'GET', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const inTime = await signed(plain, { service: 's3', date: at('10:00:31') });
    const late = await signed(plain, { service: 's3', date: at('10:00:29') });

    expect(verifySignature(inTime, options).service).toBe('s3');
    expect(fault(late)).toMatchObject({ code: 'RequestTimeTooSkewed', status: 403 });
  });

  test('a presigned request ends', async () => {
    const signing = { presignFor: 60, date: at('10:14:30') };
    const s3 = await signed({ method: 'GET', path: '/b/k' }, { ...signing, service: 's3' });
    const api = await signed({ method: 'GET' }, { ...signing, service: 'execute-api' });

    expect(fault(s3)).toMatchObject({ code: 'AccessDenied', message: 'Request has expired' });
    expect(fault(api).message).toMatch(/^Signature expired: /);
  });

  test('a presigned request may not last longer than a week', async () => {
    const request = await signed({ method: 'GET' }, { presignFor: 604_800 });

    const query = request.query.replace('X-Amz-Expires=604800', 'X-Amz-Expires=604801');

    expect(fault({ ...request, query }).code).toBe('AuthorizationQueryParametersError');
  });
});

describe('the credential scope', () => {
  test('for another service or region is refused, both at once', async () => {
    const request = await signed({ headers: json });

    const { code, message } = fault(request, {
      expectedService: 'execute-api',
      expectedRegion: 'eu-west-1',
    });

    expect(code).toBe('InvalidSignatureException');
    expect(message).toBe(
      "Credential should be scoped to a valid region, not 'us-east-1'. Credential should be scoped to correct service: 'execute-api'. ",
    );
  });

  test('of another day is refused', async () => {
    const request = await signed({ headers: json });
    const authorization = request.headers.authorization?.replace('/20261122/', '/20261121/') ?? '';

    const { message } = fault({ ...request, headers: { ...request.headers, authorization } });

    expect(message).toBe(
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261121' != '20261122', from '20261122T101530Z'.",
    );
  });
});
