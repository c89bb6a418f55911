import type { HttpRequest } from '../../src/core/http';
import { httpRequest } from '../../src/in-process';
import { verifySignature } from '../../src/server/signature';
import { fault, json, KEY, options, signed } from './signer';

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
    // These two: kinesalite, test/connection.js, recorded until 2020.
    [
      'a query without its algorithm',
      {},
      'X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d',
      'MissingAuthenticationTokenException',
      /^Missing Authentication Token$/,
    ],
    [
      'a header and a query',
      { ...date, authorization: full },
      'X-Amz-Algorithm',
      'InvalidSignatureException',
      /^Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header\.$/,
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

  test('Signature Version 2 in a header is refused by name', async () => {
    const error = fault(await base({ authorization: 'AWS AKID:c2lnbmF0dXJl' }, ''));

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
