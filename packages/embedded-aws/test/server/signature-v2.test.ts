import { createHmac } from 'node:crypto';
import type { HttpRequest } from '../../src/core/http';
import { credentialScope } from '../../src/server/credentials';
import { type VerifyOptions, verifySignature } from '../../src/server/signature';
import { awsRequest } from '../support/aws-request';

// The key and the first signature are those of AWS's page about Signature Version 2:
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const EXPIRES = '1175139620';

const options: VerifyOptions = {
  secretFor: (accessKeyId) => (accessKeyId === KEY ? SECRET : undefined),
  now: new Date(Number(EXPIRES) * 1000 - 1000),
};

function presigned(
  path: string,
  changes: Readonly<Record<string, string | undefined>> = {},
  more: Partial<HttpRequest> = {},
): HttpRequest {
  const parameters = {
    AWSAccessKeyId: KEY,
    Signature: 'NpgCjnDzrM+WFzoENXmpNDUsSn8=',
    Expires: EXPIRES,
    ...changes,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, value);
  }
  return awsRequest({ method: 'GET', path, query: query.toString(), headers: {}, ...more });
}

const sign = (text: string) => createHmac('sha1', SECRET).update(text).digest('base64');

const OBJECT = '/johnsmith/photos/puppy.jpg';

test("AWS's own example is verified, and belongs to us-east-1", () => {
  const scope = { accessKeyId: KEY, region: 'us-east-1', service: 's3' };

  expect(verifySignature(presigned(OBJECT), options)).toEqual(scope);
  expect(credentialScope(presigned(OBJECT))).toEqual(scope);
});

test.each<[string, HttpRequest]>([
  [
    'subresources and overrides of headers are signed, other parameters are not',
    presigned(OBJECT, {
      Signature: sign(
        `GET\n\n\n${EXPIRES}\n${OBJECT}?response-content-disposition=attachment; filename="a b"&versionId=null`,
      ),
      versionId: 'null',
      'response-content-disposition': 'attachment; filename="a b"',
      'x-id': 'GetObject',
    }),
  ],
  [
    'an upload with a type and metadata, which boto3 puts into the query, too',
    presigned(
      OBJECT,
      {
        Signature: sign(`PUT\n\ntext/plain\n${EXPIRES}\nx-amz-meta-team:a\n${OBJECT}`),
        'content-type': 'text/plain',
        'x-amz-meta-team': 'a',
      },
      { method: 'PUT', headers: { 'content-type': 'text/plain', 'x-amz-meta-team': 'a' } },
    ),
  ],
  [
    'a bucket, whose path is signed with a slash',
    presigned('/johnsmith', { Signature: sign(`GET\n\n\n${EXPIRES}\n/johnsmith/`) }),
  ],
])('%s', (_, request) => {
  expect(verifySignature(request, options)).toMatchObject({ service: 's3' });
});

test.each<[string, HttpRequest, VerifyOptions, string, string]>([
  [
    'another object',
    presigned('/johnsmith/photos/other.jpg'),
    options,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  ],
  [
    'another method',
    presigned(OBJECT, {}, { method: 'DELETE' }),
    options,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  ],
  [
    'a later time of expiry',
    presigned(OBJECT, { Expires: '1999999999' }),
    options,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  ],
  [
    'an expired request',
    presigned(OBJECT),
    { ...options, now: new Date(Number(EXPIRES) * 1000 + 1000) },
    'AccessDenied',
    'Request has expired',
  ],
  [
    'a time that is none',
    presigned(OBJECT, { Expires: 'soon' }),
    options,
    'AccessDenied',
    'Invalid date (should be seconds since epoch): soon',
  ],
  [
    'a part that is missing',
    presigned(OBJECT, { Signature: undefined }),
    options,
    'AccessDenied',
    'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  ],
  [
    'an unknown key',
    presigned(OBJECT, { AWSAccessKeyId: 'AKIAUNKNOWN' }),
    options,
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
  ],
  [
    'a temporary key without its token',
    presigned(OBJECT),
    { ...options, sessionTokenFor: () => 'token' },
    'InvalidToken',
    'The provided token is malformed or otherwise invalid.',
  ],
])('%s is refused', (_, request, given, code, message) => {
  expect(() => verifySignature(request, given)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});
