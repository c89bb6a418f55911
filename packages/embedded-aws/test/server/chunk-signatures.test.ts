import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest } from '../../src/core/http';
import { verifySignature } from '../../src/server/signature';

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html: 65 KiB of `a`, in chunks of 64.
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const SIGNATURES = [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
];

const chunk = (size: number, signature: string) =>
  `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`;
const BODY = [65_536, 1024, 0].map((size, index) => chunk(size, SIGNATURES[index] ?? '')).join('');

const request = (body: string): HttpRequest => ({
  method: 'PUT',
  path: '/examplebucket/chunkObject.txt',
  query: '',
  headers: {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization: `AWS4-HMAC-SHA256 Credential=${KEY}/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9`,
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    'content-length': '66824',
  },
  body: Buffer.from(body),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
});

const options = {
  secretFor: (key: string) => (key === KEY ? SECRET : undefined),
  now: new Date('2013-05-24T00:00:00Z'),
};

test('the example of AWS’s documentation', () => {
  expect(verifySignature(request(BODY), options)).toEqual({
    accessKeyId: KEY,
    region: 'us-east-1',
    service: 's3',
  });
});

test.each([
  ['a byte of a chunk', BODY.replace('aaa', 'aba')],
  ['the order of the chunks', chunk(1024, SIGNATURES[1] ?? '') + BODY],
  ['the end', BODY.slice(0, BODY.lastIndexOf('0;chunk'))],
  ['the signature of a chunk', BODY.replace('0055', '0056')],
  ['a chunk without a signature', BODY.replace(/;chunk-signature=\w+/, '')],
  ['everything', ''],
])('an upload with %s changed is refused', (_, body) => {
  expect(() => verifySignature(request(body), options)).toThrow(
    expect.objectContaining({ code: 'SignatureDoesNotMatch', status: 403 }),
  );
});

describe('an upload with a signed trailer', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const scope = '20130524/us-east-1/s3/aws4_request';
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  const sign = (kind: string, ...rest: string[]) =>
    hmac(key, [`AWS4-HMAC-SHA256${kind}`, '20130524T000000Z', scope, ...rest].join('\n')).toString(
      'hex',
    );

  function upload(trailer: string): HttpRequest {
    const stated = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
    const canonical = `PUT\n/b/k\n\nhost:h\nx-amz-content-sha256:${stated}\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\n${stated}`;
    const seed = sign('', sha256(canonical));
    const first = sign('-PAYLOAD', seed, sha256(''), sha256('aaa'));
    const last = sign('-PAYLOAD', first, sha256(''), sha256(''));
    const ofTrailer = sign('-TRAILER', last, sha256('x-amz-checksum-crc32:abc=\n'));
    return {
      ...request(
        `3;chunk-signature=${first}\r\naaa\r\n0;chunk-signature=${last}\r\nx-amz-checksum-crc32:${trailer}\r\nx-amz-trailer-signature:${ofTrailer}\r\n\r\n`,
      ),
      path: '/b/k',
      headers: {
        host: 'h',
        'x-amz-date': '20130524T000000Z',
        'x-amz-content-sha256': stated,
        authorization: `AWS4-HMAC-SHA256 Credential=${KEY}/${scope},SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=${seed}`,
      },
    };
  }

  test('is taken', () => {
    expect(verifySignature(upload('abc='), options).service).toBe('s3');
  });

  test('is refused with another one', () => {
    expect(() => verifySignature(upload('abd='), options)).toThrow(/does not match/);
  });
});
