import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../../../local/core/errors';
import type { HttpRequest } from '../../../local/core/http';
import { type VerifyOptions, verifySignature } from '../../../local/server/signature';
import { httpRequest } from '../support/in-process';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const NOW = new Date('2026-11-22T10:15:30Z');
const at = (time: string) => new Date(`2026-11-22T${time}Z`);

const options: VerifyOptions = {
  secretFor: (accessKeyId) => (accessKeyId === KEY ? SECRET : undefined),
  now: NOW,
};

/** Node's hash in the form that the SDK's signer wants. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac(
            'sha256',
            typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array),
          );
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}

interface Plain {
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
  protocol?: string;
}

interface Signing {
  service?: string;
  token?: string;
  date?: Date;
  presignFor?: number;
}

/** A request as the SDK's own signer signs it. */
async function signed(
  {
    method = 'POST',
    path = '/',
    query = {},
    headers = {},
    body = '',
    protocol = 'HTTP/1.1',
  }: Plain,
  { service = 'kinesis', token, date = NOW, presignFor }: Signing = {},
): Promise<HttpRequest> {
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: {
      accessKeyId: KEY,
      secretAccessKey: SECRET,
      ...(token && { sessionToken: token }),
    },
    sha256: Sha256 as never,
    uriEscapePath: service !== 's3',
  });
  const request = {
    method,
    path,
    query,
    headers: { host: '127.0.0.1:4566', ...headers },
    body,
    protocol: 'http:',
    hostname: '127.0.0.1',
  };
  const result =
    presignFor === undefined
      ? await signer.sign(request, { signingDate: date })
      : await signer.presign(request, { signingDate: date, expiresIn: presignFor });
  return { ...(await httpRequest(result)), protocol };
}

const json = {
  'x-amz-target': 'Kinesis_20131202.PutRecord',
  'content-type': 'application/x-amz-json-1.1',
};
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function fault(request: HttpRequest, more: Partial<VerifyOptions> = {}): AwsError {
  try {
    verifySignature(request, { ...options, ...more });
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('the signature was accepted');
}

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

describe('what is no complete signature', () => {
  const base = async (headers: Record<string, string>, query = ''): Promise<HttpRequest> => ({
    ...(await httpRequest({ method: 'GET', path: '/', headers: { host: 'h', ...headers } })),
    query,
  });
  const date = { 'x-amz-date': '20261122T101530Z' };
  const full = `AWS4-HMAC-SHA256 Credential=${KEY}/20261122/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=00`;

  const table: readonly (readonly [string, Record<string, string>, string, string, RegExp])[] = [
    ['nothing', {}, '', 'MissingAuthenticationTokenException', /^Missing Authentication Token$/],
    [
      'a bearer token',
      { authorization: 'Bearer abc' },
      '',
      'IncompleteSignatureException',
      /^Invalid key=value pair \(missing equal-sign\) in Authorization header \(hashed with SHA-256 and encoded with Base64\): '[\w+/]{43}='\.$/,
    ],
    [
      'an empty header',
      { authorization: '' },
      '',
      'IncompleteSignatureException',
      /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\. /,
    ],
    [
      'no signature',
      { ...date, authorization: full.replace(/, Signature.*/, '') },
      '',
      'IncompleteSignatureException',
      /^Authorization header requires 'Signature' parameter\. \(Hashed/,
    ],
    [
      'no date',
      { authorization: full },
      '',
      'IncompleteSignatureException',
      /^Authorization header requires existence of either/,
    ],
    [
      'a date that is none',
      { authorization: full, 'x-amz-date': 'now' },
      '',
      'IncompleteSignatureException',
      /^Date must be in ISO-8601 'basic format'\. Got 'now'\./,
    ],
    [
      'no host signed',
      { ...date, authorization: full.replace('=host', '=x-amz-date') },
      '',
      'InvalidSignatureException',
      /^'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization\.$/,
    ],
    [
      'another algorithm',
      { ...date, authorization: full.replace('HMAC-SHA256', 'ECDSA-P256-SHA256') },
      '',
      'IncompleteSignatureException',
      /^Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'/,
    ],
    [
      'a short credential',
      { ...date, authorization: full.replace('/aws4_request', '') },
      '',
      'IncompleteSignatureException',
      /^Credential must have exactly 5 slash-delimited elements/,
    ],
    [
      'another terminator',
      { ...date, authorization: full.replace('aws4_request', 'aws5') },
      '',
      'InvalidSignatureException',
      /valid terminator: 'aws4_request', not 'aws5'/,
    ],
    [
      'half a query',
      {},
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261122T101530Z',
      'IncompleteSignatureException',
      /^AWS query-string parameters must include 'X-Amz-Credential'\. AWS query-string parameters must include 'X-Amz-Signature'\. AWS query-string parameters must include 'X-Amz-SignedHeaders'\. Re-examine the query-string parameters\.$/,
    ],
  ];

  test.each(table)('%s', async (_, headers, query, code, message) => {
    const error = fault(await base(headers, query));

    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.status).toBe(403);
  });

  test('chunks signed with other algorithms are refused by name', async () => {
    const request = await signed(
      {
        method: 'PUT',
        path: '/b/k',
        headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' },
      },
      { service: 's3' },
    );

    expect(fault(request)).toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD'),
    });
  });

  test.each([
    ['AWS AKID:c2lnbmF0dXJl', ''],
    [undefined, 'AWSAccessKeyId=AKID&Signature=x&Expires=1'],
  ])('Signature Version 2 is refused by name: %s %s', async (authorization, query) => {
    const error = fault(await base(authorization === undefined ? {} : { authorization }, query));

    expect(error).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining('Please use AWS4-HMAC-SHA256.'),
    });
  });

  test('a header whose parts have only commas between them is read', async () => {
    const request = await signed({ headers: json });
    const authorization = request.headers.authorization?.replaceAll(', ', ',') ?? '';

    expect(
      verifySignature({ ...request, headers: { ...request.headers, authorization } }, options),
    ).toBeDefined();
  });
});
