import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../src/core/http';
import { verifySignature } from '../../src/server/signature';
import { at, fault, form, json, KEY, options, type Plain, type Signing, signed } from './signer';

describe('requests that the SDK signs are accepted', () => {
  const table: readonly (readonly [string, Plain, Signing])[] = [
    ['JSON', { headers: json, body: '{"StreamName":"ü"}' }, {}],
    ['over HTTP/2', { headers: json, body: '{}', protocol: 'HTTP/2.0' }, {}],
    ['a form', { headers: form, body: 'Action=ListRoles' }, { service: 'iam' }],
    ['without a body', { method: 'GET', path: '/restapis' }, { service: 'apigateway' }],
    [
      'with an encoded path',
      { method: 'GET', path: '/2015-03-31/functions/arn%3Aaws%3Alambda' },
      { service: 'lambda' },
    ],
    [
      'with a path beyond ASCII',
      { method: 'GET', path: '/dev/gr%C3%BC%C3%9Fe%20x/' },
      { service: 'execute-api' },
    ],
    [
      'with dots in the path',
      { method: 'GET', path: '/a/./b/../c//d' },
      { service: 'execute-api' },
    ],
    [
      'with a query',
      { method: 'GET', query: { b: 'x y+z', a: ['2', '1'], 'ü[]': '/', '': '' } },
      { service: 'execute-api' },
    ],
    ['with spaces in headers', { headers: { 'x-amz-meta': '  a   b ' } }, {}],
    ['with temporary credentials', { headers: json }, { token: 'T+/=' }],
    [
      'to S3',
      {
        method: 'PUT',
        path: '/b/a%20b/%C3%BC/%E2%82%AC//c',
        body: 'x',
        headers: { 'x-amz-content-sha256': createHash('sha256').update('x').digest('hex') },
      },
      { service: 's3' },
    ],
    [
      'to S3 with an unsigned body',
      {
        method: 'PUT',
        path: '/b/k',
        headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        body: 'x',
      },
      { service: 's3' },
    ],
    [
      'presigned for S3',
      { method: 'GET', path: '/b/a%20b', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      { service: 's3', presignFor: 60 },
    ],
    [
      'presigned for another service',
      { method: 'GET', query: { Action: 'GetCallerIdentity' } },
      { service: 'sts', presignFor: 60 },
    ],
    [
      'presigned with a token',
      { method: 'GET', path: '/dev/x' },
      { service: 'execute-api', presignFor: 60, token: 'T+/=' },
    ],
    ['almost five minutes ago', { headers: json }, { date: at('10:10:31') }],
    ['almost five minutes ahead', { headers: json }, { date: at('10:20:29') }],
    [
      'presigned an hour ago for longer',
      { method: 'GET' },
      { presignFor: 7200, date: at('09:15:30') },
    ],
  ];

  test.each(table)('%s', async (_, plain, signing) => {
    const request = await signed(plain, signing);

    const scope = verifySignature(request, {
      ...options,
      ...(signing.token && { sessionTokenFor: () => signing.token }),
    });

    expect(scope).toEqual({
      accessKeyId: KEY,
      region: 'us-east-1',
      service: signing.service ?? 'kinesis',
    });
  });
});

describe('a request changed after it was signed is refused', () => {
  const changes: readonly (readonly [string, (request: HttpRequest) => Partial<HttpRequest>])[] = [
    ['the body', () => ({ body: Buffer.from('{"StreamName":"b"}') })],
    ['the method', () => ({ method: 'GET' })],
    ['the path', () => ({ path: '/other' })],
    ['the query', () => ({ query: 'a=2' })],
    ['a parameter more', () => ({ query: 'a=1&b=2' })],
    [
      'a signed header',
      ({ headers }) => ({
        headers: { ...headers, 'x-amz-target': 'Kinesis_20131202.DeleteStream' },
      }),
    ],
    [
      'a signed header less',
      ({ headers: { 'x-amz-target': _, ...headers } }) => ({
        headers: { ...headers, 'content-type': json['content-type'] },
      }),
    ],
    ['the host', ({ headers }) => ({ headers: { ...headers, host: 'elsewhere' } })],
    ['the time', ({ headers }) => ({ headers: { ...headers, 'x-amz-date': '20261122T101531Z' } })],
    [
      'the signature',
      ({ headers }) => ({
        headers: { ...headers, authorization: `${headers.authorization?.slice(0, -1)}x` },
      }),
    ],
    [
      'the signature, shorter',
      ({ headers }) => ({
        headers: { ...headers, authorization: headers.authorization?.slice(0, -1) ?? '' },
      }),
    ],
  ];

  test.each(changes)('%s', async (_, change) => {
    const request = await signed({ headers: json, query: { a: '1' }, body: '{"StreamName":"a"}' });

    const { code, message } = fault({ ...request, ...change(request) });

    expect(code).toBe('InvalidSignatureException');
    expect(message).toBe(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  });

  test('the body of an upload whose hash was signed', async () => {
    const hash = createHash('sha256').update('x').digest('hex');
    const request = await signed(
      { method: 'PUT', path: '/b/k', body: 'x', headers: { 'x-amz-content-sha256': hash } },
      { service: 's3' },
    );

    expect(fault({ ...request, body: Buffer.from('y') }).code).toBe('XAmzContentSHA256Mismatch');
  });

  test('a header added to an upload', async () => {
    const request = await signed(
      { method: 'PUT', path: '/b/k', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      { service: 's3' },
    );
    const headers = { ...request.headers, 'x-amz-meta-extra': '1' };

    expect(fault({ ...request, headers }).message).toBe(
      'There were headers present in the request which were not signed',
    );
  });
});

describe('each service names the fault in its own way', () => {
  const table: readonly (readonly [string, Plain, string, string, number])[] = [
    ['kinesis', { headers: json }, 'UnrecognizedClientException', 'InvalidSignatureException', 400],
    [
      'iam',
      { headers: form, body: 'Action=X' },
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'apigateway',
      { method: 'GET' },
      'UnrecognizedClientException',
      'InvalidSignatureException',
      403,
    ],
    [
      'execute-api',
      { headers: form, body: 'Action=X' },
      'UnrecognizedClientException',
      'InvalidSignatureException',
      403,
    ],
    [
      's3',
      { method: 'GET', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      403,
    ],
  ];

  test.each(table)('%s', async (service, plain, unknownKey, wrongSecret, status) => {
    const request = await signed(plain, { service });

    expect(fault(request, { secretFor: () => undefined })).toMatchObject({
      code: unknownKey,
      status,
    });
    expect(fault(request, { secretFor: () => 'other' })).toMatchObject({
      code: wrongSecret,
      status,
    });
  });

  test('an unknown key', async () => {
    const request = await signed({ headers: json });

    expect(fault(request, { secretFor: () => undefined }).message).toBe(
      'The security token included in the request is invalid.',
    );
  });

  test.each(['missing', 'wrong'])('a session token that is %s', async (which) => {
    const request = await signed({ headers: json }, which === 'wrong' ? { token: 'no' } : {});

    const { code, message } = fault(request, { sessionTokenFor: () => 'yes' });

    expect(code).toBe('UnrecognizedClientException');
    expect(message).toBe('The security token included in the request is invalid.');
  });
});
